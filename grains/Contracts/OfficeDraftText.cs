using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aufruf.Contracts;

/// <summary>The text of an office's draft, which may be wrong yet.</summary>
public static class OfficeDraftText
{
    /// <summary>Null: it is no JSON object. Its sender mends it by the API, or discards it.</summary>
    public static JsonObject? Read(string text)
    {
        try
        {
            var read = JsonNode.Parse(text, null, new() { AllowDuplicateProperties = false, CommentHandling = JsonCommentHandling.Skip })
                as JsonObject;
            _ = read?.ToJsonString(); // Half a character, such as "\ud800", is found here alone.
            return read;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
