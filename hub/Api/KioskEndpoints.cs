using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Push;
using Microsoft.AspNetCore.Http.HttpResults;
using QRCoder;

namespace Aufruf.Hub.Api;

/// <summary>Taking a ticket at a kiosk's own address, and the ticket's own status. Open to everybody, at a limited rate.</summary>
internal static class KioskEndpoints
{
    public const string TakeRate = "take-ticket";
    public const string LookRate = "look-at-ticket";

    // Three ids of 40 characters and a day; much more would not even fit into a QR code.
    private const int LongestQueue = 150;

    public static void MapKiosk(this IEndpointRouteBuilder api)
    {
        var open = api.MapGroup("").AllowAnonymous().WithTags("Kiosk and ticket");
        open.MapPost("/kiosks/{kiosk}/tickets", TakeAsync).RequireRateLimiting(TakeRate).WithSummary("Takes a ticket");
        open.MapGet("/tickets/{queue}/{code}", LookAsync).RequireRateLimiting(LookRate).WithSummary("A ticket's own status");
        open.MapGet("/tickets/{queue}/{code}/qr.svg", DrawCode).RequireRateLimiting(LookRate).WithSummary("QR code of the ticket's own page");
    }

    internal static async Task<Results<Created<TakenTicket>, NotFound, ProblemHttpResult>> TakeAsync(
        string kiosk, TakeTicketWish wish, IOfficeFinder offices, IQueues queues, SlipPrinter printer, Fleet fleet, ISecrets secrets, TimeProvider clock)
    {
        if (offices.FindKiosk(kiosk) is not var (office, found))
        {
            return TypedResults.NotFound();
        }

        if (wish.RequestId == Guid.Empty || wish.Service.Length > 40 || wish.Language.Length > 12)
        {
            return Problems.Invalid("requestId must be a new UUID for each press, service and language short ids.");
        }

        if (office.Service(new ServiceId(wish.Service)) is not var (area, service) || !found.Areas.Contains(area.Id))
        {
            return Problems.Refused(Refusal.UnknownService);
        }

        var language = office.Languages.Contains(wish.Language) ? wish.Language : office.Languages[0];
        var key = office.QueueOf(area, clock.GetUtcNow());
        var ticketId = new TicketId(wish.RequestId);
        var answer = await queues.HandleAsync(key, new RequestId(wish.RequestId),
            new QueueCommand.TakeTicket(ticketId, new TicketCode(secrets.NewTicketCode()), service.Id, language));
        if (answer.Refusal is { } no)
        {
            return Problems.Refused(no);
        }

        if (answer.Events.OfType<QueueEvent.TicketTaken>().FirstOrDefault() is not { } taken)
        {
            return Problems.Invalid("requestId was already used for another wish.");
        }

        var queue = (await queues.ViewAsync(key, answer.Version)).Queue;
        var printing = found.Printer is { } device && fleet.CanPrint(office.Key, device);
        if (printing)
        {
            await printer.PrintAsync(office, found.Printer!, key, answer.Version, taken.Ticket, copy: false);
        }

        var status = $"/t/{key}/{taken.Code.Value}";
        return TypedResults.Created(status, new TakenTicket(
            taken.Number, service.Name, area.Name, queue.AheadOf(queue.Tickets[taken.Ticket], new(office, area), clock.GetUtcNow()),
            status, $"/api/v1/tickets/{key}/{taken.Code.Value}/qr.svg", printing));
    }

    private static async Task<Results<Ok<TicketView>, NotFound>> LookAsync(string queue, string code, ITicketViews tickets) =>
        await tickets.FindAsync(queue, code) is { } view ? TypedResults.Ok(view) : TypedResults.NotFound();

    private static Results<ContentHttpResult, NotFound> DrawCode(string queue, string code, PublicAddress address)
    {
        // The picture holds only what was asked: whether such a ticket exists, its page will say.
        if (queue.Length > LongestQueue || !QueueKey.TryParse(queue, out var key) || code.Length is 0 or > 40 || !code.All(char.IsAsciiLetterOrDigit))
        {
            return TypedResults.NotFound();
        }

        using var data = QRCodeGenerator.GenerateQrCode($"{address.Url}/t/{key}/{code}", QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        return TypedResults.Content(svg.GetGraphic(8), "image/svg+xml");
    }
}

/// <param name="RequestId">A new UUID per press, the same when it is sent again.</param>
internal sealed record TakeTicketWish(Guid RequestId, string Service, string Language);

/// <param name="Ahead">How many wait before it for the counters that may call it.</param>
/// <param name="Printing">A slip is being printed at the kiosk's printer.</param>
internal sealed record TakenTicket(
    TicketNumber Number, Texts Service, Texts Area, int Ahead, string StatusPath, string QrPath, bool Printing);
