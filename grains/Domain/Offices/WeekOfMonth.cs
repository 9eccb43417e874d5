namespace Aufruf.Domain.Offices;

/// <summary>The nth or the last of a month's Saturdays. Counted by weekday, not by calendar weeks.</summary>
[JsonConverter(typeof(KebabEnum<WeekOfMonth>))]
public enum WeekOfMonth { First, Second, Third, Fourth, Fifth, Last }

public static class WeeksOfMonth
{
    public static bool Holds(this WeekOfMonth week, DateOnly day) => week is WeekOfMonth.Last
        ? day.Day > DateTime.DaysInMonth(day.Year, day.Month) - 7
        : (day.Day - 1) / 7 == (int)week;
}
