using Aufruf.Domain.Cases;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Cases;

/// <summary>The day on which documents left the house, with all that the law of a case counts from it.</summary>
internal sealed class CasePosting(OfficeDirectory offices)
{
    /// <summary>The state whose holidays count.</summary>
    public HolidaysOf HolidaysIn(string authority) => offices.All.Where(office => office.Authority.Id == authority)
        .Select(office => office.Hours?.Holidays).OfType<HolidaysOf>().FirstOrDefault(HolidaysOf.Nw);

    /// <summary>The day on the authority's clock.</summary>
    public DateOnly TodayIn(string authority, TimeProvider clock) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(),
        TimeZoneInfo.FindSystemTimeZoneById(offices.All.FirstOrDefault(office => office.Authority.Id == authority)?.TimeZone ?? "UTC"))
        .DateTime);

    /// <returns>Null: the law knows no such day.</returns>
    public CaseCommand.Post? CommandOf(string authority, CasePlan plan, DateOnly day, CaseActor by, string timeZone) =>
        CommandOf(plan, day, by, HolidaysIn(authority), timeZone);

    public static CaseCommand.Post? CommandOf(CasePlan plan, DateOnly day, CaseActor by, HolidaysOf state, string timeZone)
    {
        if (Announcing.AnnouncedOn(plan.Law, day, state) is not { } announced)
        {
            return null;
        }

        DateTimeOffset? remedy = plan.RemedyMonths is { } months
            ? Midnight(Announcing.RemedyUntil(announced, months, state).AddDays(1), timeZone) : null;
        return new CaseCommand.Post(day, Midnight(announced, timeZone), remedy, by);
    }

    private static DateTimeOffset Midnight(DateOnly day, string timeZone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, TimeZoneInfo.FindSystemTimeZoneById(timeZone).GetUtcOffset(local)).ToUniversalTime();
    }
}
