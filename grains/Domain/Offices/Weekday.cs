using System.Text.Json.Serialization;

namespace Aufruf.Domain.Offices;

/// <summary>A day of a week that begins on Monday (ISO 8601), as opening hours are written here.</summary>
[JsonConverter(typeof(KebabEnum<Weekday>))]
public enum Weekday
{
    [JsonStringEnumMemberName("mo")] Monday,
    [JsonStringEnumMemberName("tu")] Tuesday,
    [JsonStringEnumMemberName("we")] Wednesday,
    [JsonStringEnumMemberName("th")] Thursday,
    [JsonStringEnumMemberName("fr")] Friday,
    [JsonStringEnumMemberName("sa")] Saturday,
    [JsonStringEnumMemberName("su")] Sunday,
}

public static class Weekdays
{
    public static Weekday Weekday(this DateOnly day) => (Weekday)(((int)day.DayOfWeek + 6) % 7);

    public static DateOnly MondayOfItsWeek(this DateOnly day) => day.AddDays(-(int)day.Weekday());
}
