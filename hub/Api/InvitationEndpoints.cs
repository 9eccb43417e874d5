using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Appointments;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Hub.Api;

/// <summary>Invitations: a procedure of the authority places an appointment, and reads later what became of it.</summary>
internal static class InvitationEndpoints
{
    private const int LongestCode = 40;
    private const int MostMinutes = 480;
    private const int MostShown = 100;

    /// <summary>By their names in JSON, "no-answer".</summary>
    private static readonly FrozenDictionary<string, InvitationState> States = Enum.GetValues<InvitationState>()
        .ToFrozenDictionary(state => JsonNamingPolicy.KebabCaseLower.ConvertName(state.ToString()));

    public static void MapInvitations(this IEndpointRouteBuilder api)
    {
        var staff = api.MapGroup("/authorities/{authority}/invitations").WithTags("Invitations")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        staff.MapPost("", InviteAsync).Needs(Permission.Invite).WithSummary("Places an appointment for somebody, who gets a mail about it")
            .WithDescription("It has the earliest free time between the two days. The same reference gives the same invitation.");
        staff.MapGet("", ListAsync).Needs(Permission.SeeAppointments)
            .WithSummary("The invitations of the caller's offices, in the order of placing")
            .WithDescription("after is the next of the page before.");
        staff.MapGet("/{id:guid}", LookAsync).Needs(Permission.SeeAppointments).WithSummary("One invitation, and its outcome");

        var own = api.MapGroup("/invitations/{authority}/{id:guid}/{code}").WithTags("Invitations")
            .RequireRateLimiting(CallerRates.BookAppointment).AddEndpointFilter<RouteGroupBuilder, WrongCodeFilter>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        own.MapGet("", OwnAsync).Needs(Permission.OwnAppointment).WithSummary("The own invitation");
        own.MapPost("/accept", (string authority, Guid id, string code, AppointmentRequest request, IInvitations invitations) =>
                AnswerAsync(code, request, press => invitations.AcceptAsync(authority, new(id), code, press)))
            .Needs(Permission.OwnAppointment).WithSummary("Accepts the invitation");
        own.MapPost("/refuse", (string authority, Guid id, string code, AppointmentRequest request, IInvitations invitations) =>
                AnswerAsync(code, request, press => invitations.RefuseAsync(authority, new(id), code, press)))
            .Needs(Permission.OwnAppointment).WithSummary("Refuses it: its time is free again");
    }

    private static async Task<Results<Ok<StaffInvitation>, ProblemHttpResult>> InviteAsync(string authority, InvitationRequest request,
        OfficeDirectory offices, PlacedInvitations invitations, Grant grant, IAccessBook log)
    {
        if (!IsOpen(authority, offices, grant) || (request.Office is { } named && !grant.IsGoodIn(named)))
        {
            return Problems.NotFound();
        }

        var contact = request.Contact;
        if (string.IsNullOrWhiteSpace(request.Reference) || string.IsNullOrWhiteSpace(contact.Name)
            || !contact.Mail.Contains('@', StringComparison.Ordinal) || request.Persons is < 1 or > 99
            || request.Minutes is < 1 or > MostMinutes || (request.Office is { } office && office.Split('.')[0] != authority))
        {
            return Problems.Invalid(
                $"reference and name must not be empty, mail be an address, persons 1 to 99, minutes 1 to {MostMinutes}, "
                + "and office one of the authority.");
        }

        var (placed, refusal) = await invitations.InviteAsync(authority, new(request.Reference.Trim(),
            [new(request.Service, request.Persons)], request.Kind, request.Office?.Split('.')[1], request.NotBefore, request.NotAfter,
            request.Minutes, new(contact.Name.Trim(), contact.Mail.Trim(), contact.Phone, contact.Language),
            id => grant.IsGoodIn($"{authority}.{id}")));
        return placed is null ? Problems.Refused(refusal!)
            : grant.IsGoodIn($"{authority}.{placed.Slot.Office}") ? await ShowAsync(authority, placed, invitations, grant, log)
            : Problems.NotFound();
    }

    private static async Task<Results<Ok<InvitationPage>, ProblemHttpResult>> ListAsync(string authority, string? state,
        long? after, OfficeDirectory offices, PlacedInvitations invitations, Grant grant, IAccessBook log)
    {
        if (!IsOpen(authority, offices, grant))
        {
            return Problems.NotFound();
        }

        if (state is not null && !States.ContainsKey(state))
        {
            return Problems.Invalid($"state must be one of: {string.Join(", ", States.Keys.Order(StringComparer.Ordinal))}.");
        }

        var found = (await invitations.AllAsync(authority))
            .Where(known => known.Place > (after ?? 0) && (state is null || known.State == States[state])
                && grant.IsGoodIn($"{authority}.{known.Slot.Office}"))
            .OrderBy(known => known.Place).Take(MostShown + 1).ToList();
        var shown = new List<StaffInvitation>();
        foreach (var known in found.Take(MostShown))
        {
            shown.Add(await OfAsync(authority, known, invitations));
        }

        foreach (var office in found.Take(MostShown).Select(known => $"{authority}.{known.Slot.Office}").Distinct())
        {
            await log.NoteAsync(authority, new(grant.Principal.Who, office, AccessKind.AppointmentList, $"{office} invitations",
                AccessWay.Program));
        }

        return TypedResults.Ok(new InvitationPage(shown,
            found.Count > MostShown ? found[MostShown - 1].Place : null));
    }

