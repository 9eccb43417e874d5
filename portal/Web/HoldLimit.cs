using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Aufruf.Portal.Web;

public enum HoldAnswer { Allowed, NeedsPuzzle, TooMany }

/// <summary>How many slots one caller may take in the time that a slot is held. Otherwise one program could hold all of them.</summary>
/// <remarks>A solved puzzle opens a wider limit: a whole hall, or all phones of one network, may have one address.</remarks>
public sealed class HoldLimit(Puzzles puzzles) : IDisposable
{
    /// <summary>Of a program without a puzzle.</summary>
    public const int Free = 3;

    // Forms without a script. Their mail is the proof that somebody is there.
    private const int MostForms = 40;

    private const int MostSolved = 200;

    private readonly PartitionedRateLimiter<HttpContext> _programs = Limit(Free), _forms = Limit(MostForms), _solved = Limit(MostSolved);

    /// <summary>For a page of ours. False: this caller has taken too many slots. Call it once for each attempt.</summary>
    public bool Allows(HttpContext http, string? solution = null) =>
        (puzzles.Take(solution) && IsWithin(_solved, http)) || IsWithin(_forms, http);

    /// <summary>For a program, which solves a puzzle after the first slots.</summary>
    public HoldAnswer Ask(HttpContext http, string? solution) =>
        puzzles.Take(solution) ? IsWithin(_solved, http) ? HoldAnswer.Allowed : HoldAnswer.TooMany
        : IsWithin(_programs, http) ? HoldAnswer.Allowed : HoldAnswer.NeedsPuzzle;

    public void Dispose()
    {
        _programs.Dispose();
        _forms.Dispose();
        _solved.Dispose();
    }

    internal static PartitionedRateLimiter<HttpContext> Limit(int most) => PartitionedRateLimiter.Create<HttpContext, IPAddress>(http =>
        RateLimitPartition.GetSlidingWindowLimiter(Caller.Of(http), _ => new SlidingWindowRateLimiterOptions
        { PermitLimit = most, Window = TimeSpan.FromMinutes(20), SegmentsPerWindow = 10 }));

    internal static bool IsWithin(PartitionedRateLimiter<HttpContext> limit, HttpContext http)
    {
        using var lease = limit.AttemptAcquire(http);
        return lease.IsAcquired;
    }
}
