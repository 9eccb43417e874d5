using Aufruf.Contracts;
using Orleans.Concurrency;

namespace Aufruf.Hub.Push;

/// <summary>Answers the portal inside this hub: each office's hours, and the waits that its kiosk shows.</summary>
internal sealed class OfficePages(ScreenTools tools) : IOfficePages
{
    private const int DaysShown = 8;

    private static readonly TimeSpan Horizon = TimeSpan.FromDays(31);

    public Task<IReadOnlyList<OfficeNow>> NowAsync(string authority) => Task.FromResult<IReadOnlyList<OfficeNow>>(
    [
        .. tools.Offices.All.Where(office => office.Authority.Id == authority).OrderBy(office => office.Key, StringComparer.Ordinal)
            .Select(office => NowOf(office, tools.Clock.GetUtcNow())),
    ]);

    private OfficeNow NowOf(Office office, DateTimeOffset now)
    {
        var (today, isOpen) = (office.Day(now), office.IsOpenAt(now));
        return new(now, office.Key, office.Name, office.Address, office.TimeZone,
            office.Hours is { } hours ? [.. Enumerable.Range(0, DaysShown).Select(n => DayOf(hours, today.AddDays(n)))] : null,
            isOpen, isOpen ? null : office.NextOpening(now, Horizon),
            [.. office.Areas.SelectMany(area => area.Services, (area, service) => NowOf(office, area, service, now))]);
    }

    private static OfficeDay DayOf(OpeningHours hours, DateOnly day) =>
        new(day, hours.On(day), hours.ExceptionOn(day) is { } differs ? differs.Reason : hours.Holidays.NameOf(day));

    private ServiceNow NowOf(Office office, WaitingArea area, Service service, DateTimeOffset now)
    {
        var key = $"{office.Key}.{area.Id}";
        var queue = tools.Areas.Of(key).Now?.Queue;
        return new(service.Id, service.Name, queue?.Waiting.CountOf(service.Id) ?? 0, tools.Forecasts.Of(key)?.PromiseForNew(service.Id),
            queue is not null && queue.WhyNoTicket(service, by: null, new(office, area), now) is null,
            area.HomeTickets is { } rules && queue is not null ? HomeOf(office, area, rules, queue, service, now) : null);
    }

    private static HomeOffer HomeOf(Office office, WaitingArea area, HomeTickets rules, Queue queue, Service service, DateTimeOffset now)
    {
        var refusal = queue.WhyNotFromHome(service, new(office, area), now);
        return new(rules.MinutesBefore, rules.GraceMinutes, office.HasKiosk(area), rules.CheckInByPhone, refusal,
            AgainAt(office, queue, refusal, now));
    }

    /// <summary>When a citizen at home may try again; null: not known, or not today.</summary>
    internal static DateTimeOffset? AgainAt(Office office, Queue queue, Refusal? refusal, DateTimeOffset now) =>
        refusal == Refusal.HomeTicketsOut ? queue.NextHomeTicketAt()
        : refusal == Refusal.OfficeClosed || refusal == Refusal.TicketsEnded ? office.NextOpening(now, Horizon)
        : null;
}

/// <summary>Answers a portal outside of this hub as one inside of it. Each hub has its own.</summary>
[StatelessWorker, KeepAlive]
internal sealed class OfficePagesGrain(IOfficePages offices) : Grain, IOfficePagesGrain
{
    public Task<IReadOnlyList<OfficeNow>> NowAsync(string authority) => offices.NowAsync(authority);
}
