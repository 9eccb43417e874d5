using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;

namespace Aufruf.Hub.Push;

// The C# side of displays/shared/messages.ts: what the hub sends to screens.

/// <summary>Every 5 s on every connection. A version above one's own means: ask for the snapshot.</summary>
public sealed record Heartbeat(DateTimeOffset At, QueueKey? Queue, long Version, string Build);

public interface IBoardClient
{
    Task Snapshot(BoardSnapshot snapshot);
    Task Changed(BoardChange change);
    Task Heartbeat(Heartbeat heartbeat);
}

public sealed record BoardSnapshot(
    QueueKey Queue, long Version, DateTimeOffset At, string Build, Texts Office, Texts Area, IReadOnlyList<string> Languages, string TimeZone,
    IReadOnlyList<BoardCounter> Counters, IReadOnlyList<BoardGroup> Groups, IReadOnlyList<Texts> Notes, IReadOnlyList<BoardCall> Calls);

public sealed record BoardCounter(CounterId Id, string Label, string? Arrow);

public sealed record BoardGroup(char Letter, Texts Name, int Waiting);

public sealed record BoardCall(
    TicketNumber Number, CounterId Counter, TicketState State, DateTimeOffset CalledAt, DateTimeOffset LastCallAt, int Calls);

public sealed record BoardChange(
    QueueKey Queue, long From, long To, DateTimeOffset At,
    IReadOnlyList<BoardCall> Calls, IReadOnlyList<TicketNumber> Ended, IReadOnlyDictionary<char, int> Waiting);

public interface IDeskClient
{
    Task Snapshot(DeskSnapshot snapshot);
    Task Changed(DeskChange change);
    Task Devices(IReadOnlyList<DeskDevice> devices);
    Task Heartbeat(Heartbeat heartbeat);
}

public sealed record DeskSnapshot(
    QueueKey Queue, long Version, DateTimeOffset At, string Build, Texts Office, Texts Area, IReadOnlyList<string> Languages, string TimeZone,
    CounterId Counter, IReadOnlyList<DeskCounter> Counters, IReadOnlyList<DeskService> Services, IReadOnlyList<DeskTicket> Tickets,
    TicketId? Next, int Served, IReadOnlyList<DeskDevice> Devices);

public sealed record DeskCounter(CounterId Id, string Label, bool Open, long Revision, TicketId? Ticket);

public sealed record DeskService(ServiceId Id, char Letter, Texts Name, int UsualMinutes, bool Mine);

public sealed record DeskTicket(
    TicketId Id, TicketNumber Number, ServiceId Service, string Language, TicketState State, DateTimeOffset TakenAt, int Calls,
    CounterId? Counter, DateTimeOffset? CalledAt, DateTimeOffset? LastCallAt, DateTimeOffset? ArrivedAt);

public sealed record DeskChange(
    QueueKey Queue, long From, long To, DateTimeOffset At,
    IReadOnlyList<DeskTicket> Tickets, IReadOnlyList<TicketId> Gone, IReadOnlyList<DeskCounter> Counters, TicketId? Next, int Served);

public sealed record DeskDevice(string Id, DeviceKind Kind, string Presence, string? Printer, CounterId? Counter);

public interface IKioskClient
{
    Task Show(KioskView view);
    Task Heartbeat(Heartbeat heartbeat);
}

public sealed record KioskView(
    DateTimeOffset At, string Build, Texts Office, IReadOnlyList<string> Languages, string TimeZone,
    IReadOnlyList<KioskService> Services, KioskPrinter? Printer);

public sealed record KioskService(ServiceId Id, string Area, char Letter, Texts Name, Texts? Note, string? Icon, int Waiting);

public sealed record KioskPrinter(string Presence, string Condition);

public interface ITicketClient
{
    Task Show(Contracts.TicketView view);
    Task Heartbeat(Heartbeat heartbeat);
}
