using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Deadlines;
using Aufruf.Grains.Deadlines;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Appointments;
using Aufruf.Hub.Deadlines;

namespace Aufruf.Hub.Cases;

/// <summary>The clock of each case: set with every step, carried out at its end. A destroyed case loses its key.</summary>
internal sealed class CaseClocks(IDeadlines deadlines, CaseSeals seals, IGrainFactory grains, FollowUpNeeds needs, ILogger<CaseClocks> log)
    : CaseFollowUp("case clocks", grains, needs, log, "case-moved", "decision-")
{
    public const string Kind = "case-clock";

    /// <summary>Only these begin a clock.</summary>
    protected override async Task CarryOutAsync(JournalEntry entry)
    {
        var state = await CaseOf(entry).View();
        if (state.State.IsEnd())
        {
            await seals.DestroyCaseAsync(entry.Stream);
        }
        else if (state is { Clock: not CaseClock.None, Until: { } until })
        {
            // A case may come back to a clock whose time is over. Or its deadline came while the case stood elsewhere.
            // So each entry has a deadline of its own: the wheel knows it from the one before by some microseconds.
            var due = (until > entry.At ? until : entry.At).AddMicroseconds(entry.Version);
            var key = entry.Stream[(CitizenCase.StreamKind.Length + 1)..];
            await deadlines.SetAsync(CitizenCase.AuthorityOf(entry.Stream),
                Bookings.RequestOf($"{Kind} {entry.Stream} {state.Clock} {due.UtcTicks}"), new(Kind, $"{key}/{state.Clock}", due));
        }
    }
}

/// <summary>Ends a clock of a case: the engine takes the step that follows, or the case stands on the list of late ones.</summary>
internal sealed class CaseClockEnd(IGrainFactory grains) : IDeadlineHandler
{
    public string Kind => CaseClocks.Kind;

    /// <summary>A clock that moved meanwhile has a deadline of its own.</summary>
    /// <remarks>The case may live on a hub whose clock is a little behind. Then it refuses, and the deadline is tried again.</remarks>
    public async Task CarryOutAsync(Deadline deadline, RequestId request)
    {
        if (deadline.About.Split('/') is not [var key, var name] || !Enum.TryParse<CaseClock>(name, out var clock))
        {
            throw new InvalidOperationException($"'{deadline.About}' is no clock of a case.");
        }

        var grain = grains.GetGrain<ICaseGrain>($"{CitizenCase.StreamKind}/{key}");
        if ((await grain.Handle(request, new CaseCommand.EndClock(clock))).Refusal is { } refusal
            && await grain.View() is { Until: { } until } found && found.Clock == clock && until <= deadline.DueAt)
        {
            throw new InvalidOperationException($"{key}: {refusal.English}");
        }
    }
}
