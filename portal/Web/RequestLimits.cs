using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace Aufruf.Portal.Web;

/// <summary>Refuses a caller who asks too often, with 429. A page or endpoint names its limit by <see cref="EnableRateLimitingAttribute"/>.
/// </summary>
/// <remarks>The framework's middleware never ends its limiters. So each stopped hub would stay in memory and wake ten times a second.
/// </remarks>
public sealed class RequestLimits : IDisposable
{
    private readonly List<PartitionedRateLimiter<HttpContext>> _all = [];
    private readonly Dictionary<string, PartitionedRateLimiter<HttpContext>> _named = [];

    /// <summary>A limit of every request.</summary>
    public void Add<TKey>(Func<HttpContext, RateLimitPartition<TKey>> of) where TKey : notnull =>
        _all.Add(PartitionedRateLimiter.Create(of));

    /// <summary>A limit of the pages and endpoints that name it.</summary>
    public void Add<TKey>(string name, Func<HttpContext, RateLimitPartition<TKey>> of) where TKey : notnull =>
        _named.Add(name, PartitionedRateLimiter.Create(of));

    public Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var named = http.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName;
        if (_all.TrueForAll(limit => HoldLimit.IsWithin(limit, http)) && (named is null || HoldLimit.IsWithin(_named[named], http)))
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        http.Response.Headers.RetryAfter = "60";
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _all.ForEach(limit => limit.Dispose());
        foreach (var limit in _named.Values)
        {
            limit.Dispose();
        }
    }
}
