using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Grains;
using Aufruf.Hub.Api;
using Aufruf.Hub.Push;

namespace Aufruf.Hub.Appointments;

/// <summary>Appointments for clerks: they see names, book the whole capacity, and are warned instead of refused.</summary>
internal sealed class StaffAppointments(Bookings bookings, AppointmentViews views, CalendarWeeks weeks, SlotSearch search,
    CheckIns checkIns, LiveAreas areas, IGrainFactory grains, AppointmentSecrets secrets, Reach reach, TimeProvider clock)
{
    /// <summary>Those that take place in the office on a day, in order of time; those that only hold a slot are left out.</summary>
    public async Task<StaffAppointment[]> OfDayAsync(Office office, DateOnly day)
    {
        var found = new List<StaffAppointment>();
        foreach (var (_, owner, calendar, _) in search.CalendarsAt(office))
        {
            var key = CalendarWeekKey.Of(owner, calendar.Id, day);
            foreach (var appointment in weeks.Of(owner, calendar, key.Monday).Appointments.Values.Where(a => a.IsOfDay(office, day)))
            {
                found.Add(await OfAsync(office, key, appointment));
            }
        }

        return [.. found.OrderBy(a => a.From).ThenBy(a => a.Code, StringComparer.Ordinal)];
    }

    public async Task<(StaffAppointment? Booked, Refusal? Refusal)> BookAsync(Office office, StaffBookingRequest request)
    {
        var choice = new SlotChoice(office.Key, request.Calendar, request.Services, request.From, request.Kind, request.Language);
        if (bookings.Wanted(choice, new(request.RequestId), Channel.Staff) is not var (place, wanted))
        {
            return (null, Refusal.NoSuchSlot);
        }

        var citizen = new CitizenData(request.Name, request.Mail, request.Phone, request.Remark);
        var contact = (request.Mail ?? request.Phone) is { Length: > 0 } known
            ? secrets.ContactOf(office.Authority.Id, known) : null;
        var booked = wanted with
        {
            CodeHash = AppointmentSecrets.HashOf(secrets.CodeOf(wanted.Id)),
            Contact = contact,
            Citizen = await bookings.SealAsync(place, wanted, citizen),
        };
        var (week, answer) = await bookings.HandleAsync(place, new(request.RequestId), new CalendarCommand.Book(booked), booked.From);
        if (answer.Refusal is { } refusal)
        {
            return (null, refusal);
        }

        var warning = contact is not null && await HasEnoughAsync(place, contact, booked.Id) ? Refusal.TooManyAppointments : null;
        return (await OfAsync(office, week, booked with { State = AppointmentState.Confirmed }) with { Warning = warning?.Texts }, null);
    }

    public async Task<(StaffAppointment? Changed, Refusal? Refusal)> ActAsync(Office office, CalendarWeekKey week, AppointmentId id,
        string action, ClerkId clerk, RequestId request)
    {
        var grain = grains.GetGrain<ICalendarWeekGrain>(week.Stream);
        if ((await grain.View()).Find(id) is not { } found || found.Office != office.Id
            || bookings.PlaceOf(week, found) is not { } place)
        {
            return (null, null);
        }

        var refusal = action switch
        {
            "check-in" => (await checkIns.CheckInAsync(week, found, request)).Refusal,
            "undo-check-in" => await checkIns.UndoAsync(week, found, clerk, request),
            "cancel" => (await grain.Handle(request, new CalendarCommand.Cancel(id, CancelledBy.Staff,
                Bookings.PublicAgainAt(place.Calendar, clock.GetUtcNow())))).Refusal,
            _ => Refusal.AppointmentGone,
        };
        return refusal is not null ? (null, refusal) : (await OfAsync(office, week, (await grain.View()).Find(id) ?? found), null);
    }

    private async Task<bool> HasEnoughAsync(Bookings.Place place, string contact, AppointmentId origin) =>
        (await grains.GetGrain<IContactLimitsGrain>(ContactLimits.StreamOf(place.Owner.Authority.Id, contact)).View())
            .Of(contact, clock.GetUtcNow()).Count(counted => counted.Origin != origin) >= place.Calendar.Rules.MostPerContact;

    private async Task<StaffAppointment> OfAsync(Office office, CalendarWeekKey week, Appointment appointment)
    {
        var citizen = await bookings.CitizenOfAsync(appointment);
        return new(week, appointment.Id, appointment.From, appointment.Minutes,
            [.. appointment.Services.Select(s =>
                new WantedService(s.Service, office.Service(s.Service)?.Service.Name ?? new Texts(), s.Persons))],
            appointment.Kind, appointment.State, citizen?.Name, citizen?.Remark, secrets.CodeOf(appointment.Origin), appointment.Ticket,
            NumberOf(office, appointment.Ticket), Video: bookings.PlaceOf(week, appointment) is { } place
                ? views.VideoOf(place, appointment) : null, NoWay: reach.Of(week, appointment.Id, citizen));
    }

    /// <summary>As far as today's queues have it.</summary>
    internal TicketNumber? NumberOf(Office office, TicketId? ticket) => ticket is not { } id ? null
        : office.Areas.Select(area => areas.Of($"{office.Key}.{area.Id}").Now?.Queue.Tickets.GetValueOrDefault(id)?.Number)
            .FirstOrDefault(number => number is not null);
}
