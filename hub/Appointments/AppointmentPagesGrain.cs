using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Orleans.Concurrency;

namespace Aufruf.Hub.Appointments;

/// <summary>Answers a portal outside of this hub as one inside of it. Each hub has its own.</summary>
[StatelessWorker, KeepAlive]
internal sealed class AppointmentPagesGrain(IAppointments appointments) : Grain, IAppointmentPagesGrain
{
    public Task<IReadOnlyList<Offer>> OffersAsync(string authority) => appointments.OffersAsync(authority);

    public Task<FoundSlots> FindAsync(SlotQuestion question) => appointments.FindAsync(question);

    public Task<AppointmentAnswer> HoldAsync(SlotChoice choice, RequestId request) => appointments.HoldAsync(choice, request);

    public Task<AppointmentView?> ViewAsync(CalendarWeekKey week, string code) => appointments.ViewAsync(week, code);

    public Task<AppointmentAnswer> ExtendAsync(CalendarWeekKey week, string code, RequestId request) =>
        appointments.ExtendAsync(week, code, request);

    public Task<AppointmentAnswer> GiveUpAsync(CalendarWeekKey week, string code, RequestId request) =>
        appointments.GiveUpAsync(week, code, request);

    public Task<AppointmentAnswer> PreconfirmAsync(CalendarWeekKey week, string code, CitizenData citizen, RequestId request) =>
        appointments.PreconfirmAsync(week, code, citizen, request);

    public Task<AppointmentAnswer> ConfirmAsync(CalendarWeekKey week, string code, string secret, RequestId request) =>
        appointments.ConfirmAsync(week, code, secret, request);

    public Task<AppointmentAnswer> AskNewMailAsync(CalendarWeekKey week, string code, string mail, RequestId request) =>
        appointments.AskNewMailAsync(week, code, mail, request);

    public Task<Refusal?> ChangeMailAsync(CalendarWeekKey week, AppointmentId id, string secret, RequestId request) =>
        appointments.ChangeMailAsync(week, id, secret, request);

    public Task<AppointmentAnswer> CancelAsync(CalendarWeekKey week, string code, RequestId request) =>
        appointments.CancelAsync(week, code, request);

    public Task<AppointmentAnswer> CheckInAsync(CalendarWeekKey week, string code, RequestId request) =>
        appointments.CheckInAsync(week, code, request);

    public Task<AppointmentAnswer> RebookAsync(CalendarWeekKey week, string code, SlotChoice choice, RequestId request) =>
        appointments.RebookAsync(week, code, choice, request);
}
