using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Deadlines;
using Aufruf.Grains.Deadlines;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Appointments;
using Aufruf.Hub.Deadlines;

namespace Aufruf.Hub.Cases.Accounts;

/// <summary>Follows discarded drafts: one that may come back gets a deadline, another one loses its key and leaves the person's file.
/// </summary>
internal sealed class DiscardedDrafts(PersonFiles persons, CaseSeals seals, IDeadlines deadlines, IGrainFactory grains,
    FollowUpNeeds needs, ILogger<DiscardedDrafts> log)
    : FollowUp("discarded drafts", CaseDraft.StreamKind, needs, log, "case-draft-discarded")
{
    protected override async Task CarryOutAsync(JournalEntry entry)
    {
        var draft = await grains.GetGrain<ICaseDraftGrain>(entry.Stream).View();
        var (authority, hash) = CaseSending.PartsOf(entry.Stream);
        if (draft.RestorableUntil is { } until)
        {
            await deadlines.SetAsync(authority, Bookings.RequestOf($"{RestoringEnd.Name} {entry.Stream} {until.UtcTicks}"),
                new(RestoringEnd.Name, $"{authority}.{hash}", until));
        }
        else if (draft.IsDiscarded)
        {
            await seals.DestroyDraftAsync(entry.Stream);
            if (draft.Account is { } account)
            {
                await persons.DropDraftAsync(authority, account.Person, hash);
            }
        }
    }
}

/// <summary>Discards a draft for good when its time to come back is over.</summary>
internal sealed class RestoringEnd(IGrainFactory grains) : IDeadlineHandler
{
    public const string Name = "draft-restoring";

    public string Kind => Name;

    public async Task CarryOutAsync(Deadline deadline, RequestId request)
    {
        if ((await grains.GetGrain<ICaseDraftGrain>($"{CaseDraft.StreamKind}/{deadline.About}").Handle(request,
            new CaseDraftCommand.EndRestoring(deadline.DueAt))).Refusal is { } refusal)
        {
            throw new InvalidOperationException($"{deadline.About}: {refusal.English}");
        }
    }
}
