using Aufruf.Domain.Forecasts;
using Aufruf.Hub.Forecasting;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Hub.Api;

/// <summary>Issues a ticket, at a kiosk or by a clerk, and sends its slip to the printer.</summary>
internal sealed class TicketIssuer(IQueues queues, SlipPrinter printer, Fleet fleet, NewTicketCode newCode, IForecasts forecasts,
    PublicAddress address, TimeProvider clock)
{
    /// <param name="language">As requested. A language the office does not speak becomes its first.</param>
    /// <param name="device">Ticket printer for the slip; null for none.</param>
    /// <param name="request">Becomes the ticket's id.</param>
    /// <param name="with">Adds further parts of the request.</param>
    public async Task<Results<Created<TakenTicket>, ProblemHttpResult>> IssueAsync(
        Office office, WaitingArea area, QueueKey key, ServiceId service, string language, string? device, Guid request,
        Func<QueueCommand.TakeTicket, QueueCommand.TakeTicket>? with = null)
    {
        var plain = new QueueCommand.TakeTicket(new TicketId(request), newCode(), service,
            office.Languages.Contains(language) ? language : office.Languages[0])
        {
            Forecast = forecasts.Of(key.AreaKey)?.ForNew(service),
        };
        var answer = await queues.HandleAsync(key, new RequestId(request), with?.Invoke(plain) ?? plain);
        if (answer.Refusal is { } refusal)
        {
            return Problems.Refused(refusal, refusal.TextsAt(office, clock.GetUtcNow()));
        }

        if (answer.Events.OfType<QueueEvent.TicketTaken>().FirstOrDefault() is not { } taken)
        {
            return Problems.Refused(Refusal.RequestReused);
        }

        return Created(await PrintAsync(office, area, key, answer.Version, taken.Ticket, device, answer.Events.GivenWait()));
    }

    public static Created<TakenTicket> Created(TakenTicket ticket) => TypedResults.Created(ticket.StatusPath, ticket);

    /// <summary>Sends the slip of a ticket to the printer, if there is one.</summary>
    /// <param name="request">A clerk's wish for one more slip; null: the first one.</param>
    public async Task<TakenTicket> PrintAsync(Office office, WaitingArea area, QueueKey key, long version, TicketId id, string? device,
        PromisedRange? wait, Guid? request = null)
    {
        var printing = device is not null && fleet.CanPrint(office.Key, device) ? device : null;
        if (printing is not null)
        {
            await printer.PrintAsync(office, printing, key, version, id, copy: request is not null, wait, request: request);
        }

        var queue = (await queues.ViewAsync(key, version)).Queue;
        var ticket = queue.Tickets[id];
        var status = $"/t/{key}/{ticket.Code.Value}";
        return new(ticket.Number, area.Service(ticket.Service)?.Name ?? new Texts(), area.Name,
            queue.AheadOf(ticket, new(office, area), clock.GetUtcNow()), status,
            address.Citizens is null ? null : $"/api/v1/tickets/{key}/{ticket.Code.Value}/qr.svg", printing is not null, wait,
            ticket.Booked);
    }
}

/// <param name="Ahead">How many wait before it for the counters that may call it.</param>
/// <param name="QrPath">Null: the hub has no address that a phone could open.</param>
/// <param name="Printing">A slip is being printed.</param>
/// <param name="Wait">Null: unknown.</param>
/// <param name="Booked">The time of the appointment; null: a walk-in, or a citizen who came too late for it.</param>
internal sealed record TakenTicket(
    TicketNumber Number, Texts Service, Texts Area, int Ahead, string StatusPath, string? QrPath, bool Printing, PromisedRange? Wait,
    DateTimeOffset? Booked);
