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
/// <param name="Home">Null: it was taken at the office.</param>
public sealed record TicketView(
    DateTimeOffset At, string Build, Texts Office, Texts Area, IReadOnlyList<string> Languages, string TimeZone,
    TicketNumber Number, Texts Service, TicketState State, int? Ahead, string? Counter,
    DateTimeOffset TakenAt, DateTimeOffset? CalledAt, DateTimeOffset? LastCallAt, int Calls,
    PromisedRange? Wait, DateTimeOffset? NotBefore, DateTimeOffset? Booked, TicketFromHome? Home,
    TicketMessage? Message);

/// <summary>A clerk's message to the citizen.</summary>
/// <param name="Text">The clerk's own words; null: the fixed text of the kind.</param>
public sealed record TicketMessage(NoticeKind Kind, string? Text, DateTimeOffset At);

/// <summary>A ticket that was taken at home. Its citizen says on arrival that he or she is here.</summary>
/// <param name="ArriveBy">By then. Later the number is lost.</param>
/// <param name="AtKiosk">A kiosk takes the code or the number.</param>
/// <param name="ByPhone">The page itself does.</param>
public sealed record TicketFromHome(DateTimeOffset ArriveBy, bool AtKiosk, bool ByPhone);

/// <summary>The answer to a citizen who takes a ticket at home.</summary>
/// <param name="Page">"/t/alsdorf.rathaus.erdgeschoss.2026-11-23/k3v9x0m2q7w5t1ab"; null when there is none.</param>
/// <param name="AgainAt">When the next try may be worth it; null: unknown.</param>
public sealed record TakenAtHome(string? Page, Refusal? Refusal, DateTimeOffset? AgainAt);

/// <summary>The answer to a citizen who gives a ticket back, or is here with it.</summary>
/// <param name="Refusal">Null when it was done; the view shows the ticket in both cases.</param>
public sealed record TicketAnswer(TicketView View, Refusal? Refusal);

/// <summary>The tickets for the portal: answered by the hub it runs in, or through a hub from outside.</summary>
public interface ITicketViews
{
    /// <param name="queue">"alsdorf.rathaus.erdgeschoss.2026-11-23": where the ticket was taken, wherever it was sent since.</param>
    /// <param name="code">The secret printed on the slip.</param>
    /// <returns>Null when there is no such ticket, or no longer.</returns>
    Task<TicketView?> FindAsync(string queue, string code);

    /// <param name="office">"alsdorf.rathaus"</param>
    /// <param name="language">Of the reader. One that the office does not speak becomes its first.</param>
    Task<TakenAtHome> TakeAtHomeAsync(string office, ServiceId service, string language, RequestId request);

    /// <summary>A citizen from home is here, and says so on the ticket's page.</summary>
    /// <returns>Null when there is no such ticket, or no longer.</returns>
    Task<TicketAnswer?> ComeInAsync(string queue, string code, RequestId request);

    /// <summary>The citizen will not come: the ticket leaves the queue.</summary>
    /// <returns>Null when there is no such ticket, or no longer.</returns>
    Task<TicketAnswer?> GiveBackAsync(string queue, string code, RequestId request);
}
