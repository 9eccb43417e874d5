using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Deadlines;
using Aufruf.Grains;
using Aufruf.Grains.Deadlines;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Appointments;
using Aufruf.Hub.Deadlines;

namespace Aufruf.Hub.Cases;

/// <summary>The clock of each case: set with every step, carried out at its end. A destroyed case loses its key.</summary>
internal sealed class CaseClocks(IDeadlines deadlines, CaseSeals seals, IGrainFactory grains, IJournal journal, ICheckpoints checkpoints,
    ILeases leases, TimeProvider clock, ILogger<CaseClocks> log)
    : FollowUp("case clocks", CitizenCase.StreamKind, journal, checkpoints, leases, clock, log)
{
    public const string Kind = "case-clock";

    protected override bool Concerns(JournalEntry entry) => true;

    protected override async Task CarryOutAsync(JournalEntry entry)
    {
        var state = await grains.GetGrain<ICaseGrain>(entry.Stream).View();
        if (state.State.IsEnd())
        {
            await seals.DestroyCaseAsync(entry.Stream);
        }
        else if (state is { Clock: not CaseClock.None, Until: { } until })
        {
            var key = entry.Stream[(CitizenCase.StreamKind.Length + 1)..];
            await deadlines.SetAsync(key[..key.IndexOf('.', StringComparison.Ordinal)],
                Bookings.RequestOf($"{Kind} {entry.Stream} {state.Clock} {until.UtcTicks}"),
                new(Kind, $"{key}/{state.Clock}", until));
        }
    }
}

/// <summary>Ends a clock of a case: the engine takes the step that follows, or the case stands on the list of late ones.</summary>
internal sealed class CaseClockEnd(IGrainFactory grains) : IDeadlineHandler
{
    public string Kind => CaseClocks.Kind;

    /// <summary>A clock that moved meanwhile has a deadline of its own.</summary>
    public Task CarryOutAsync(Deadline deadline, RequestId request) => deadline.About.Split('/') is [var key, var name]
        && Enum.TryParse<CaseClock>(name, out var clock)
        ? grains.GetGrain<ICaseGrain>($"{CitizenCase.StreamKind}/{key}").Handle(request, new CaseCommand.EndClock(clock))
        : throw new InvalidOperationException($"'{deadline.About}' is no clock of a case.");
}
