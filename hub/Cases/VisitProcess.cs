using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Appointments;
using Aufruf.Hub.Gateway;

namespace Aufruf.Hub.Cases;

/// <summary>The end of a visit, and the undoing of it, stand in the case that the visit was for.</summary>
/// <remarks>The ticket is looked at as it is now. So entries that come late or twice lead to the same end.</remarks>
internal sealed class VisitProcess(IQueues queues, VisitClerks clerks, IGrainFactory grains, FollowUpNeeds needs,
    ILogger<VisitProcess> log) : FollowUp("visits of cases", QueueKey.StreamKind, needs, log, "ticket-served",
        "pickup-promised", "step-undone", "ticket-reopened", "ticket-reactivated", "case-attached")
{
    // The first run after an update reads the whole journal, and days long over have no cases.
    private const int OldestDays = 31;

    protected override bool Concerns(JournalEntry entry) => QueueKey.TryParseStream(entry.Stream, out var key)
        && key.Value.Day.DayNumber + OldestDays > DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime).DayNumber
        && base.Concerns(entry);

    protected override async Task CarryOutAsync(JournalEntry entry)
    {
        if (!QueueKey.TryParseStream(entry.Stream, out var key))
        {
            return;
        }

        var queue = (await queues.ViewAsync(key.Value, entry.Version)).Queue;
        foreach (var id in EntryContent<QueueEvent>.Read(entry).Events.OfType<ITicketEvent>().Select(e => e.Ticket).Distinct())
        {
            if (queue.Tickets.GetValueOrDefault(id) is { Case: { } about } ticket)
            {
                await NoteAsync(queue, ticket, about, entry);
            }
        }
    }

    /// <summary>A case that is full, kept or gone refuses it: nothing is open then.</summary>
    private async Task NoteAsync(Queue queue, Ticket ticket, string about, JournalEntry entry)
    {
        var end = EndOf(ticket);
        var clerk = end is VisitEnd.GoesOn ? null : await clerks.FinishedByAsync(entry.Stream, ticket.Id);
        await grains.GetGrain<ICaseGrain>(CitizenCase.StreamOf(queue.Key.Authority, about)).Handle(
            Bookings.RequestOf($"visit {entry.Stream} {entry.Version} {ticket.Id} {end}"),
            new CaseCommand.NoteVisit(new(queue.Key, ticket.Id), ticket.Number.ToString(), end, clerk));
    }

    private static VisitEnd EndOf(Ticket ticket) => (ticket.State, ticket.Outcome) switch
    {
        (TicketState.Served, ServedOutcome.NothingDone) => VisitEnd.NothingDone,
        (TicketState.Served, ServedOutcome.PapersMissing) => VisitEnd.PapersMissing,
        (TicketState.Served, _) => VisitEnd.Served,
        (TicketState.Pickup, _) => VisitEnd.Pickup,
        _ => VisitEnd.GoesOn,
    };
}
