using System.Diagnostics.CodeAnalysis;

namespace Aufruf.Domain.Queues;

/// <summary>One waiting area on one day: "alsdorf.rathaus.erdgeschoss.2026-11-23". The authority comes first in every key.</summary>
[JsonConverter(typeof(QueueKeyJson))]
public readonly record struct QueueKey(string Authority, string Office, string Area, DateOnly Day)
{
    /// <summary>"alsdorf.rathaus".</summary>
    public string OfficeKey => $"{Authority}.{Office}";

    /// <summary>"alsdorf.rathaus.erdgeschoss": the same on every day.</summary>
    public string AreaKey => $"{Authority}.{Office}.{Area}";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{AreaKey}.{Day:yyyy-MM-dd}");

    /// <summary>The name of its stream in the journal: "queue/alsdorf.rathaus.erdgeschoss.2026-11-23".</summary>
    public string Stream => $"{StreamKind}/{this}";

    public const string StreamKind = "queue";

    public static bool TryParseStream(string stream, [NotNullWhen(true)] out QueueKey? key)
    {
        key = null;
        return stream.StartsWith(StreamKind + "/", StringComparison.Ordinal) && TryParse(stream[(StreamKind.Length + 1)..], out key);
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out QueueKey? key)
    {
        key = text.Split('.') is [{ Length: > 0 } authority, { Length: > 0 } office, { Length: > 0 } area, var day]
            && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? new QueueKey(authority, office, area, date)
            : null;
        return key is not null;
    }

    public static QueueKey Parse(string text) =>
        TryParse(text, out var key) ? key.Value
            : throw new FormatException($"'{text}' is not a queue: expected authority.office.area.yyyy-MM-dd.");
}

internal sealed class QueueKeyJson : JsonConverter<QueueKey>
{
    public override QueueKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        QueueKey.TryParse(reader.GetString() ?? "", out var key) ? key.Value : throw new JsonException("Not a queue key.");

    public override void Write(Utf8JsonWriter writer, QueueKey value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
