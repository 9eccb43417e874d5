using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Aufruf.Portal.Web;

/// <summary>How many reports of barriers one caller may send in 20 minutes. A solved puzzle opens a wider limit.</summary>
public sealed class ReportLimit(Puzzles puzzles) : IDisposable
{
    public const int MostForms = 5;

    private const int MostSolved = 30;

    private readonly PartitionedRateLimiter<HttpContext> _forms = HoldLimit.Limit(MostForms), _solved = HoldLimit.Limit(MostSolved);

    /// <summary>False: this caller has sent too many. Call it once for each attempt.</summary>
    public bool Allows(HttpContext http, string? solution) =>
        (puzzles.Take(solution) && HoldLimit.IsWithin(_solved, http)) || HoldLimit.IsWithin(_forms, http);

    public void Dispose()
    {
        _forms.Dispose();
        _solved.Dispose();
    }
}
