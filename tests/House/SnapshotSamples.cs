using Aufruf.Domain;
using Aufruf.Domain.Deadlines;
using Aufruf.Domain.Identity;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Outbox;
using Aufruf.Domain.Queues;
using Aufruf.Domain.Queues.Policies;
using static Aufruf.Domain.Identity.CredentialsEvent;
using static Aufruf.Domain.Offices.OfficeEvent;
using static Aufruf.Domain.Outbox.OutboxEvent;
using static Aufruf.Domain.Queues.QueueEvent;
using static Aufruf.Tests.Domain.QueueDay;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.House;

/// <summary>Every event of every kind of aggregate, in an order in which each can follow.</summary>
internal static class SnapshotSamples
{
    public static CredentialsEvent[] CredentialsEvents { get; } =
    [
        new CredentialIssued(CredentialKind.Display, "anna", "hash-1", Nine),
        new CredentialIssued(CredentialKind.Device, "box-3", "hash-2", Nine),
        new CredentialRevoked("box-3", Nine),
        new PairingOffered(CredentialKind.Display, "board.hall", "hash-3", Nine.AddMinutes(15), "anna", Nine),
        new PairingOffered(CredentialKind.Kiosk, "kiosk.hall", "hash-4", Nine.AddMinutes(15), "anna", Nine),
        new PairingRedeemed("board.hall", Nine), new CredentialIssued(CredentialKind.Display, "board.hall", "hash-5", Nine),
    ];

    public static AccessLogEvent[] AccessLogEvents { get; } =
        [new AccessLogEvent.AccessNoted(new("anna", "town.rathaus", AccessKind.Remarks, "town.rathaus.hall", AccessWay.Desk), Nine)];

    public static OutboxEvent[] OutboxEvents { get; } =
    [
        Queued(1), new SendingBegun(Message(1), 1, Nine.AddMinutes(1), Nine),
        new SendingPostponed(Message(1), MessageProblem.RefusedForNow, 450, Nine.AddMinutes(5), Nine),
        new SendingBegun(Message(1), 2, Nine.AddMinutes(6), Nine), new MessageFailed(Message(1), MessageProblem.Refused, 550, Nine),
        new MessageQueuedAgain(Message(1), new("anna"), Nine.AddHours(2), Nine),
        Queued(2), new SendingBegun(Message(2), 1, Nine.AddMinutes(1), Nine), new SendingUncertain(Message(2), Nine),
        Queued(3), new SendingBegun(Message(3), 1, Nine.AddMinutes(1), Nine), new MessageSent(Message(3), Nine),
        new MessageDismissed(Message(1), null, Nine),
        new MessageReturned(Message(3), MessageKind.Mail, new("case/alsdorf.1", 3), Nine, Nine.AddDays(14), Nine),
    ];

    public static OfficeEvent[] OfficeEvents { get; } =
    [
        new OfficePublished(Running.SmallOffice.Office, "file:alsdorf.rathaus.json", "hash-1", Nine),
        new OfficeConfirmed("command:anna", null, Nine), new OfficeWithdrawn("command:anna", Nine),
        new DraftSaved("{}", 2, 1, "staff:anna", Nine), new DraftDiscarded(1, "staff:anna", Nine),
        new DraftSaved("{}", 2, 2, "staff:anna", Nine), new DraftPublished(2, "staff:bert", Nine),
        new OfficePublished(Running.SmallOffice.Office, "staff:bert", null, Nine, 1),
        new DraftSaved("{ }", 3, 3, "staff:anna", Nine),
    ];

    public static WheelEvent[] WheelEvents { get; } =
    [
        new WheelEvent.DeadlineSet(new("hold", "1", Nine.AddHours(1)), Nine), new WheelEvent.DeadlineSet(new("hold", "2", Nine), Nine),
        new WheelEvent.DeadlineSet(new("hold", "1", Nine.AddHours(2)), Nine), new WheelEvent.DeadlineCancelled("hold/1", Nine),
        new WheelEvent.DeadlineMet("hold/2", Nine),
    ];

    private static MessageId Message(int n) => new($"{n:D32}");

    private static MessageQueued Queued(int n) => new(Message(n), MessageKind.Mail, new("case/alsdorf.1", n), "sealed", "sealed too",
        Nine.AddHours(2), Nine.AddDays(14), Nine);

