using System.ComponentModel.DataAnnotations;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Hub.Api;

/// <summary>Standing wishes for the programs of others. The same rules as the portal's.</summary>
internal static class WishEndpoints
{
    private const int LongestCode = 40;
    private const int MostServices = 10;
    private const int MostOffices = 50;
    private const int MostWindows = 10;

    public static void MapWishes(this IEndpointRouteBuilder api)
    {
        var open = api.MapGroup("/authorities/{authority}/wishes").WithTags("Wishes").RequireRateLimiting(CallerRates.BookAppointment)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        open.MapPost("", RegisterAsync).Needs(Permission.Public).WithSummary("Leaves a standing wish")
            .WithDescription("A mail asks the citizen to confirm it. The code of its addresses stands in that mail alone.");
        var own = open.MapGroup("/{wish:guid}/{code}").AddEndpointFilter<RouteGroupBuilder, WrongCodeFilter>();
        own.MapGet("", LookAsync).Needs(Permission.OwnAppointment).WithSummary("The own wish");
        own.MapPost("/confirm", (string authority, Guid wish, string code, AppointmentRequest request,
            IWishes wishes) =>
                AnswerAsync(code, request, id => wishes.ConfirmAsync(authority, new(wish), code, id)))
            .Needs(Permission.OwnAppointment).WithSummary("Confirms it: from now on slots are offered");
        own.MapPost("/offers/{offer:int}/accept", (string authority, Guid wish, string code, int offer,
                AppointmentRequest request, IWishes wishes) =>
                AnswerAsync(code, request, id => wishes.AcceptAsync(authority, new(wish), code, offer, id)))
            .Needs(Permission.OwnAppointment).WithSummary("Books the offered slot");
        own.MapPost("/offers/{offer:int}/decline", (string authority, Guid wish, string code, int offer,
                AppointmentRequest request, IWishes wishes) =>
                AnswerAsync(code, request, id => wishes.DeclineAsync(authority, new(wish), code, offer, id)))
            .Needs(Permission.OwnAppointment).WithSummary("Declines it: the next wish has it");
        own.MapPost("/stop", (string authority, Guid wish, string code, AppointmentRequest request, IWishes wishes) =>
                AnswerAsync(code, request, id => wishes.StopAsync(authority, new(wish), code, id)))
            .Needs(Permission.OwnAppointment).WithSummary("Ends it: no more offers");
    }

    private static async Task<Results<Ok<WishView>, ProblemHttpResult>> RegisterAsync(
        string authority, WishRequest request, IWishes wishes, HoldLimit holds, HttpContext http)
    {
        if (request.RequestId == Guid.Empty || request.Services.Count > MostServices || request.Language.Length > 12
            || request.Offices?.Count > MostOffices || request.Windows?.Count > MostWindows
                || !request.Mail.Contains('@', StringComparison.Ordinal))
        {
            return Problems.Invalid(
                $"requestId must be a new UUID; at most {MostServices} services, {MostOffices} offices and {MostWindows} "
                + "windows; mail must be an address.");
        }

        if (holds.Ask(http, request.Altcha) is not HoldAnswer.Allowed and var no)
        {
            return Problems.Refused(no is HoldAnswer.NeedsPuzzle ? Refusal.PuzzleNeeded : Refusal.TooManyHolds);
        }

        var answer = await wishes.RegisterAsync(new(authority, request.Services, request.Kind, request.Offices ?? [], request.Windows ?? [],
            request.NotBefore, request.NotAfter, request.Language, new(request.Name.Trim(), request.Mail.Trim(), request.Phone),
            request.Improve), new(request.RequestId));
        return answer.View is { } view ? TypedResults.Ok(view) : Problems.Refused(answer.Refusal ?? Refusal.WishGone);
    }

    private static async Task<Results<Ok<WishView>, ProblemHttpResult>> LookAsync(string authority, Guid wish, string code,
        IWishes wishes) =>
        code.Length <= LongestCode && await wishes.ViewAsync(authority, new(wish), code) is { } view
            ? TypedResults.Ok(view) : Problems.NotFound();

    private static async Task<Results<Ok<WishView>, ProblemHttpResult>> AnswerAsync(
        string code, AppointmentRequest request, Func<RequestId, Task<WishAnswer>> ask)
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

/// <param name="Offices">"alsdorf.rathaus"; none: any that offers all these services.</param>
/// <param name="Windows">None: at any time.</param>
/// <param name="Mail">Gets the mail that asks for confirmation, and the offers.</param>
/// <param name="Improve">The appointment that the citizen has and wants to have earlier.</param>
/// <param name="Altcha">The solved challenge; needed after the first requests of a caller.</param>
internal sealed record WishRequest(Guid RequestId, IReadOnlyList<Wanted> Services, [property: MaxLength(200)] string Name,
    [property: MaxLength(200)] string Mail, string Language, [property: MaxLength(40)] string? Phone = null,
    AppointmentKind Kind = AppointmentKind.AtCounter, IReadOnlyList<string>? Offices = null, IReadOnlyList<WishWindow>? Windows = null,
    DateOnly? NotBefore = null, DateOnly? NotAfter = null, AppointmentAddress? Improve = null,
    [property: MaxLength(800)] string? Altcha = null);