    private static async Task<Results<Ok<StaffInvitation>, ProblemHttpResult>> LookAsync(string authority, Guid id,
        OfficeDirectory offices, PlacedInvitations invitations, Grant grant, IAccessBook log) =>
        !IsOpen(authority, offices, grant) ? Problems.NotFound()
        : await invitations.FindAsync(authority, new InvitationId(id)) is { } found
        && grant.IsGoodIn($"{authority}.{found.Slot.Office}") ? await ShowAsync(authority, found, invitations, grant, log)
        : Problems.Refused(Refusal.InvitationGone);

    /// <summary>The look at its reference is noted before the answer.</summary>
    private static async Task<Results<Ok<StaffInvitation>, ProblemHttpResult>> ShowAsync(string authority, Invitation found,
        PlacedInvitations invitations, Grant grant, IAccessBook log)
    {
        var shown = await OfAsync(authority, found, invitations);
        await log.NoteAsync(authority, new(grant.Principal.Who, $"{authority}.{found.Slot.Office}", AccessKind.Appointment,
            found.Id.ToString(), AccessWay.Program));
        return TypedResults.Ok(shown);
    }

    private static async Task<Results<Ok<InvitationView>, ProblemHttpResult>> OwnAsync(string authority, Guid id, string code,
        IInvitations invitations) => code.Length <= LongestCode && await invitations.ViewAsync(authority, new(id), code) is { } view
            ? TypedResults.Ok(view) : Problems.NotFound();

    private static async Task<Results<Ok<InvitationView>, ProblemHttpResult>> AnswerAsync(
        string code, AppointmentRequest request, Func<RequestId, Task<InvitationAnswer>> ask)
    {
        if (request.RequestId == Guid.Empty || code.Length > LongestCode)
        {
            return Problems.Invalid("requestId must be a new UUID for each press.");
        }

        var answer = await ask(new(request.RequestId));
        return answer.Refusal is { } refusal ? Problems.Refused(refusal)
            : answer.View is { } view ? TypedResults.Ok(view) : Problems.NotFound();
    }

    private static bool IsOpen(string authority, OfficeDirectory offices, Grant grant) =>
        offices.All.Any(office => office.Authority.Id == authority && grant.IsGoodIn(office.Key));

    private static async Task<StaffInvitation> OfAsync(string authority, Invitation found, PlacedInvitations invitations) => new(found.Id,
        found.Place, await invitations.ReferenceOfAsync(found), found.State, $"{authority}.{found.Slot.Office}", found.Slot.From,
        found.Slot.Minutes, found.NotBefore, found.NotAfter, found.Until, found.Slot.Slot.Week, found.Slot.Slot.Id);
}

/// <param name="Reference">The caller's own sign for it, such as the number of a file. The same one gives the same invitation.</param>
/// <param name="Office">"alsdorf.rathaus"; null: any in which the caller may work.</param>
/// <param name="NotBefore">Local day of the office.</param>
/// <param name="NotAfter">The last day that suits.</param>
/// <param name="Minutes">Null: the calendar says how long the service takes.</param>
internal sealed record InvitationRequest([property: MaxLength(100)] string Reference, ServiceId Service, DateOnly NotBefore,
    DateOnly NotAfter, InvitationContact Contact, string? Office = null, int? Minutes = null, int Persons = 1,
    AppointmentKind Kind = AppointmentKind.AtCounter);

/// <param name="Mail">Gets the mail with the link to answer.</param>
internal sealed record InvitationContact([property: MaxLength(200)] string Name, [property: MaxLength(200)] string Mail,
    [property: MaxLength(12)] string Language, [property: MaxLength(40)] string? Phone = null);

/// <summary>An invitation for the one who has placed it. It names nobody.</summary>
/// <param name="Reference">Null: it is destroyed, as the citizen's data are.</param>
/// <param name="Until">The citizen answers before.</param>
internal sealed record StaffInvitation(InvitationId Id, long Place, string? Reference, InvitationState State, string Office,
    DateTimeOffset From, int Minutes, DateOnly NotBefore, DateOnly NotAfter, DateTimeOffset Until, CalendarWeekKey Week,
    AppointmentId Appointment);

/// <param name="Next">Where the next page begins; null: there is no more.</param>
internal sealed record InvitationPage(IReadOnlyList<StaffInvitation> Invitations, long? Next);
