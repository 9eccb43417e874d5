using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Aufruf.Hub.Identity.Providers;

/// <summary>The words of a provider about a person: the claims of its token, and those of its page about the person.</summary>
/// <param name="Token">The claims of the checked token.</param>
internal sealed record ProviderAnswer(JsonElement Token)
{
    private const int MostValues = 2_000;
    private const int LongestValue = 200;

    /// <summary>Null: the provider has no such page.</summary>
    public JsonElement? About { get; init; }

    /// <param name="token">Its signature was checked.</param>
    public static JsonElement Read(JsonWebToken token)
    {
        using var document = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload));
        return document.RootElement.Clone();
    }

    /// <summary>A text; null: neither source has it.</summary>
    /// <param name="path">"name", or with dots "realm_access.roles".</param>
    public string? Text(string path) => Sources(path).Where(found => found.ValueKind == JsonValueKind.String)
        .Select(found => found.GetString()).FirstOrDefault();

    /// <summary>The texts of a list, or the one text. All others are left out.</summary>
    public IReadOnlyList<string> Texts(string path) =>
    [
        .. Sources(path).SelectMany(found => found.ValueKind == JsonValueKind.Array ? found.EnumerateArray().ToArray() : [found])
            .Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString() ?? "")
            .Where(value => value.Length is > 0 and <= LongestValue).Distinct().Take(MostValues),
    ];

    /// <summary>Seconds since 1970, as JSON Web Tokens have them; null: there is none.</summary>
    public DateTimeOffset? Moment(string name) => MomentOf(Token, name);

    public static DateTimeOffset? MomentOf(JsonElement token, string name) =>
        token.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Number && found.TryGetDouble(out var seconds)
            && Math.Abs(seconds) < 1e11 ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null;

    private IEnumerable<JsonElement> Sources(string path) =>
        new[] { Token, About }.OfType<JsonElement>().Select(source => At(source, path)).OfType<JsonElement>();

    // A name with dots, such as "https://town.example/groups", is tried as it is before it is taken as a path.
    private static JsonElement? At(JsonElement source, string path)
    {
        if (source.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (source.TryGetProperty(path, out var whole))
        {
            return whole;
        }

        return path.Split('.', 2) is [var first, var rest] && source.TryGetProperty(first, out var inner) ? At(inner, rest) : null;
    }
}
