using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;

namespace Aufruf.Contracts;

/// <summary>What the holder of a ticket may see: the own place and nobody else's.</summary>
/// <param name="Ahead">How many wait before it for the counters that may call it; null when it does not wait.</param>
/// <param name="Counter">Label of the counter it is called to.</param>
public sealed record TicketView(
    DateTimeOffset At, string Build, Texts Office, Texts Area, IReadOnlyList<string> Languages, string TimeZone,
    TicketNumber Number, Texts Service, TicketState State, int? Ahead, string? Counter,
    DateTimeOffset TakenAt, DateTimeOffset? CalledAt, DateTimeOffset? LastCallAt, int Calls);

/// <summary>Where the portal asks for a ticket: answered by the hub it runs in, or through a hub from outside.</summary>
public interface ITicketViews
{
    /// <param name="queue">"alsdorf.rathaus.erdgeschoss.2026-11-23".</param>
    /// <param name="code">The secret printed on the slip.</param>
    /// <returns>Null when there is no such ticket, or no longer.</returns>
    Task<TicketView?> FindAsync(string queue, string code);
}
