using System.Text.Json;

namespace Aufruf.Hub.Gateway;

/// <summary>Saves what can be saved of a message that was not understood.</summary>
internal static class EventReading
{
    /// <summary>The id of a malformed event, so that its device can stop repeating it; null when it cannot be read.</summary>
    public static Guid? IdOf(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            return json.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && id.TryGetGuid(out var guid)
                ? guid
                : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException) // Half of a surrogate pair is valid JSON but no text.
        {
            return null;
        }
    }
}
