using Aufruf.Domain.Appointments;
using Aufruf.Domain.Forecasts;
using Aufruf.Hub.Forecasting;

namespace Aufruf.Hub.Appointments;

/// <summary>The appointments that an area still expects today, for its forecast.</summary>
internal sealed class ExpectedToday(CalendarWeeks weeks, SlotSearch search, TimeProvider clock) : IExpected
{
    public IReadOnlyList<ExpectedAppointment> In(Office office, WaitingArea area)
    {
        var (now, today) = (clock.GetUtcNow(), office.Day(clock.GetUtcNow()));
        return
        [
            .. from offered in search.CalendarsAt(office)
               from appointment in weeks.Of(offered.Owner, offered.Calendar, today.MondayOfItsWeek()).Appointments.Values
               where appointment.State is AppointmentState.Confirmed && appointment.Office == office.Id
                   && office.Day(appointment.From) == today && appointment.From.AddMinutes(offered.Calendar.Rules.LateMinutes) > now
                   && area.Service(appointment.Services[0].Service) is not null
               orderby appointment.From, appointment.Id.Value
               select new ExpectedAppointment(appointment.Id.Value, appointment.Services[0].Service, appointment.From),
        ];
    }
}
