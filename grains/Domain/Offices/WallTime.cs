using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aufruf.Domain.Offices;

/// <summary>A time as a door states it, from 00:00 to 24:00: a computer's time of day cannot say "until 24:00".</summary>
/// <param name="Minutes">Since 00:00 on the wall; on days of clock changes that is not the time that went by.</param>
[JsonConverter(typeof(WallTimeJson))]
public readonly record struct WallTime(int Minutes) : IComparable<WallTime>
{
    public static readonly WallTime DayBegins = new(0), DayEnds = new(24 * 60);

    public static WallTime At(int hour, int minute = 0) => new((hour * 60) + minute);

    /// <summary>"08:30" or "24:00"; null for anything else.</summary>
    public static WallTime? Parse(string? text) =>
        text == "24:00" ? DayEnds
        : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? At(time.Hour, time.Minute)
        : null;

    public int CompareTo(WallTime other) => Minutes.CompareTo(other.Minutes);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Minutes / 60:00}:{Minutes % 60:00}");
}

internal sealed class WallTimeJson : JsonConverter<WallTime>
{
    public override WallTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        WallTime.Parse(reader.GetString()) ?? throw new JsonException("A time is written as 08:30, from 00:00 to 24:00.");

    public override void Write(Utf8JsonWriter writer, WallTime value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
