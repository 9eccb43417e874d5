using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;

namespace Aufruf.Portal.Hubs;

/// <summary>Asks a hub for appointments. A repeated request has the same id, so it changes nothing more.</summary>
internal sealed class HubAppointments(HubLink hubs) : IAppointments
{
    public Task<IReadOnlyList<Offer>> OffersAsync(string authority) => AskAsync(authority, pages => pages.OffersAsync(authority));

    public Task<FoundSlots> FindAsync(SlotQuestion question) => AskAsync(question.Authority, pages => pages.FindAsync(question));

    public Task<AppointmentAnswer> HoldAsync(SlotChoice choice, RequestId request) =>
        AskAsync(choice.Office.Split('.')[0], pages => pages.HoldAsync(choice, request));

    public Task<AppointmentView?> ViewAsync(CalendarWeekKey week, string code) =>
        AskAsync(week.Authority, pages => pages.ViewAsync(week, code));

    public Task<AppointmentAnswer> ExtendAsync(CalendarWeekKey week, string code, RequestId request) =>
        AskAsync(week.Authority, pages => pages.ExtendAsync(week, code, request));

    public Task<AppointmentAnswer> GiveUpAsync(CalendarWeekKey week, string code, RequestId request) =>
        AskAsync(week.Authority, pages => pages.GiveUpAsync(week, code, request));

    public Task<AppointmentAnswer> PreconfirmAsync(CalendarWeekKey week, string code, CitizenData citizen, RequestId request) =>
        AskAsync(week.Authority, pages => pages.PreconfirmAsync(week, code, citizen, request));

    public Task<AppointmentAnswer> ConfirmAsync(CalendarWeekKey week, string code, string secret, RequestId request) =>
        AskAsync(week.Authority, pages => pages.ConfirmAsync(week, code, secret, request));

    public Task<AppointmentAnswer> AskNewMailAsync(CalendarWeekKey week, string code, string mail, RequestId request) =>
        AskAsync(week.Authority, pages => pages.AskNewMailAsync(week, code, mail, request));

    public Task<Refusal?> ChangeMailAsync(CalendarWeekKey week, AppointmentId id, string secret, RequestId request) =>
        AskAsync(week.Authority, pages => pages.ChangeMailAsync(week, id, secret, request));

    public Task<AppointmentAnswer> CancelAsync(CalendarWeekKey week, string code, RequestId request) =>
        AskAsync(week.Authority, pages => pages.CancelAsync(week, code, request));

    public Task<AppointmentAnswer> CheckInAsync(CalendarWeekKey week, string code, RequestId request) =>
        AskAsync(week.Authority, pages => pages.CheckInAsync(week, code, request));

    public Task<AppointmentAnswer> RebookAsync(CalendarWeekKey week, string code, SlotChoice choice, RequestId request) =>
        AskAsync(week.Authority, pages => pages.RebookAsync(week, code, choice, request));

    private Task<T> AskAsync<T>(string authority, Func<IAppointmentPagesGrain, Task<T>> ask) => hubs.AskAsync(authority, ask);
}
