using System.ComponentModel.DataAnnotations;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Identity;
using Aufruf.Domain.Outbox;
using Aufruf.Hub.Appointments;
using Aufruf.Hub.Audit;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Hub.Api;

/// <summary>A clerk's appointments: the day's list, check-in, and booking for the person in front or on the phone.</summary>
internal static class AppointmentEndpoints
{
    public static void MapAppointments(this IEndpointRouteBuilder clerks)
    {
        clerks.MapGet("/offices/{office}/appointments", ListAsync).Needs(Permission.SeeAppointments)
            .WithSummary("The appointments of a day, with the names that citizens gave");
        clerks.MapGet("/offices/{office}/offers", Offers).Needs(Permission.SeeAppointments)
            .WithSummary("What can be booked in an office");
        clerks.MapGet("/offices/{office}/slots", FindSlots).Needs(Permission.SeeAppointments)
            .WithSummary("Free slots for staff, who book the whole capacity")
            .WithDescription("service is repeated for several services: \"ausweis\", or \"ausweis:2\" for two persons.");
        clerks.MapPost("/offices/{office}/appointments", BookAsync).Needs(Permission.Appointments)
            .WithSummary("Books an appointment for a citizen").ProducesProblem(StatusCodes.Status409Conflict);
        clerks.MapPost("/offices/{office}/appointments/{week}/{id}/{action}", ActAsync).Needs(Permission.Appointments)
            .WithSummary("A clerk's action on one appointment").ProducesProblem(StatusCodes.Status409Conflict)
            .OfActions(["check-in", "undo-check-in", "cancel"]);
    }

    private static async Task<Results<Ok<StaffAppointment[]>, ProblemHttpResult>> ListAsync(string office, DateOnly? day,
        Guid? look, OfficeDirectory offices, StaffAppointments appointments, TimeProvider clock, Grant grant, Looks looks)
    {
        if (offices.Find(office) is not { } found || !grant.IsGoodIn(found.Key))
        {
            return Problems.NotFound();
        }

        var shown = day ?? found.Day(clock.GetUtcNow());
        var list = await appointments.OfDayAsync(found, shown);
        await looks.NoteAsync(found.Authority.Id,
            new(grant.Principal.Who, found.Key, AccessKind.AppointmentList, $"{found.Key}.{shown:yyyy-MM-dd}", AccessWay.Program),
            look, "", [.. list.Select(appointment => appointment.Id.Value)]);
        return TypedResults.Ok(list);
    }

    private static Results<Ok<Offer[]>, ProblemHttpResult> Offers(string office, OfficeDirectory offices, SlotSearch search, Grant grant) =>
        offices.Find(office) is { } found && grant.IsGoodIn(found.Key)
            ? TypedResults.Ok(search.CalendarsAt(found).Select(offered => offered.Offer).ToArray()) : Problems.NotFound();

    private static Results<Ok<FoundSlots>, ProblemHttpResult> FindSlots(string office,
        [FromQuery] string[] service, DateOnly? from, string? kind,
        OfficeDirectory offices, SlotSearch search, Grant grant) =>
        offices.Find(office) is not { } found || !grant.IsGoodIn(found.Key) ? Problems.NotFound()
        : BookingEndpoints.ServicesOf(service) is not { } services ? Problems.Invalid(BookingEndpoints.ServicesAre)
        : BookingEndpoints.KindOf(kind) is not { } way ? Problems.Invalid(BookingEndpoints.KindsAre)
        : TypedResults.Ok(search.Find(new(found.Authority.Id, services, found.Key, from, Kind: way), Channel.Staff));

    private static async Task<Results<Ok<StaffAppointment>, ProblemHttpResult>> BookAsync(string office, StaffBookingRequest request,
        OfficeDirectory offices, StaffAppointments appointments, Grant grant)
    {
        if (offices.Find(office) is not { } found || !grant.IsGoodIn(found.Key))
        {
            return Problems.NotFound();
        }

        if (request.RequestId == Guid.Empty || request.Services.Count is 0 or > BookingEndpoints.MostServices
            || string.IsNullOrWhiteSpace(request.Name))
        {
            return Problems.Invalid("requestId must be a new UUID for each press, services name one to ten, and the name not be empty.");
        }

        var (booked, refusal) = await appointments.BookAsync(found, request);
        return booked is null ? Problems.Refused(refusal!) : TypedResults.Ok(booked);
    }

    private static async Task<Results<Ok<StaffAppointment>, ProblemHttpResult>> ActAsync(string office, string week, Guid id, string action,
        StaffActionRequest request, OfficeDirectory offices, StaffAppointments appointments, Grant grant, IAccessBook log)
    {
        if (offices.Find(office) is not { } found || !grant.IsGoodIn(found.Key)
            || !CalendarWeekKey.TryParse(week, out var key) || key.Value.Authority != found.Authority.Id)
        {
            return Problems.NotFound();
        }

        if (request.RequestId == Guid.Empty)
        {
            return Problems.Invalid("requestId must be a new UUID for each press.");
        }

        var (changed, refusal) = await appointments.ActAsync(found, key.Value, new(id), action, grant.Clerk, new(request.RequestId));
        if (refusal is not null || changed is null)
        {
            return Problems.Refused(refusal ?? Refusal.AppointmentGone);
        }

        await log.NoteAsync(found.Authority.Id,
            new(grant.Principal.Who, found.Key, AccessKind.Appointment, id.ToString(), AccessWay.Program));
        return TypedResults.Ok(changed);
    }
}

/// <param name="RequestId">A new UUID per press, the same for every repeat.</param>
internal sealed record StaffActionRequest(Guid RequestId);

/// <param name="RequestId">A new UUID per press, the same for every repeat.</param>
/// <param name="Calendar">"alsdorf.rathaus.buergerservice"</param>
/// <param name="Mail">Null: the citizen gets a slip, or writes the time down.</param>
internal sealed record StaffBookingRequest(Guid RequestId, string Calendar, IReadOnlyList<Wanted> Services, DateTimeOffset From,
    AppointmentKind Kind, string Language, [property: MaxLength(200)] string Name, [property: MaxLength(200)] string? Mail = null,
    [property: MaxLength(40)] string? Phone = null, [property: MaxLength(500)] string? Remark = null);

/// <summary>An appointment as clerks see it.</summary>
/// <param name="Name">Null: none was given yet, or it is deleted.</param>
/// <param name="Number">Of the ticket, as far as today's queues have it.</param>
/// <param name="Video">The address of the video room; null: it takes place without one.</param>
/// <param name="NoWay">Why the citizen cannot be reached by mail; null: as far as known they can.</param>
/// <param name="Warning">Something that the clerk should know, such as further appointments of this contact.</param>
internal sealed record StaffAppointment(CalendarWeekKey Week, AppointmentId Id, DateTimeOffset From, int Minutes,
    IReadOnlyList<WantedService> Services, AppointmentKind Kind, AppointmentState State, string? Name, string? Remark, string Code,
    TicketId? Ticket, TicketNumber? Number, Texts? Warning = null, string? Video = null, NoWay? NoWay = null);
