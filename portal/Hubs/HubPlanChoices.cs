using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;

namespace Aufruf.Portal.Hubs;

/// <summary>Asks a hub about the times that a plan offers. A repeated request has the same id, so it changes nothing more.</summary>
internal sealed class HubPlanChoices(HubLink hubs) : IPlanChoices
{
    public Task<OfferedTimes?> ViewAsync(CalendarWeekKey week, string code, PlanId plan, int line) =>
        AskAsync(week.Authority, pages => pages.ViewAsync(week, code, plan, line));

    public Task<ChoiceAnswer> ChooseAsync(
        CalendarWeekKey week, string code, PlanId plan, int line, int attempt, int? choice, RequestId request) =>
        AskAsync(week.Authority, pages => pages.ChooseAsync(week, code, plan, line, attempt, choice, request));

    private Task<T> AskAsync<T>(string authority, Func<IPlanChoicesGrain, Task<T>> ask) => hubs.AskAsync(authority, ask);
}
