using Aufruf.Contracts;
using Aufruf.Domain;
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
        var open = api.MapGroup("").AllowAnonymous().WithTags("Kiosk and ticket")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status429TooManyRequests);
        open.MapPost("/kiosks/{kiosk}/tickets", TakeAsync).RequireRateLimiting(TakeRate).WithSummary("Takes a ticket");
        open.MapGet("/tickets/{queue}/{code}", LookAsync).RequireRateLimiting(LookRate).WithSummary("A ticket's own status");
        open.MapPost("/tickets/{queue}/{code}/cancel", GiveBackAsync).RequireRateLimiting(LookRate).WithSummary("Gives the ticket back");
        open.MapGet("/tickets/{queue}/{code}/qr.svg", DrawCode).RequireRateLimiting(LookRate).WithSummary("QR code of the ticket's own page");
    }

    internal static async Task<Results<Created<TakenTicket>, ProblemHttpResult>> TakeAsync(
        string kiosk, TakeTicketWish wish, IOfficeFinder offices, Issuing issuing, TimeProvider clock)
    {
        if (offices.FindKiosk(kiosk) is not var (office, found))
        {
            return Problems.NotFound();
        }

        if (wish.RequestId == Guid.Empty || wish.Service.Length > 40 || wish.Language.Length > 12)
        {
            return Problems.Invalid("requestId must be a new UUID for each press, service and language short ids.");
        }

        if (office.Service(new ServiceId(wish.Service)) is not var (area, service) || !found.Areas.Contains(area.Id))
        {
            return Problems.Refused(Refusal.UnknownService);
        }

        var (key, no) = office.QueueFor(area, wish.Queue, clock.GetUtcNow());
        return no ?? await issuing.IssueAsync(office, area, key, service.Id, wish.Language, found.Printer, wish.RequestId);
    }

    private static async Task<Results<Ok<TicketView>, NotFound>> LookAsync(string queue, string code, ITicketViews tickets) =>
        await tickets.FindAsync(queue, code) is { } view ? TypedResults.Ok(view) : TypedResults.NotFound();

    internal static async Task<Results<Ok<TicketView>, ProblemHttpResult>> GiveBackAsync(string queue, string code, GiveBackWish wish, ITicketViews tickets) =>
        wish.RequestId == Guid.Empty ? Problems.Invalid("requestId must be a new UUID for each press.")
        : await tickets.GiveBackAsync(queue, code, new RequestId(wish.RequestId)) is not { } given ? Problems.NotFound()
        : given.Refusal is { } no ? Problems.Refused(no)
        : TypedResults.Ok(given.View);

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
internal sealed record TakeTicketWish(Guid RequestId, string Service, string Language)
{
    /// <summary>The queue of the service's area as the kiosk saw it, so that a wish repeated after midnight gives no second ticket.</summary>
    public QueueKey? Queue { get; init; }
}

/// <param name="RequestId">A new UUID per press, the same when it is sent again.</param>
internal sealed record GiveBackWish(Guid RequestId);
