using System.ComponentModel.DataAnnotations;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Appointments;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Hub.Api;

/// <summary>Open availability and booking for the programs of others: a search page, a district, the 115. The same rules as the portal's.
/// </summary>
internal static class BookingEndpoints
{
    private const int LongestCode = 40;
    internal const int MostServices = 10;
    internal const string ServicesAre = "service names one to ten services, each with 1 to 99 persons: \"ausweis:2\".";

    public static void MapBooking(this IEndpointRouteBuilder api)
    {
        var open = api.MapGroup("").WithTags("Booking").RequireRateLimiting(CallerRates.BookAppointment)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        open.MapGet("/authorities/{authority}/offers", (string authority, IAppointments appointments) =>
                appointments.OffersAsync(authority))
            .Needs(Permission.Public).WithSummary("What can be booked, by office");
        open.MapGet("/authorities/{authority}/slots", FindAsync).Needs(Permission.Public).WithSummary("Free slots")
            .WithDescription("service is repeated for several services: \"ausweis\", or \"ausweis:2\" for two persons.");
        open.MapPost("/authorities/{authority}/appointments", HoldAsync).Needs(Permission.Public)
            .WithSummary("Holds a slot while the citizen enters the data");
        open.MapGet("/challenge", (Puzzles puzzles) => TypedResults.Ok(puzzles.New())).Needs(Permission.Public)
            .WithSummary("A puzzle of ALTCHA, protocol 1, good for one request").WithDescription(
                "Its solution goes into the field \"altcha\": base64 of the JSON of algorithm, challenge, number, salt and signature. "
                + "Send it to the hub that gave the puzzle; several hubs behind a proxy keep a caller by a cookie.");
        var own = open.MapGroup("");
        own.AddEndpointFilter<RouteGroupBuilder, WrongCodeFilter>();
        own.MapGet("/appointments/{week}/{code}", LookAsync).Needs(Permission.OwnAppointment).WithSummary("The own appointment");
        own.MapPost("/appointments/{week}/{code}/citizen", PreconfirmAsync).Needs(Permission.OwnAppointment)
            .WithSummary("Takes the citizen's data, and sends a mail that asks for confirmation");
        own.MapPost("/appointments/{week}/{code}/confirm/{secret}", (CalendarWeekAddress week, string code, string secret,
                AppointmentRequest request, IAppointments appointments) =>
                AnswerAsync(code, request, id => appointments.ConfirmAsync(week.Key, code, secret, id)))
            .Needs(Permission.OwnAppointment).WithSummary("Confirms with the secret of the mail");
        own.MapPost("/appointments/{week}/{code}/extend", (CalendarWeekAddress week, string code, AppointmentRequest request,
                IAppointments appointments) => AnswerAsync(code, request, id => appointments.ExtendAsync(week.Key, code, id)))
            .Needs(Permission.OwnAppointment).WithSummary("Gives more time for the data");
        own.MapPost("/appointments/{week}/{code}/give-up", (CalendarWeekAddress week, string code, AppointmentRequest request,
                IAppointments appointments) => AnswerAsync(code, request, id => appointments.GiveUpAsync(week.Key, code, id)))
            .Needs(Permission.OwnAppointment).WithSummary("Gives a held slot back");
        own.MapPost("/appointments/{week}/{code}/cancel", (CalendarWeekAddress week, string code, AppointmentRequest request,
                IAppointments appointments) => AnswerAsync(code, request, id => appointments.CancelAsync(week.Key, code, id)))
            .Needs(Permission.OwnAppointment).WithSummary("Cancels the appointment");
        own.MapPost("/appointments/{week}/{code}/check-in", (CalendarWeekAddress week, string code, AppointmentRequest request,
                IAppointments appointments) => AnswerAsync(code, request, id => appointments.CheckInAsync(week.Key, code, id)))
            .Needs(Permission.OwnAppointment).WithSummary("Says that the citizen is here, where the office allows it");
    }

    private static async Task<Results<Ok<FoundSlots>, ProblemHttpResult>> FindAsync(string authority,
        [FromQuery] string[] service, string? office,
        DateOnly? from, int? days, string? kind, IAppointments appointments) =>
        ServicesOf(service) is not { } services ? Problems.Invalid(ServicesAre)
        : KindOf(kind) is not { } way ? Problems.Invalid(KindsAre)
        : TypedResults.Ok(await appointments.FindAsync(new(authority, services, office, from, days ?? 56, Kind: way)));

    internal const string KindsAre = "kind is at-counter, phone or video.";

    internal static AppointmentKind? KindOf(string? text) => text switch
    {
        null or "at-counter" => AppointmentKind.AtCounter,
        "phone" => AppointmentKind.Phone,
        "video" => AppointmentKind.Video,
        _ => null,
    };

    internal static Wanted[]? ServicesOf(string[] texts)
    {
        var services = texts.Select(text => text.Split(':') switch
        {
            [{ Length: > 0 and <= 40 } id] => new Wanted(new(id)),
            [{ Length: > 0 and <= 40 } id, var persons] when int.TryParse(persons, out var n) && n is > 0 and < 100 =>
                new Wanted(new(id), n),
            _ => default,
        }).ToArray();
        return services.Length is > 0 and <= MostServices && services.All(s => s.Persons > 0) ? services : null;
    }

