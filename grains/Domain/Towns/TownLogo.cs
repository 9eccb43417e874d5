using System.Security.Cryptography;
using System.Text;

namespace Aufruf.Domain.Towns;

/// <summary>The sign of a town on screens and pages.</summary>
/// <param name="Picture">A PNG file as base64, as this office wrote it: never the file that somebody sent.</param>
/// <param name="Alt">What it shows, for those who do not see it; German at least.</param>
public sealed record TownLogo(string Picture, Texts Alt)
{
    public const int LongestPicture = 100_000, LongestAlt = 200, MostLanguages = 10;

    /// <summary>Another picture has another name, so a browser keeps each for ever.</summary>
    [JsonIgnore]
    public string Name => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Picture)).AsSpan(0, 8));

    [JsonIgnore]
    public bool IsTooLong => Picture.Length > LongestPicture || Alt.Count > MostLanguages
        || Alt.Any(text => text.Key.Length > LongestAlt || text.Value is not { Length: <= LongestAlt });

    public static bool AreSame(TownLogo? one, TownLogo? other) => one is null || other is null ? one is null && other is null
        : one.Picture == other.Picture && one.Alt.Count == other.Alt.Count
            && one.Alt.All(text => other.Alt.GetValueOrDefault(text.Key) == text.Value);
}
