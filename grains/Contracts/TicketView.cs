using Aufruf.Domain;
using Aufruf.Domain.Forecasts;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;

namespace Aufruf.Contracts;

/// <summary>A ticket as its holder may see it: the own place and no other's.</summary>
/// <param name="Area">Where it waits now: the page of a ticket follows its transfers.</param>
/// <param name="Ahead">How many wait before it for the counters that may call it; null when it does not wait.</param>
/// <param name="Counter">Label of the counter it is called to.</param>
/// <param name="Wait">Null: it does not wait, or there is no forecast.</param>
/// <param name="NotBefore">It comes back at a time and is not called before.</param>
/// <param name="Booked">The time of its appointment; null: a walk-in.</param>
public sealed record TicketView(
    DateTimeOffset At, string Build, Texts Office, Texts Area, IReadOnlyList<string> Languages, string TimeZone,
    TicketNumber Number, Texts Service, TicketState State, int? Ahead, string? Counter,
    DateTimeOffset TakenAt, DateTimeOffset? CalledAt, DateTimeOffset? LastCallAt, int Calls,
    PromisedRange? Wait, DateTimeOffset? NotBefore, DateTimeOffset? Booked);

/// <summary>The answer to a citizen who gives a ticket back.</summary>
/// <param name="Refusal">Null when it was given back; the view shows the ticket in both cases.</param>
public sealed record GivenBack(TicketView View, Refusal? Refusal);

/// <summary>The tickets for the portal: answered by the hub it runs in, or through a hub from outside.</summary>
public interface ITicketViews
{
    /// <param name="queue">"alsdorf.rathaus.erdgeschoss.2026-11-23": where the ticket was taken, wherever it was sent since.</param>
    /// <param name="code">The secret printed on the slip.</param>
    /// <returns>Null when there is no such ticket, or no longer.</returns>
    Task<TicketView?> FindAsync(string queue, string code);

    /// <summary>The citizen will not come: the ticket leaves the queue.</summary>
    /// <returns>Null when there is no such ticket, or no longer.</returns>
    Task<GivenBack?> GiveBackAsync(string queue, string code, RequestId request);
}
