using System.Collections.Frozen;
using System.Reflection;

namespace Aufruf.Domain;

/// <summary>An expected no: a code for programs and one sentence for people in each language.</summary>
/// <remarks>Each is declared beside the ability it belongs to, as a static extension: <c>Refusal.NobodyWaiting</c>.</remarks>
/// <param name="Code">"nobody-waiting": the same in the journal, in the API and on MQTT.</param>
[JsonConverter(typeof(RefusalJson))]
public sealed record Refusal(string Code, string German, string English, RefusalKind Kind = RefusalKind.Conflict)
{
    /// <summary>Every refusal of this build, by its code: the public static properties of this type in all static classes.</summary>
    public static FrozenDictionary<string, Refusal> Known { get; } = (
        from ability in typeof(Refusal).Assembly.GetTypes()
        where ability is { IsAbstract: true, IsSealed: true }
        from getter in ability.GetMethods(BindingFlags.Public | BindingFlags.Static)
        where getter.ReturnType == typeof(Refusal) && getter.GetParameters().Length == 0
        select (Refusal)getter.Invoke(null, null)!).ToFrozenDictionary(refusal => refusal.Code);

    public Texts Texts => new() { ["de"] = German, ["en"] = English };

    public override string ToString() => Code;
}

/// <summary>The kind of a refusal; the hub maps it to an HTTP status.</summary>
public enum RefusalKind
{
    /// <summary>The state of the office does not allow it now.</summary>
    Conflict,
    /// <summary>The command names something that does not exist.</summary>
    NotFound,
    /// <summary>The command is older than what it is about; it is recorded and not executed.</summary>
    Outdated,
}

internal sealed class RefusalJson : JsonConverter<Refusal>
{
    /// <summary>Another build may know refusals that this one does not: those have a general text.</summary>
    public override Refusal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var code = reader.GetString() ?? throw new JsonException("A refusal must not be null.");
        return Refusal.Known.GetValueOrDefault(code)
            ?? new(code, "Das ist gerade nicht möglich.", "This is not possible at the moment.");
    }

    public override void Write(Utf8JsonWriter writer, Refusal value, JsonSerializerOptions options) => writer.WriteStringValue(value.Code);
}
