using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Appointments;
using Aufruf.Hub.Cases;

namespace Aufruf.Hub.Dispatching;

/// <summary>The process of dispatch: the day of posting goes to each case of the batch, and a letter that came back to its case.</summary>
/// <remarks>A hub that dies between two cases completes the rest. A case that does not take it is named on the list.</remarks>
internal sealed class DispatchProcess(Procedures procedures, CasePosting posting, IGrainFactory grains, FollowUpNeeds needs,
    ILogger<DispatchProcess> log) : FollowUp("dispatch", Dispatch.StreamKind, needs, log, "batch-posted", "letter-came-back")
{
    protected override async Task CarryOutAsync(JournalEntry entry)
    {
        var list = await grains.GetGrain<IDispatchGrain>(entry.Stream).View();
        foreach (var happened in EntryContent<DispatchEvent>.Read(entry).Events)
        {
            switch (happened)
            {
                case DispatchEvent.BatchPosted posted:
                    foreach (var letter in list.In(posted.Batch).Where(letter => letter.Announces && letter.PostedOn == posted.On))
                    {
                        await PostAsync(entry.Stream, letter, posted);
                    }

                    break;
                case DispatchEvent.LetterCameBack back when list.Find(back.Number, back.Document) is { Announces: true } letter:
                    await TakeAsync(entry.Stream, letter, "came back",
                        new CaseCommand.TakeStep(CaseStep.ReturnPost, new(CaseRole.Clerk, back.By, null), back.Reason));
                    break;
            }
        }
    }

    private async Task PostAsync(string stream, DispatchLetter letter, DispatchEvent.BatchPosted posted)
    {
        var authority = AuthorityOf(stream);
        var found = await grains.GetGrain<ICaseGrain>(CitizenCase.StreamOf(authority, letter.Number)).View();
        if (found.Plan is not { } plan
            || procedures.Find(authority, plan.Procedure, plan.Version) is not { Version.TimeZone: var zone })
        {
            throw new InvalidOperationException($"{letter.Number}: its procedure cannot be read.");
        }

        if (found.PostedOn == posted.On)
        {
            return; // Another letter of the same decision lay in the batch.
        }

        if (posting.CommandOf(authority, plan, posted.On, new(CaseRole.Clerk, posted.By, null), zone) is { } post)
        {
            await TakeAsync(stream, letter, "posted", post);
        }
        else
        {
            await NoteAsync(stream, letter, "posted", Refusal.DayMissing);
        }
    }

    private async Task TakeAsync(string stream, DispatchLetter letter, string what, CaseCommand command)
    {
        var answer = await grains.GetGrain<ICaseGrain>(CitizenCase.StreamOf(AuthorityOf(stream), letter.Number))
            .Handle(RequestOf(stream, letter, what), command);
        // A repeat whose holidays were changed between: the case has taken the first one.
        if (answer.Refusal is { } why && why != Refusal.RequestReused)
        {
            await NoteAsync(stream, letter, what, why);
        }
    }

    private async Task NoteAsync(string stream, DispatchLetter letter, string what, Refusal why)
    {
        HubLog.LetterNotTaken(log, letter.Number, stream[(stream.IndexOf('.', StringComparison.Ordinal) + 1)..], why.Code);
        await grains.GetGrain<IDispatchGrain>(stream).Handle(RequestOf(stream, letter, $"not {what}"),
            new DispatchCommand.NoteRefusal(letter.Number, letter.Document, why.Code));
    }

    private static RequestId RequestOf(string stream, DispatchLetter letter, string what) => Bookings.RequestOf(
        string.Create(CultureInfo.InvariantCulture, $"{what} {stream} {letter.Number} {letter.Document} {letter.Batch}"));

    private static string AuthorityOf(string stream) =>
        stream[(Dispatch.StreamKind.Length + 1)..stream.IndexOf('.', StringComparison.Ordinal)];
}
