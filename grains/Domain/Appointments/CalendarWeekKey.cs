using System.Diagnostics.CodeAnalysis;

namespace Aufruf.Domain.Appointments;

/// <summary>One calendar in one week, named by its Monday: "alsdorf.rathaus.buergerservice.2026-11-30".</summary>
[JsonConverter(typeof(CalendarWeekKeyJson))]
public readonly record struct CalendarWeekKey(string Authority, string Office, string Calendar, DateOnly Monday)
{
    public const string StreamKind = "calendar";

    public static CalendarWeekKey Of(Office office, string calendar, DateOnly day) =>
        new(office.Authority.Id, office.Id, calendar, day.MondayOfItsWeek());

    public string OfficeKey => $"{Authority}.{Office}";

    /// <summary>"alsdorf.rathaus.buergerservice": the same in every week.</summary>
    public string CalendarKey => $"{OfficeKey}.{Calendar}";

    /// <summary>The name of its stream in the journal.</summary>
    public string Stream => $"{StreamKind}/{this}";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{CalendarKey}.{Monday:yyyy-MM-dd}");

    public static bool TryParseStream(string stream, [NotNullWhen(true)] out CalendarWeekKey? key)
    {
        key = null;
        return stream.StartsWith(StreamKind + "/", StringComparison.Ordinal) && TryParse(stream[(StreamKind.Length + 1)..], out key);
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out CalendarWeekKey? key)
    {
        key = text.Split('.') is [{ Length: > 0 } authority, { Length: > 0 } office, { Length: > 0 } calendar, var day]
            && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && date.DayOfWeek is DayOfWeek.Monday
            ? new CalendarWeekKey(authority, office, calendar, date) : null;
        return key is not null;
    }
}

/// <summary>The place of an appointment: its week, and its id there.</summary>
public sealed record AppointmentRef(CalendarWeekKey Week, AppointmentId Id);

internal sealed class CalendarWeekKeyJson : JsonConverter<CalendarWeekKey>
{
    public override CalendarWeekKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        CalendarWeekKey.TryParse(reader.GetString() ?? "", out var key) ? key.Value : throw new JsonException("Not a week of a calendar.");

    public override void Write(Utf8JsonWriter writer, CalendarWeekKey value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
