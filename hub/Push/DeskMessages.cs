using Aufruf.Domain.Forecasts;
using Aufruf.Domain.Queues.Policies;
using Aufruf.Hub.Forecasting;

namespace Aufruf.Hub.Push;

// The messages of the hub to a clerk's desk, written to displays/shared/messages.ts. An area is named by its full key, as in addresses.

public interface IDeskClient
{
    Task Look(TownLook look);
    Task Snapshot(DeskSnapshot snapshot);
    Task Changed(DeskChange change);
    Task Devices(IReadOnlyList<DeskDevice> devices);
    Task Troubles(IReadOnlyList<DeskTrouble> troubles);
    Task Forecasts(DeskForecasts forecasts);
    Task Heartbeat(Heartbeat heartbeat);
}

/// <param name="Clerk">The person at the desk.</param>
/// <param name="Tickets">All that may still be called or put back today, by arrival.</param>
/// <param name="Emergencies">Of the whole office.</param>
/// <param name="Ended">The day is over.</param>
/// <param name="SilentBoards">Boards of the office that show nothing current.</param>
/// <param name="SilentKiosks">Its kiosks that show nothing current.</param>
/// <param name="Refusal">Null: the office file is in force.</param>
/// <param name="Appointments">Null: the office gives none.</param>
/// <param name="Further">The first tickets in other areas that this counter may call too.</param>
/// <param name="Seats">Clerks in other areas of the office whose calls are seen here.</param>
public sealed record DeskSnapshot(
    QueueKey Queue, long Version, DateTimeOffset At, string Build, Texts Office, Texts Area, IReadOnlyList<string> Languages,
    string TimeZone, CounterId Counter, ClerkId Clerk, IReadOnlyList<DeskCounter> Counters, IReadOnlyList<DeskService> Services,
    IReadOnlyList<DeskTicket> Tickets, DeskNext? Next, int Served, DeskUndo? Undo, IReadOnlyList<DeskStop> Stopped,
    IReadOnlyList<DeskEmergency> Emergencies, IReadOnlyList<DeskDevice> Devices, IReadOnlyList<DeskName> Profiles,
    IReadOnlyList<DeskName> Priorities, IReadOnlyList<DeskTarget> Targets, DeskRules Rules, bool Ended,
    IReadOnlyList<DeskBoard> SilentBoards, IReadOnlyList<DeskBoard> SilentKiosks, DeskRefusal? Refusal, DeskAppointments? Appointments,
    IReadOnlyList<DeskTicket> Further, IReadOnlyList<DeskSeat> Seats);

/// <param name="From">The same as <paramref name="To"/> when only time has passed: another ticket is next, or a step is final.</param>
public sealed record DeskChange(
    QueueKey Queue, long From, long To, DateTimeOffset At,
    IReadOnlyList<DeskTicket> Tickets, IReadOnlyList<TicketId> Gone, IReadOnlyList<DeskCounter> Counters,
    DeskNext? Next, int Served, DeskUndo? Undo, IReadOnlyList<DeskStop> Stopped, IReadOnlyList<DeskEmergency> Emergencies, bool Ended,
    IReadOnlyList<DeskBoard> SilentBoards, IReadOnlyList<DeskBoard> SilentKiosks, DeskRefusal? Refusal, DeskAppointments? Appointments,
    IReadOnlyList<DeskTicket> Further, IReadOnlyList<DeskSeat> Seats);

/// <summary>Of today, in the whole office. A desk reads their list by a request of its own; nothing personal is pushed.</summary>
/// <param name="Expected">How many citizens have not checked in yet.</param>
/// <param name="Mark">Changes when one of them does: then the list is read again.</param>
public sealed record DeskAppointments(int Expected, string Mark);

public sealed record DeskCounter(CounterId Id, string Label, bool Open, long Revision, TicketId? Ticket, ClerkId? Clerk, Presence Presence,
    string? Profile);

/// <param name="Mine">Whether this desk's counter calls it, with the work profile chosen there.</param>
public sealed record DeskService(ServiceId Id, char Letter, Texts Name, int UsualMinutes, bool Mine);

/// <param name="Remark">Decrypted: a desk is for clerks.</param>
/// <param name="RemarkIsClosed">There is one, and it cannot be decrypted now.</param>
/// <param name="HeldBack">Some other calls come first.</param>
/// <param name="WakeAt">When the desk reminds of a parked ticket.</param>
/// <param name="ParkedBy">The clerk who parked it.</param>
/// <param name="Person">Decrypted; null: not asked.</param>
/// <param name="Notice">The latest message on the ticket's page.</param>
/// <param name="KeptFrom">When it was sent to the one counter or clerk.</param>
/// <param name="Outcome">Of a served ticket; null: it got all.</param>
public sealed record DeskTicket(
    TicketId Id, TicketNumber Number, ServiceId Service, string Language, TicketState State, DateTimeOffset TakenAt, int Calls,
    CounterId? Counter, DateTimeOffset? CalledAt, DateTimeOffset? LastCallAt, DateTimeOffset? ArrivedAt,
    WaitingClass Class, DateTimeOffset DueAt, DateTimeOffset? Booked, string? Priority, IReadOnlyList<ServiceId> Also, string? Remark,
    bool RemarkIsClosed, CounterId? ForCounter, ClerkId? ForClerk, DateTimeOffset? NotBefore, bool HeldBack, DateTimeOffset? WakeAt,
    int Misses, IReadOnlyList<Part> Parts, string? FromArea, string? ToArea, DeskHome? Home,
    ClerkId? ParkedBy, TicketPerson? Person, NoticeKind? Notice, ServedOutcome? Outcome, DateTimeOffset? EndedAt,
    DateTimeOffset? KeptFrom)
{
    /// <summary>The other area where it waits; null: this desk's own.</summary>
    public string? Area { get; init; }

    /// <summary>The case that its citizen comes for; null: none.</summary>
    public DeskCase? Case { get; init; }
}

