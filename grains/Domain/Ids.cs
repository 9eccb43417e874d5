namespace Aufruf.Domain;

/// <summary>An id that people chose: short text, the same in configuration, journal and topics.</summary>
public interface ITextId<TSelf> where TSelf : struct, ITextId<TSelf>
{
    string Value { get; }
    static abstract TSelf Of(string value);
}

/// <summary>A place in the queue. The id is the request's that took it.</summary>
[JsonConverter(typeof(GuidIdJson<TicketId>))]
public readonly record struct TicketId(Guid Value) : IGuidId<TicketId>
{
    public static TicketId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

/// <summary>Made at the source of a command (button, kiosk, browser) and carried to the end, so a repeat is recognised.</summary>
[JsonConverter(typeof(GuidIdJson<RequestId>))]
public readonly record struct RequestId(Guid Value) : IGuidId<RequestId>
{
    public static RequestId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

/// <summary>One place where citizens are served.</summary>
[JsonConverter(typeof(TextIdJson<CounterId>))]
public readonly record struct CounterId(string Value) : ITextId<CounterId>
{
    public static CounterId Of(string value) => new(value);
    public override string ToString() => Value;
}

/// <summary>A service that a citizen can ask for.</summary>
[JsonConverter(typeof(TextIdJson<ServiceId>))]
public readonly record struct ServiceId(string Value) : ITextId<ServiceId>
{
    public static ServiceId Of(string value) => new(value);
    public override string ToString() => Value;
}

/// <summary>A clerk, under the name of the credential: no personal name.</summary>
[JsonConverter(typeof(TextIdJson<ClerkId>))]
public readonly record struct ClerkId(string Value) : ITextId<ClerkId>
{
    public static ClerkId Of(string value) => new(value);
    public override string ToString() => Value;
}

/// <summary>The secret in a ticket's own address: the holder of the slip may see how long it still takes.</summary>
[JsonConverter(typeof(TextIdJson<TicketCode>))]
public readonly record struct TicketCode(string Value) : ITextId<TicketCode>
{
    public static TicketCode Of(string value) => new(value);
    public override string ToString() => "ticket code"; // Never in a log.
}

public interface IGuidId<TSelf> where TSelf : struct, IGuidId<TSelf>
{
    Guid Value { get; }
    static abstract TSelf Of(Guid value);
}

internal sealed class TextIdJson<T> : JsonConverter<T> where T : struct, ITextId<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.Of(reader.GetString() ?? throw new JsonException("An id must not be null."));

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.Of(reader.GetString()!);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Value);
}

internal sealed class GuidIdJson<T> : JsonConverter<T> where T : struct, IGuidId<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => T.Of(reader.GetGuid());

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.Of(Guid.Parse(reader.GetString()!));

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Value.ToString());
}
