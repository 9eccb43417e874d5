using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Appointments;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using QRCoder;

namespace Aufruf.Hub.Api;

/// <summary>Takes a ticket at a kiosk, with a kiosk's token. To see it and to cancel it needs its code only, at a limited rate.</summary>
internal static class KioskEndpoints
{
    public const string TakeRate = "take-ticket";

    // Three ids of 40 characters and a day. A longer text would not fit into a QR code.
    private const int LongestQueue = 150;

    private const int LongestCode = 300;

    public static void MapKiosk(this IEndpointRouteBuilder api)
    {
        var open = api.MapGroup("").Needs(Permission.OwnTicket).WithTags("Ticket")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
                .ProducesProblem(StatusCodes.Status429TooManyRequests);
        api.MapPost("/kiosks/{kiosk}/tickets", TakeAsync).Needs(Permission.TakeTicket).RequireRateLimiting(TakeRate)
            .WithTags("Kiosk").WithSummary("Takes a ticket").ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status429TooManyRequests);
        api.MapPost("/kiosks/{kiosk}/check-ins", CheckInAsync).Needs(Permission.TakeTicket).RequireRateLimiting(TakeRate)
            .AddEndpointFilter<WrongCodeFilter>().WithTags("Kiosk")
                .WithSummary("Checks in a citizen who has an appointment, or took a ticket at home")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        open.MapGet("/tickets/{queue}/{code}", LookAsync).RequireRateLimiting(CallerRates.LookAtTicket)
            .WithSummary("A ticket's own status");
        open.MapPost("/tickets/{queue}/{code}/cancel", GiveBackAsync).RequireRateLimiting(CallerRates.LookAtTicket)
            .WithSummary("Gives the ticket back");
        open.MapGet("/tickets/{queue}/{code}/qr.svg", DrawCode).RequireRateLimiting(CallerRates.LookAtTicket)
            .WithSummary("QR code of the ticket's own page");
    }

    internal static async Task<Results<Created<TakenTicket>, ProblemHttpResult>> TakeAsync(
        string kiosk, TakeTicketRequest request, OfficeDirectory offices, TicketIssuer issuer, TimeProvider clock, Grant grant)
    {
        if (offices.FindKiosk(kiosk) is not var (office, found) || !grant.IsGoodIn(office.Key)
            || !ScreenHolder.MayActAt(grant.Principal.Who, found.Id))
        {
            return Problems.NotFound();
        }

        if (request.Service.Length > 40 || request.Language.Length > 12)
        {
            return Problems.Invalid("service and language must be short ids.");
        }

        if (office.Service(new ServiceId(request.Service)) is not var (area, service) || !found.Areas.Contains(area.Id))
        {
            return Problems.Refused(Refusal.UnknownService);
        }

        var (key, problem) = request.QueueIn(office, area, clock.GetUtcNow());
        return problem is not null ? problem
            : await issuer.IssueAsync(office, area, key, service.Id, request.Language, found.Printer, request.RequestId);
    }

    /// <remarks>A code is typed, or read from the QR code of the mail: then it is the last part of an address.</remarks>
    internal static async Task<Results<Created<TakenTicket>, ProblemHttpResult>> CheckInAsync(string kiosk, KioskCheckInRequest request,
        OfficeDirectory offices, CheckIns checkIns, HomeArrivals homeArrivals, TicketIssuer issuer, Grant grant)
    {
        if (offices.FindKiosk(kiosk) is not var (office, found) || !grant.IsGoodIn(office.Key)
            || !ScreenHolder.MayActAt(grant.Principal.Who, found.Id))
        {
            return Problems.NotFound();
        }

        if (request.RequestId == Guid.Empty || request.Code.Length is 0 or > LongestCode)
        {
            return Problems.Invalid("requestId must be a new UUID for each press, and code the one of the appointment.");
        }

        var code = request.Code.Split('?', '#')[0].TrimEnd('/').Split('/')[^1];
        var (come, reason) = await homeArrivals.ComeInAsync(office, found, code, new(request.RequestId));
        if (reason is not null)
        {
            return Problems.Refused(reason);
        }

        if (come is not null)
        {
            var ticket = await issuer.PrintAsync(office, come.Area, come.Queue, come.Version, come.Ticket,
                come.ByNumber ? null : found.Printer, wait: null);
            return TicketIssuer.Created(come.ByNumber ? ticket with { StatusPath = "", QrPath = null } : ticket);
        }

        var (appointment, why) = checkIns.Find(office, code);
        if (appointment is not var (week, booked))
        {
            return Problems.Refused(why!);
        }

        var (arrival, refusal) = await checkIns.CheckInAsync(week, booked, new(request.RequestId));
        return arrival is null ? Problems.Refused(refusal!) : TicketIssuer.Created(await issuer.PrintAsync(
            arrival.Office, arrival.Area, arrival.Queue, arrival.Version, arrival.Ticket, found.Printer, wait: null));
    }

    private static async Task<Results<Ok<TicketView>, NotFound>> LookAsync(string queue, string code, ITicketViews tickets) =>
        await tickets.FindAsync(queue, code) is { } view ? TypedResults.Ok(view) : TypedResults.NotFound();

    internal static async Task<Results<Ok<TicketView>, ProblemHttpResult>> GiveBackAsync(
        string queue, string code, GiveBackRequest request, ITicketViews tickets) =>
        request.RequestId == Guid.Empty ? Problems.Invalid("requestId must be a new UUID for each press.")
        : await tickets.GiveBackAsync(queue, code, new RequestId(request.RequestId)) is not { } given ? Problems.NotFound()
        : given.Refusal is { } refusal ? Problems.Refused(refusal)
        : TypedResults.Ok(given.View);

    private static Results<ContentHttpResult, NotFound> DrawCode(string queue, string code, PublicAddress address)
    {
        // The picture holds only the given address. The page says whether such a ticket exists.
        if (address.Citizens is not { } url || queue.Length > LongestQueue || !QueueKey.TryParse(queue, out var key)
            || code.Length is 0 or > 40 || !code.All(char.IsAsciiLetterOrDigit))
        {
            return TypedResults.NotFound();
        }

        using var data = QRCodeGenerator.GenerateQrCode($"{url}/t/{key}/{code}", QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        return TypedResults.Content(svg.GetGraphic(8), "image/svg+xml");
    }
}

internal sealed record TakeTicketRequest(Guid RequestId, string Service, string Language) : QueueRequest(RequestId);

/// <param name="RequestId">A new UUID per press, the same for every repeat.</param>
/// <param name="Code">Of the appointment, or of a ticket from home, as it is typed, or the address of its page; or that ticket's
/// number.</param>
internal sealed record KioskCheckInRequest(Guid RequestId, string Code);

/// <param name="RequestId">A new UUID per press, the same for every repeat.</param>
internal sealed record GiveBackRequest(Guid RequestId);
