using Aufruf.Domain.Forecasts;

namespace Aufruf.Hub.Push;

// The messages of the hub to screens. ./run messages writes displays/shared/messages.ts from them. A desk's part stands in DeskMessages.cs.

/// <summary>Every 5 s on every connection. A screen with an older version asks for the snapshot.</summary>
public sealed record Heartbeat(DateTimeOffset At, QueueKey? Queue, long Version, string Build);

/// <summary>The colours and the logo of a town. A screen that wears them already does nothing.</summary>
/// <param name="Sheet">The address of the town's colours. Other colours have another one.</param>
/// <param name="Logo">The address of the picture; null: the built-in sign.</param>
/// <param name="Alt">What the logo shows.</param>
public sealed record TownLook(string Sheet, string? Logo, Texts? Alt);

public interface IBoardClient
{
    Task Look(TownLook look);
    Task Snapshot(BoardSnapshot snapshot);
    Task Changed(BoardChange change);
    Task Heartbeat(Heartbeat heartbeat);
}

/// <summary>One area of a board. A board of several areas gets a snapshot, changes and heartbeats of each.</summary>
/// <param name="Area">The area of this picture.</param>
/// <param name="Areas">All areas of the board, in its order: one whose picture never comes is not forgotten.</param>
public sealed record BoardSnapshot(
    QueueKey Queue, long Version, DateTimeOffset At, string Build, Texts Office, string Area, IReadOnlyList<BoardArea> Areas,
    IReadOnlyList<string> Languages, string TimeZone, IReadOnlyList<BoardCounter> Counters, IReadOnlyList<BoardGroup> Groups,
    IReadOnlyList<Texts> Notes, IReadOnlyList<BoardCall> Calls);

public sealed record BoardArea(string Key, Texts Name);

public sealed record BoardCounter(CounterId Id, string Label, Arrow? Arrow);

/// <param name="Wait">Null: unknown.</param>
public sealed record BoardGroup(char Letter, Texts Name, int Waiting, PromisedRange? Wait);

public sealed record BoardCall(
    TicketNumber Number, CounterId Counter, TicketState State, DateTimeOffset CalledAt, DateTimeOffset LastCallAt, int Calls);

/// <param name="Waiting">Per letter, where it has changed.</param>
/// <param name="Wait">Per letter; a missing letter is unknown. Null: as before.</param>
public sealed record BoardChange(
    QueueKey Queue, long From, long To, DateTimeOffset At,
    IReadOnlyList<BoardCall> Calls, IReadOnlyList<TicketNumber> Ended, IReadOnlyDictionary<char, int> Waiting,
    IReadOnlyDictionary<char, PromisedRange>? Wait);

public interface IKioskClient
{
    Task Look(TownLook look);
    Task Show(KioskView view);
    Task Heartbeat(Heartbeat heartbeat);
}

/// <param name="Appointments">Whether the office gives appointments, so that citizens may check in.</param>
/// <param name="HomeTickets">Whether an area of the kiosk gives tickets to citizens at home, who check in when they come.</param>
public sealed record KioskView(
    DateTimeOffset At, string Build, Texts Office, IReadOnlyList<string> Languages, string TimeZone,
    IReadOnlyList<KioskService> Services, KioskPrinter? Printer, bool Appointments, bool HomeTickets);

/// <param name="Queue">Of its area today; a request for a ticket names it. Null until it was read.</param>
/// <param name="Wait">Null: unknown.</param>
/// <param name="Closed">Why no ticket is given now; null when tickets are given.</param>
public sealed record KioskService(
    ServiceId Id, string Area, QueueKey? Queue, char Letter, Texts Name, Texts? Note, string? Icon, int Waiting, PromisedRange? Wait,
    Texts? Closed);

public sealed record KioskPrinter(string Presence, string Condition);

public interface ITicketClient
{
    Task Show(Contracts.TicketView view);
    Task Heartbeat(Heartbeat heartbeat);
}
