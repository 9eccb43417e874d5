using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Grains;
using Aufruf.Hub.Gateway;

namespace Aufruf.Hub.Appointments;

/// <summary>A booked citizen is here: the appointment gets a ticket in today's queue.</summary>
/// <remarks>The appointment's week decides, and the ticket follows from its entry: here at once, and after a crash by a process.</remarks>
internal sealed class CheckIns(Bookings bookings, CalendarWeeks weeks, IGrainFactory grains, IQueues queues, AppointmentSecrets secrets,
    TimeProvider clock)
{
    /// <summary>A checked-in citizen's place in the queue.</summary>
    public sealed record Arrival(Office Office, WaitingArea Area, QueueKey Queue, TicketId Ticket, long Version);

    /// <summary>Looks for a code among the appointments that this hub knows.</summary>
    public ((CalendarWeekKey Week, Appointment Appointment)? Found, Refusal? Refusal) Find(Office office, string code)
    {
        var hash = AppointmentSecrets.HashOf(code);
        var all = weeks.All.Where(w => w.Key.Authority == office.Authority.Id)
            .Select(w => (w.Key, Appointment: w.Week.ByCode(hash))).Where(w => w.Appointment is not null);
        var (key, found) = all.OrderByDescending(w => w.Appointment!.Sequence).FirstOrDefault();
        return found is null ? (null, Refusal.UnknownCode)
            : WhyNotHere(office, found) is { } refusal ? (null, refusal) : ((key, found), null);
    }

    public async Task<(Arrival? Arrival, Refusal? Refusal)> CheckInAsync(CalendarWeekKey week, Appointment found, RequestId request)
    {
        if (bookings.PlaceOf(week, found) is not { } place)
        {
            return (null, Refusal.AppointmentGone);
        }

        if (WhyNotHere(place.Office, found) is { } why)
        {
            return (null, why);
        }

        var (rules, closes) = (place.Calendar.Rules, place.Office.EndOf(place.Office.Day(found.From)));
        var late = found.From.AddMinutes(rules.LateMinutes);
        var answer = await grains.GetGrain<ICalendarWeekGrain>(week.Stream).Handle(request, new CalendarCommand.CheckIn(found.Id,
            new(request.Value), found.From.AddMinutes(-EarlyMinutesOf(place, found)), late,
            rules.WhenLate is WhenLate.WalkIn ? closes : late));
        if (answer.Refusal is { } refusal)
        {
            return (null, refusal);
        }

        var now = await grains.GetGrain<ICalendarWeekGrain>(week.Stream).Find(found.CodeHash);
        if (now is not { State: AppointmentState.CheckedIn, Ticket: { } ticket })
        {
            return (null, Refusal.AppointmentGone);
        }

        var (arrival, refused) = await JoinAsync(week, place, now, ticket);
        return arrival is not null && await IsOverAsync(arrival) ? (null, Refusal.CheckInTooLate) : (arrival, refused);
    }

    // From afar nobody travels, and a clerk who sees somebody wait should be able to begin.
    private const int EarlyMinutesFromAfar = 10;

    internal static int EarlyMinutesOf(Bookings.Place place, Appointment found) =>
        found.Kind is AppointmentKind.AtCounter ? place.Calendar.Rules.EarlyMinutes : EarlyMinutesFromAfar;

    /// <summary>The citizen checked in before, and was served, has missed the call, or gave the number back.</summary>
    private async Task<bool> IsOverAsync(Arrival arrival) =>
        (await queues.ViewAsync(arrival.Queue, arrival.Version)).Queue.Tickets[arrival.Ticket].State
            is TicketState.Served or TicketState.Missed or TicketState.Cancelled or TicketState.Expired;

    /// <summary>Gives the ticket that follows from a check-in. A repeat gives no second one. Without one nobody is checked in.</summary>
    public async Task<(Arrival? Arrival, Refusal? Refusal)> JoinAsync(
        CalendarWeekKey week, Bookings.Place place, Appointment found, TicketId ticket)
    {
        var (arrival, refusal) = await TicketOfAsync(place, found, ticket);
        if (refusal is not null)
        {
            await grains.GetGrain<ICalendarWeekGrain>(week.Stream).Handle(Bookings.RequestOf($"no ticket {ticket}"),
                new CalendarCommand.UndoCheckIn(found.Id));
        }

        return (arrival, refusal);
    }

    private async Task<(Arrival? Arrival, Refusal? Refusal)> TicketOfAsync(Bookings.Place place, Appointment found, TicketId ticket)
    {
        if (place.Office.Service(found.Services[0].Service) is not var (area, service))
        {
            return (null, Refusal.UnknownService);
        }

        var key = place.Office.QueueOf(area, found.From);
        ServiceId[] also = [.. found.Services.Skip(1).Select(s => s.Service).Where(s => area.Service(s) is not null)];
        // Mails speak more languages than an office's screens and printers.
        var language = place.Office.Languages.Contains(found.Language) ? found.Language : place.Office.Languages[0];
        QueueCommand join = found.IsLate
            ? new QueueCommand.TakeTicket(ticket, secrets.CodeOf(ticket), service.Id, language) { Also = also, By = CheckInDesk }
            : new QueueCommand.CheckIn(ticket, secrets.CodeOf(ticket), service.Id, language, found.From)
            {
                Letter = place.Calendar.Letter,
                Also = also,
            };
        var answer = await queues.HandleAsync(key, new(ticket.Value), join);
        return answer.Refusal is { } refusal ? (null, refusal) : (new(place.Office, area, key, ticket, answer.Version), null);
    }

    /// <summary>The citizen was checked in by mistake: the ticket goes, and the appointment waits again.</summary>
    public async Task<Refusal?> UndoAsync(CalendarWeekKey week, Appointment found, ClerkId clerk, RequestId request)
    {
        if (found is { Ticket: { } ticket } && bookings.PlaceOf(week, found) is { } place
            && place.Office.Service(found.Services[0].Service) is var (area, _)
            && (await queues.HandleAsync(place.Office.QueueOf(area, found.From), Bookings.RequestOf($"undo {ticket} {request}"),
                new QueueCommand.Cancel(ticket, clerk))).Refusal is { } refusal)
        {
            return refusal;
        }

        return (await grains.GetGrain<ICalendarWeekGrain>(week.Stream).Handle(request, new CalendarCommand.UndoCheckIn(found.Id))).Refusal;
    }

    // Caps and stops do not hold for somebody who has booked.
    private static readonly ClerkId CheckInDesk = new("check-in");

    private Refusal? WhyNotHere(Office office, Appointment found) =>
        found.Office != office.Id ? Refusal.AppointmentElsewhere
        : office.Day(found.From) != office.Day(clock.GetUtcNow()) ? Refusal.AppointmentOnOtherDay
        : null;
}