    private static async Task<Results<Ok<AppointmentView>, ProblemHttpResult>> HoldAsync(
        string authority, HoldRequest request, IAppointments appointments, HoldLimit holds, HttpContext http)
    {
        if (request.RequestId == Guid.Empty || request.Services.Count is 0 or > MostServices || request.Language.Length > 12
            || request.Office.Split('.')[0] != authority)
        {
            return Problems.Invalid($"requestId must be a new UUID, services name one to {MostServices}, office be one of the authority.");
        }

        if (holds.Ask(http, request.Altcha) is not HoldAnswer.Allowed and var no)
        {
            return Problems.Refused(no is HoldAnswer.NeedsPuzzle ? Refusal.PuzzleNeeded : Refusal.TooManyHolds);
        }

        var answer = await appointments.HoldAsync(
            new(request.Office, request.Calendar, request.Services, request.From, request.Kind, request.Language), new(request.RequestId));
        return answer.View is { } view ? TypedResults.Ok(view) : Problems.Refused(answer.Refusal ?? Refusal.AppointmentGone);
    }

    private static async Task<Results<Ok<AppointmentView>, ProblemHttpResult>> LookAsync(
        CalendarWeekAddress week, string code, IAppointments appointments) =>
        code.Length <= LongestCode && await appointments.ViewAsync(week.Key, code) is { } view
            ? TypedResults.Ok(view) : Problems.NotFound();

    private static async Task<Results<Ok<AppointmentView>, ProblemHttpResult>> PreconfirmAsync(
        CalendarWeekAddress week, string code, CitizenRequest request, Bookings bookings, Puzzles puzzles)
    {
        var (mail, phone) = (Given(request.Mail), Given(request.Phone));
        var citizen = new CitizenData(request.Name.Trim(), mail, phone, request.Remark);
        return mail is not null ? await AnswerAsync(code, request, id => bookings.PreconfirmAsync(week.Key, code, citizen, id))
            : phone is null ? Problems.Invalid("Without a mail address a phone number is needed.")
            : !puzzles.Take(request.Altcha) ? Problems.Refused(Refusal.PuzzleNeeded)
            : await AnswerAsync(code, request, id => bookings.BookWithoutMailAsync(week.Key, code, citizen, id));
    }

    private static string? Given(string? text) => text?.Trim() is { Length: > 0 } given ? given : null;

    private static async Task<Results<Ok<AppointmentView>, ProblemHttpResult>> AnswerAsync(
        string code, AppointmentRequest request, Func<RequestId, Task<AppointmentAnswer>> ask)
    {
        if (request.RequestId == Guid.Empty || code.Length > LongestCode)
        {
            return Problems.Invalid("requestId must be a new UUID for each press.");
        }

        var answer = await ask(new(request.RequestId));
        return answer.Refusal is { } refusal ? Problems.Refused(refusal)
            : answer.View is { } view ? TypedResults.Ok(view) : Problems.NotFound();
    }
}

/// <summary>A week in an address: "alsdorf.rathaus.buergerservice.2026-11-30".</summary>
internal readonly record struct CalendarWeekAddress(CalendarWeekKey Key) : IParsable<CalendarWeekAddress>
{
    public static CalendarWeekAddress Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var result) ? result : throw new FormatException("Expected authority.office.calendar.yyyy-MM-dd.");

    public static bool TryParse(string? s, IFormatProvider? provider, out CalendarWeekAddress result)
    {
        var isKey = CalendarWeekKey.TryParse(s ?? "", out var key);
        result = new(key ?? default);
        return isKey;
    }
}

/// <param name="RequestId">A new UUID per press, the same for every repeat.</param>
internal record AppointmentRequest(Guid RequestId);

/// <param name="Name">Of the person who comes.</param>
/// <param name="Mail">Gets the mail that asks for confirmation. Null: a phone number and a solved puzzle confirm at once.</param>
/// <param name="Altcha">The solution of a puzzle, for a booking without a mail address.</param>
internal sealed record CitizenRequest(Guid RequestId, [property: MaxLength(200)] string Name,
    [property: MaxLength(200)] string? Mail = null, [property: MaxLength(40)] string? Phone = null,
    [property: MaxLength(500)] string? Remark = null, [property: MaxLength(800)] string? Altcha = null) : AppointmentRequest(RequestId);

/// <param name="Office">"alsdorf.rathaus"</param>
/// <param name="Calendar">"alsdorf.rathaus.buergerservice"</param>
/// <param name="Altcha">The solution of a puzzle, after the first few slots.</param>
internal sealed record HoldRequest(Guid RequestId, string Office, string Calendar, IReadOnlyList<Wanted> Services, DateTimeOffset From,
    AppointmentKind Kind, string Language, [property: MaxLength(800)] string? Altcha = null);