/// <param name="Number">The file number.</param>
/// <param name="Title">Null: the clerk does not work on it.</param>
public sealed record DeskCase(string Number, Texts? Title);

/// <summary>A ticket that was taken at home.</summary>
/// <param name="Earliest">It is not called before.</param>
/// <param name="ArriveBy">Then the number is lost.</param>
/// <param name="CameAt">Null: the citizen is still on the way.</param>
public sealed record DeskHome(DateTimeOffset Earliest, DateTimeOffset ArriveBy, DateTimeOffset? CameAt);

public sealed record DeskNext(TicketId Ticket, Why Why);

/// <param name="Until">How long the step can be undone.</param>
/// <param name="Ended">For a call: the ticket whose visit it ended; it comes back to the counter.</param>
public sealed record DeskUndo(TicketId Ticket, TicketNumber Number, TicketState Became, DateTimeOffset Until, TicketNumber? Ended);

public sealed record DeskStop(ServiceId Service, StopKind Kind);

/// <param name="Coming">Counters from which a clerk comes.</param>
public sealed record DeskEmergency(string Area, CounterId Counter, string Label, DateTimeOffset RaisedAt, IReadOnlyList<DeskComing> Coming);

public sealed record DeskComing(CounterId Counter, string Label);

public sealed record DeskName(string Id, Texts Name);

/// <summary>An area of the office to which tickets can be sent, this one among them.</summary>
/// <param name="Sendable">False: it gives the same letters, so a number would not be unique there.</param>
/// <param name="MayCallAny">False: tickets are called in order there.</param>
public sealed record DeskTarget(string Area, Texts Name, bool Own, bool Sendable, bool MayCallAny,
    IReadOnlyList<DeskTargetService> Services, IReadOnlyList<DeskTargetCounter> Counters);

/// <param name="Mine">Whether this desk's counter calls it in that other area, with the work profile chosen here.</param>
public sealed record DeskTargetService(ServiceId Id, Texts Name, bool Mine);

/// <summary>A clerk at a counter of another area.</summary>
public sealed record DeskSeat(string Area, string Label, ClerkId Clerk);

public sealed record DeskTargetCounter(CounterId Id, string Label);

/// <param name="KeptMinutes">So long a ticket is kept for one counter or clerk; 0: for ever.</param>
/// <param name="AskName">Clerks may write down names.</param>
/// <param name="Cases">This clerk opens and begins cases.</param>
public sealed record DeskRules(bool MayCallAny, int MissedReturns, int MissedReturnsAfter, int KeptMinutes, bool AskName, bool Cases);

public sealed record DeskDevice(string Id, DeviceKind Kind, string Presence, string? Printer, CounterId? Counter);

/// <summary>A board or a kiosk.</summary>
/// <param name="Silent">How many of its <paramref name="Screens"/> show nothing current.</param>
/// <param name="Since">When the one that is silent longest answered last.</param>
public sealed record DeskBoard(string Id, int Silent, int Screens, DateTimeOffset Since);

/// <summary>The office file was changed and cannot be used: the last good version is in force.</summary>
/// <param name="Error">The first error, with file and line.</param>
/// <param name="More">How many errors follow it.</param>
public sealed record DeskRefusal(DateTimeOffset Since, string Error, int More);

/// <summary>A trouble in the office that no clerk has seen yet.</summary>
/// <param name="Kind">"no-slip", the condition of a printer: "paper-out", or the part that its slips lack: "letters-replaced".</param>
/// <param name="About">The number of the ticket without a slip, or the device.</param>
/// <param name="Area">That of the ticket: two areas may give the same numbers. Null: it is about a device.</param>
public sealed record DeskTrouble(Guid Id, DateTimeOffset At, string Kind, string About, string? Area);

/// <summary>How long each waiting ticket still waits. It comes a moment after the change it belongs to.</summary>
/// <param name="Tickets">By ticket; one that is missing is unknown.</param>
public sealed record DeskForecasts(QueueKey Queue, long Version, IReadOnlyDictionary<Guid, PromisedRange> Tickets)
{
    public static DeskForecasts Of(AreaState shown, AreaForecast known)
    {
        var tickets = new Dictionary<Guid, PromisedRange>();
        foreach (var id in shown.Queue.Waiting.Tickets)
        {
            if (known.PromiseFor(shown.Queue.Tickets[id]) is { } wait)
            {
                tickets.Add(id.Value, wait);
            }
        }

        return new(known.Queue, known.Version, tickets);
    }

    public bool IsSame(DeskForecasts? other) => other is not null && Queue == other.Queue && Tickets.Count == other.Tickets.Count
        && Tickets.All(mine => other.Tickets.TryGetValue(mine.Key, out var theirs) && theirs == mine.Value);
}
