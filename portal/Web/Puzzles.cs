using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aufruf.Portal.Web;

/// <summary>A task for a caller's processor: the number whose hash with the salt is the challenge. ALTCHA, protocol 1.</summary>
/// <param name="MaxNumber">The number is at most this.</param>
/// <param name="Salt">Random, with the second of its end: "0f..?expires=1795000000&amp;".</param>
public sealed record Puzzle(string Algorithm, string Challenge, [property: JsonPropertyName("maxnumber")] int MaxNumber, string Salt,
    string Signature);

/// <summary>Proof of work without a third party. Each puzzle is good for one request, at the process that gave it.</summary>
/// <remarks>Key and memory of used puzzles end together. So neither a restart nor a second hub takes a solution again.</remarks>
public sealed class Puzzles
{
    public const string Algorithm = "SHA-256";

    /// <summary>About half a second of a phone. A program that holds thousands of slots pays it for each.</summary>
    public const int MostTries = 50_000;

    /// <summary>An hour of reading is longer than most sittings at the page; then the form counts as one without a script.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);

    // 100 characters of JSON more than its fields need.
    private const int LongestSolution = 800;

    // Each cost its caller half a second. Beyond it none is taken for some minutes, and forms count as without a script.
    private const int MostUsed = 100_000;

    private readonly TimeProvider _clock;
    private readonly byte[] _key;
    private readonly ConcurrentDictionary<string, long> _used = new();

    public Puzzles(TimeProvider clock) : this(clock, RandomNumberGenerator.GetHexString(64, lowercase: true))
    {
    }

    internal Puzzles(TimeProvider clock, string key) => (_clock, _key) = (clock, Encoding.UTF8.GetBytes(key));

    public Puzzle New()
    {
        var expires = (_clock.GetUtcNow() + Life).ToUnixTimeSeconds();
        // The delimiter at its end keeps digits of the number out of the time.
        var random = RandomNumberGenerator.GetHexString(24, lowercase: true);
        var salt = string.Create(CultureInfo.InvariantCulture, $"{random}?expires={expires}&");
        var challenge = ChallengeOf(salt, RandomNumberGenerator.GetInt32(MostTries + 1));
        return new(Algorithm, challenge, MostTries, salt, SignatureOf(challenge));
    }

    /// <summary>True once for each solution of a puzzle of this process, as base64 of its JSON with the number.</summary>
    public bool Take(string? solution)
    {
        if (Read(solution) is not { Algorithm: Algorithm } solved || ExpiryOf(solved.Salt) is not { } expires
            || ChallengeOf(solved.Salt, solved.Number) != solved.Challenge
            || !CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(SignatureOf(solved.Challenge)), Encoding.UTF8.GetBytes(solved.Signature)))
        {
            return false;
        }

        var now = _clock.GetUtcNow().ToUnixTimeSeconds();
        if (_used.Count >= MostUsed)
        {
            foreach (var (old, until) in _used)
            {
                if (until < now)
                {
                    _used.TryRemove(old, out _);
                }
            }
        }

        return expires >= now && _used.Count < MostUsed && _used.TryAdd(solved.Challenge, expires);
    }

    private sealed record Solution(string Algorithm, string Challenge, int Number, string Salt, string Signature);

    private static Solution? Read(string? text)
    {
        if (text is not { Length: > 0 and <= LongestSolution })
        {
            return null;
        }

        var bytes = new byte[text.Length];
        try
        {
            return Convert.TryFromBase64String(text, bytes, out var length)
                ? JsonSerializer.Deserialize<Solution>(bytes.AsSpan(0, length), Form) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // An absent or null field is no solution. A solver may add fields, such as the time it took.
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private static long? ExpiryOf(string salt)
    {
        const string name = "?expires=";
        var at = salt.IndexOf(name, StringComparison.Ordinal);
        return at > 0 && salt.EndsWith('&') && long.TryParse(salt.AsSpan(at + name.Length, salt.Length - at - name.Length - 1),
            NumberStyles.None, CultureInfo.InvariantCulture, out var expires) ? expires : null;
    }

    private static string ChallengeOf(string salt, int number) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{salt}{number}"))));

    private string SignatureOf(string challenge) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(challenge)));
}
