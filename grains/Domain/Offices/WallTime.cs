namespace Aufruf.Domain.Offices;

/// <summary>A local time as it stands on a door, from 00:00 to 24:00; a TimeOnly has no 24:00.</summary>
/// <param name="Minutes">Since 00:00 of the wall clock; on days of clock changes not the elapsed time.</param>
[JsonConverter(typeof(WallTimeJson))]
public readonly record struct WallTime(int Minutes) : IComparable<WallTime>
{
    public static readonly WallTime DayBegins = new(0), DayEnds = new(24 * 60);

    public static WallTime At(int hour, int minute = 0) => new((hour * 60) + minute);

    /// <summary>"08:30" or "24:00"; null for anything else.</summary>
    public static WallTime? Parse(string? text) =>
        text == "24:00" ? DayEnds
        : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? At(time.Hour, time.Minute)
        : null;

    public int CompareTo(WallTime other) => Minutes.CompareTo(other.Minutes);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Minutes / 60:00}:{Minutes % 60:00}");
}

internal sealed class WallTimeJson : JsonConverter<WallTime>
{
    public override WallTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        WallTime.Parse(reader.GetString()) ?? throw new JsonException("A time is written as 08:30, from 00:00 to 24:00.");

    public override void Write(Utf8JsonWriter writer, WallTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
