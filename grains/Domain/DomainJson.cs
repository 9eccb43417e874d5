using System.Text.Json.Serialization.Metadata;
using Aufruf.Domain.Deadlines;
using Aufruf.Domain.Identity;
using Aufruf.Domain.Outbox;

namespace Aufruf.Domain;

/// <summary>The one JSON form of domain types: in the journal, between grains and on screens.</summary>
/// <remarks>The journal's events and the snapshots are source-generated. Reflection serves the rest.</remarks>
public static class DomainJson
{
    public static JsonSerializerOptions Options { get; } = Make();

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            NumberHandling = JsonNumberHandling.Strict,
            TypeInfoResolver = JsonTypeInfoResolver.Combine(DurableJson.Default, new DefaultJsonTypeInfoResolver()),
        };
        options.MakeReadOnly();
        return options;
    }
}

/// <summary>The types that stand on disk.</summary>
/// <remarks>
/// A generated reader gives a missing init-only property the default of its type, and not its initializer.
/// Here nothing is missing: an event has constructor parameters only, and the schema number holds the snapshot's form.
/// Commands, office files and requests may lack a part, so they are not listed.
/// </remarks>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(IReadOnlyList<QueueEvent>))]
[JsonSerializable(typeof(IReadOnlyList<CredentialsEvent>))]
[JsonSerializable(typeof(IReadOnlyList<OutboxEvent>))]
[JsonSerializable(typeof(IReadOnlyList<WheelEvent>))]
[JsonSerializable(typeof(QueueSnapshot))]
internal sealed partial class DurableJson : JsonSerializerContext;
