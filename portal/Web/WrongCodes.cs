using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Portal.Web;

/// <summary>Counts wrong codes by caller, by kiosk and by code. After too many there is a pause, whatever comes next.</summary>
/// <remarks>A code has 60 random bits: the pause is not what keeps it secret, but what makes guessing visible and slow.</remarks>
public sealed class WrongCodes(TimeProvider clock)
{
    /// <summary>Within <see cref="Window"/>. A whole hall may have one address.</summary>
    public const int Most = 20;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    // Beyond it the oldest counts are forgotten: memory counts more than a guess at 60 bits.
    private const int MostKeys = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Tries> _tries = [];

    private readonly record struct Tries(int Count, DateTimeOffset Since, DateTimeOffset? PausedUntil);

    /// <summary>The answer to this request is that there is a pause.</summary>
    public sealed record Paused;

    public static string CallerOf(HttpContext http) => $"caller {Portal.Caller.Of(http)}";

    public static string CodeOf(string code) => $"code {code}";

    /// <summary>How long still; null: there is no pause.</summary>
    public TimeSpan? PauseOf(params ReadOnlySpan<string> keys)
    {
        lock (_gate)
        {
            var (now, until) = (clock.GetUtcNow(), DateTimeOffset.MinValue);
            foreach (var key in keys)
            {
                until = _tries.TryGetValue(key, out var tries) && tries.PausedUntil > until ? tries.PausedUntil.Value : until;
            }

            return until > now ? until - now : null;
        }
    }

    /// <summary>A code was wrong.</summary>
    public void Count(params ReadOnlySpan<string> keys)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            foreach (var key in keys)
            {
                var tries = _tries.TryGetValue(key, out var known) && !IsOver(known, now) ? known : new(0, now, null);
                MakeRoom(now);
                _tries[key] = tries.Count + 1 < Most ? tries with { Count = tries.Count + 1 }
                    : tries with { Count = Most, PausedUntil = tries.PausedUntil ?? now + Pause };
            }
        }
    }

    /// <summary>Answers 429 with the time to wait. True: there is a pause.</summary>
    public static bool Refuses(HttpContext http, params ReadOnlySpan<string> keys)
    {
        if (http.RequestServices.GetRequiredService<WrongCodes>().PauseOf(keys) is not { } pause)
        {
            return false;
        }

        http.Features.Set(new Paused());
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        http.Response.Headers.RetryAfter = Math.Ceiling(pause.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return true;
    }

    private static bool IsOver(Tries tries, DateTimeOffset now) =>
        tries.PausedUntil is { } until ? until <= now : tries.Since + Window <= now;

    private void MakeRoom(DateTimeOffset now)
    {
        if (_tries.Count < MostKeys)
        {
            return;
        }

        foreach (var old in _tries.Where(known => IsOver(known.Value, now)).Select(known => known.Key)
            .Concat(_tries.OrderBy(known => known.Value.Since).Take(MostKeys / 10).Select(known => known.Key)).ToArray())
        {
            _tries.Remove(old);
        }
    }
}
