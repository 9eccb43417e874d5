using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Aufruf.Portal.Web;

/// <summary>How many slots one caller may take in the time that a slot is held. Otherwise one program could hold all of them.</summary>
public sealed class HoldLimit : IDisposable
{
    // A whole hall, or all phones of one network, may have one address.
    private const int Most = 40;

    private readonly PartitionedRateLimiter<HttpContext> _callers = PartitionedRateLimiter.Create<HttpContext, IPAddress>(http =>
        RateLimitPartition.GetSlidingWindowLimiter(Caller.Of(http), _ => new SlidingWindowRateLimiterOptions
        { PermitLimit = Most, Window = TimeSpan.FromMinutes(20), SegmentsPerWindow = 10 }));

    /// <summary>False: this caller has taken too many slots. Call it once for each attempt.</summary>
    public bool Allows(HttpContext http)
    {
        using var lease = _callers.AttemptAcquire(http);
        return lease.IsAcquired;
    }

    public void Dispose() => _callers.Dispose();
}