    public static QueueEvent[] QueueEvents { get; } = [.. ((QueueEvent[])
    [
        new CounterOpened(One, Nine), new CounterOpened(Three, Nine), new ClerkLoggedIn(Three, new("anna"), "residence-first", Nine),
        ForPassport(1), new ForecastGiven(Id(1), 2, 5, 9, Nine), new ServicesChosen(Id(1), [Residence, Collection], Nine),
        new TicketTakenAtHome(Id(40), Code(40), new('A', 40), Passport, "de", Nine.AddMinutes(20), Nine.AddMinutes(50), Nine),
        new TicketTakenAtHome(Id(41), Code(41), new('A', 41), Passport, "de", Nine.AddMinutes(20), Nine.AddMinutes(50), Nine),
        new CameIn(Id(40), null, Nine), new CameInUndone(Id(40), new("anna"), Nine), new CameIn(Id(40), new("anna"), Nine),
        new TicketLapsed(Id(41), Nine),
        Booked(2, Nine.AddMinutes(20)), ForPassport(3), ForResidence(4), ForResidence(5), ForPassport(6), ForPassport(7), ForPassport(8),
        new PriorityGiven(Id(3), "frail", Nine), new RemarkWritten(Id(3), "sealed", Nine),
        new PersonWritten(Id(3), "sealed", Nine), new CitizenNotified(Id(3), NoticeKind.Text, "sealed", new("anna"), Nine),
        new CaseAttached(Id(3), "1-2026-000001", new("anna"), Nine),
        new TicketMended(Id(8), Residence, [Passport], "en", new("anna"), Nine),
        new TicketSentOn(Id(8), new(Clerk: new("anna"), Service: Passport), new("anna"), Nine),
        new TicketSentOn(Id(8), new("upstairs", Service: new("vehicle")), new("anna"), Nine),
        new TransferClosed(Id(8), TransferState.Rejected, Nine),
        new TicketFetched(Id(8), new("upstairs", new("21"), 7, new(Id(8).Value), new(WhyKind.LongestWait, Nine), new("anna"), true,
            VisitOutcome.Missed, Nine.AddSeconds(15)), Nine),
        new TransferClosed(Id(8), TransferState.Rejected, Nine),
        new TransferAccepted(Id(31), Code(31), new('K', 4), new("vehicle"), "en", "upstairs", Nine.AddMinutes(-9), null, null, 1, Nine,
            new(Nine.AddMinutes(-9), Nine.AddMinutes(-8), null, null, 1)),
        new TicketSentHome(Id(31), Nine), new TransferClosed(Id(31), TransferState.Accepted, Nine),
        Called(1, One), new TicketRecalled(Id(1), One, Nine), Arrived(1, One), new ServiceSwitched(Id(1), One, Residence, Nine),
        new ServicesGiven(Id(1), One, [new(Residence, 2)], Nine), Served(1, One),
        Called(3, One), new TicketReturned(Id(3), One, ReturnWay.AtTime, null, Nine.AddMinutes(9), true, Nine),
        new StepUndone(Id(3), One, Nine), new TicketReturned(Id(3), One, ReturnWay.ToEnd, null, null, false, Nine),
        Called(4, One), new TicketReturned(Id(4), One, ReturnWay.After, 3, null, false, Nine),
        Called(2, Three), Arrived(2, Three), new TicketParked(Id(2), Three, Nine.AddMinutes(30), Nine),
        new TicketResumed(Id(2), Three, Nine), new PickupPromised(Id(2), Three, Nine),
        Called(6, Three), Missed(6, Three), new TicketReactivated(Id(6), Nine),
        Called(6, Three), new TicketServed(Id(6), Three, Nine, ServedOutcome.NothingDone), new TicketReopened(Id(6), Three, Nine),
        new TicketReturned(Id(6), Three, ReturnWay.KeepPlace, null, null, false, Nine),
        Called(5, Three), Arrived(5, Three), new TicketTransferred(Id(5), Three, new(Counter: One, Service: Passport), Nine),
        Called(7, Three), new TicketTransferred(Id(7), Three, new("upstairs", Service: new("vehicle")), Nine),
        new TransferWithdrawn(Id(7), Three, Nine), new TransferClosed(Id(7), TransferState.Rejected, Nine),
        new StepUndone(Id(7), Three, Nine),
        new TicketTransferred(Id(7), Three, new("upstairs", Service: new("vehicle")), Nine),
        new TransferClosed(Id(7), TransferState.Rejected, Nine),
        new TransferAccepted(Id(30), Code(30), new('K', 3), Passport, "en", "upstairs", Nine.AddMinutes(-9), null, Three, 1, Nine),
        new TransferReleased(Id(30), "upstairs", 1, Nine),
        new TransferAccepted(Id(20), Code(20), new('K', 1), Passport, "en", "upstairs", Nine.AddMinutes(-9), null, Three, 1, Nine),
        new TransferRejected(Id(21), 1, Refusal.NumberTaken, Nine),
        new PresenceChanged(One, Presence.Pause, Nine), new EmergencyRaised(One, Nine), new EmergencyAccepted(One, Three, Nine),
        new ServiceStopped(Passport, StopKind.Automatic, Nine), new PressIgnored(One, Refusal.StaleFace, Nine),
        new TicketIgnored(Passport, Refusal.TooLate, Nine), new EmergencyEnded(One, Nine), new ServiceReleased(Passport, Nine),
        new TicketCancelled(Id(8), new("anna"), Nine), new CounterClosed(One, Nine),
        Called(20, Three), Arrived(20, Three), new ActedElsewhere(Three, new("bert"), Nine),
        new VisitCutOff(Id(20), Three, Nine), new TicketExpired(Id(2), Nine),
        new TicketExpired(Id(3), Nine), new TicketExpired(Id(40), Nine), new DayEnded(Nine),
    ]).Select((happened, n) => happened with { At = Nine.AddSeconds(n) })];
}
