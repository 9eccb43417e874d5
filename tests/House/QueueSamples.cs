using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Domain.Queues.Policies;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Queues.QueueEvent;

namespace Aufruf.Tests.House;

/// <summary>One example of every event of a queue, under the name of its file.</summary>
internal static class QueueSamples
{
    private static readonly TicketId Ticket = new(WireSamples.Id);
    private static readonly DateTimeOffset At = SmallOffice.Nine.AddMilliseconds(120), Later = At.AddMinutes(20);
    private static readonly CounterId Counter = SmallOffice.Three;
    private static readonly ClerkId Clerk = new("anna");
    private static readonly FetchCall Call = new("upstairs", new("21"), 73_954_812, new(WireSamples.Id), new(WhyKind.LongestWait, At),
        Clerk, false, VisitOutcome.Served, Later);

    public static IReadOnlyDictionary<string, QueueEvent> All { get; } = new Dictionary<string, QueueEvent>
    {
        ["ticket-taken"] = new TicketTaken(Ticket, new("k3v9x0m2q7w5t1ab"), new('A', 42), SmallOffice.Passport, "de", At),
        ["checked-in"] = new CheckedIn(Ticket, new("k3v9x0m2q7w5t1ab"), new('A', 42), SmallOffice.Passport, "de", Later, At),
        ["ticket-taken-at-home"] = new TicketTakenAtHome(Ticket, new("k3v9x0m2q7w5t1ab"), new('A', 42), SmallOffice.Passport, "de", Later,
            Later.AddMinutes(30), At),
        ["came-in"] = new CameIn(Ticket, Clerk, At),
        ["came-in-undone"] = new CameInUndone(Ticket, Clerk, At),
        ["ticket-lapsed"] = new TicketLapsed(Ticket, At),
        ["transfer-accepted"] = new TransferAccepted(Ticket, new("k3v9x0m2q7w5t1ab"), new('K', 42), SmallOffice.Passport, "de", "upstairs",
            At.AddMinutes(-30), At.AddMinutes(-20), Counter, 2, At),
        ["transfer-rejected"] = new TransferRejected(Ticket, 2, Refusal.NumberTaken, At),
        ["transfer-closed"] = new TransferClosed(Ticket, TransferState.Rejected, At),
        ["transfer-withdrawn"] = new TransferWithdrawn(Ticket, Counter, At),
        ["transfer-released"] = new TransferReleased(Ticket, "upstairs", 2, At),
        ["forecast-given"] = new ForecastGiven(Ticket, 2.5, 6, 14.25, At),
        ["ticket-called"] = new TicketCalled(Ticket, Counter, At),
        ["ticket-called-why"] = new TicketCalled(Ticket, Counter, At, new(WhyKind.Priority, At.AddMinutes(-12), "frail")),
        ["ticket-recalled"] = new TicketRecalled(Ticket, Counter, At),
        ["ticket-arrived"] = new TicketArrived(Ticket, Counter, At),
        ["services-given"] = new ServicesGiven(Ticket, Counter, [new(SmallOffice.Passport, 3), new(SmallOffice.Residence, 1)], At),
        ["ticket-served"] = new TicketServed(Ticket, Counter, At),
        ["ticket-served-outcome"] = new TicketServed(Ticket, Counter, At, ServedOutcome.PapersMissing),
        ["pickup-promised"] = new PickupPromised(Ticket, Counter, At),
        ["ticket-missed"] = new TicketMissed(Ticket, Counter, At),
        ["ticket-returned"] = new TicketReturned(Ticket, Counter, ReturnWay.AtTime, 3, Later, true, At),
        ["ticket-parked"] = new TicketParked(Ticket, Counter, Later, At),
        ["ticket-parked-by"] = new TicketParked(Ticket, Counter, Later, At, Clerk),
        ["ticket-resumed"] = new TicketResumed(Ticket, Counter, At),
        ["ticket-reopened"] = new TicketReopened(Ticket, Counter, At),
        ["ticket-mended"] = new TicketMended(Ticket, SmallOffice.Residence, [SmallOffice.Collection], "en", Clerk, At),
        ["ticket-sent-on"] = new TicketSentOn(Ticket, new("upstairs", new("21"), Clerk, new("vehicle")), Clerk, At),
        ["ticket-fetched"] = new TicketFetched(Ticket, Call, At),
        ["ticket-sent-home"] = new TicketSentHome(Ticket, At),
        ["transfer-accepted-wait"] = new TransferAccepted(Ticket, new("k3v9x0m2q7w5t1ab"), new('K', 42), SmallOffice.Passport, "de",
            "upstairs", At.AddMinutes(-30), null, null, 2, At, new(At.AddMinutes(-30), At.AddMinutes(-20), Later, 2, 1)),
        ["citizen-notified"] = new CitizenNotified(Ticket, NoticeKind.Text, "sealed", Clerk, At),
        ["person-written"] = new PersonWritten(Ticket, "sealed", At),
        ["case-attached"] = new CaseAttached(Ticket, "20.32.10-2026-000123", Clerk, At),
        ["ticket-transferred"] = new TicketTransferred(Ticket, Counter, new("upstairs", new("21"), Clerk, new("vehicle")), At),
        ["service-switched"] = new ServiceSwitched(Ticket, Counter, SmallOffice.Residence, At),
        ["services-chosen"] = new ServicesChosen(Ticket, [SmallOffice.Residence, SmallOffice.Collection], At),
        ["step-undone"] = new StepUndone(Ticket, Counter, At),
        ["ticket-reactivated"] = new TicketReactivated(Ticket, At),
        ["ticket-cancelled"] = new TicketCancelled(Ticket, Clerk, At),
        ["priority-given"] = new PriorityGiven(Ticket, "frail", At),
        ["remark-written"] = new RemarkWritten(Ticket, "sealed text", At),
        ["counter-opened"] = new CounterOpened(Counter, At),
        ["counter-closed"] = new CounterClosed(Counter, At),
        ["clerk-logged-in"] = new ClerkLoggedIn(Counter, Clerk, "residence-first", At),
        ["presence-changed"] = new PresenceChanged(Counter, Presence.PauseAfter, At),
        ["emergency-raised"] = new EmergencyRaised(Counter, At),
        ["emergency-accepted"] = new EmergencyAccepted(Counter, SmallOffice.One, At),
        ["emergency-ended"] = new EmergencyEnded(Counter, At),
        ["service-stopped"] = new ServiceStopped(SmallOffice.Passport, StopKind.Automatic, At),
        ["service-released"] = new ServiceReleased(SmallOffice.Passport, At),
        ["acted-elsewhere"] = new ActedElsewhere(Counter, Clerk, At),
        ["visit-cut-off"] = new VisitCutOff(Ticket, Counter, At),
        ["ticket-expired"] = new TicketExpired(Ticket, At),
        ["day-ended"] = new DayEnded(At),
        ["press-ignored"] = new PressIgnored(Counter, Refusal.StaleFace, At),
        ["ticket-ignored"] = new TicketIgnored(SmallOffice.Passport, Refusal.TooLate, At),
    };

    /// <summary>Parts that are younger than the first examples.</summary>
    public static IReadOnlyDictionary<string, string[]> MayLack { get; } = new Dictionary<string, string[]>
    {
        ["ticket-called-why"] = ["why"],
        ["transfer-accepted-wait"] = ["wait"],
        ["ticket-served-outcome"] = ["outcome"],
        ["ticket-parked-by"] = ["by"],
    };
}
