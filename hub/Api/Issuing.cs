using Aufruf.Domain;
using Aufruf.Domain.Forecasts;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Forecasting;
using Aufruf.Hub.Gateway;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Hub.Api;

/// <summary>Gives a ticket, at a kiosk or by a clerk: takes it in the queue, has its slip printed, says what its holder must know.</summary>
internal sealed class Issuing(IQueues queues, SlipPrinter printer, Fleet fleet, ISecrets secrets, IForecasts forecasts, TimeProvider clock)
{
    /// <param name="language">As wished; one the office does not speak becomes its first.</param>
    /// <param name="device">Ticket printer for the slip; null for none.</param>
    /// <param name="request">Becomes the ticket's id.</param>
    /// <param name="with">What the wish says beside the service.</param>
    public async Task<Results<Created<TakenTicket>, ProblemHttpResult>> IssueAsync(
        Office office, WaitingArea area, QueueKey key, ServiceId service, string language, string? device, Guid request,
        Func<QueueCommand.TakeTicket, QueueCommand.TakeTicket>? with = null)
    {
        var plain = new QueueCommand.TakeTicket(new TicketId(request), new TicketCode(secrets.NewTicketCode()), service,
            office.Languages.Contains(language) ? language : office.Languages[0])
        {
            Forecast = forecasts.Of(key.AreaKey)?.ForNew(service),
        };
        var answer = await queues.HandleAsync(key, new RequestId(request), with?.Invoke(plain) ?? plain);
        if (answer.Refusal is { } no)
        {
            return Problems.Refused(no, no.Texts(office, clock.GetUtcNow()));
        }

        if (answer.Events.OfType<QueueEvent.TicketTaken>().FirstOrDefault() is not { } taken)
        {
            return Problems.Invalid("requestId was already used for another wish.");
        }

        var printing = false;
        if (device is not null && fleet.CanPrint(office.Key, device))
        {
            printing = true;
            await printer.PrintAsync(office, device, key, answer.Version, taken.Ticket, copy: false, answer.Events.WaitTold());
        }

        var queue = (await queues.ViewAsync(key, answer.Version)).Queue;
        var status = $"/t/{key}/{taken.Code.Value}";
        return TypedResults.Created(status, new TakenTicket(
            taken.Number, area.Service(taken.Service)?.Name ?? new Texts(), area.Name,
            queue.AheadOf(queue.Tickets[taken.Ticket], new(office, area), clock.GetUtcNow()),
            status, $"/api/v1/tickets/{key}/{taken.Code.Value}/qr.svg", printing, answer.Events.WaitTold()));
    }
}

/// <param name="Ahead">How many wait before it for the counters that may call it.</param>
/// <param name="Printing">A slip is being printed.</param>
/// <param name="Wait">Null: unknown.</param>
internal sealed record TakenTicket(
    TicketNumber Number, Texts Service, Texts Area, int Ahead, string StatusPath, string QrPath, bool Printing, PromisedRange? Wait);
