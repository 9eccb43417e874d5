using System.Text.Json.Serialization;

namespace Aufruf.Domain.Offices;

/// <summary>Which of a month's Saturdays: "the first", "the last". Counted by weekday, as people do, not by calendar weeks.</summary>
[JsonConverter(typeof(KebabEnum<WeekOfMonth>))]
public enum WeekOfMonth { First, Second, Third, Fourth, Fifth, Last }

public static class WeeksOfMonth
{
    public static bool Holds(this WeekOfMonth week, DateOnly day) => week is WeekOfMonth.Last
        ? day.Day > DateTime.DaysInMonth(day.Year, day.Month) - 7
        : (day.Day - 1) / 7 == (int)week;
}
