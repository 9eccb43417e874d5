using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aufruf.Hub.Running;

/// <summary>Something that is wrong, in a sentence an operator can act on. It names no citizen and no clerk.</summary>
public sealed record Trouble(string Sentence, DateTimeOffset Since);

/// <summary>The form of a check's answer: its status, and each trouble with the time since which it lasts.</summary>
internal static class HealthAnswers
{
    private const string Troubles = "troubles";

    /// <param name="troubles">None: the check is healthy.</param>
    /// <param name="ifAny">Degraded: the hub still serves.</param>
    public static Task<HealthCheckResult> Of(IEnumerable<Trouble> troubles, HealthStatus ifAny = HealthStatus.Degraded)
    {
        var all = troubles.OrderBy(trouble => trouble.Since).ThenBy(trouble => trouble.Sentence, StringComparer.Ordinal).ToArray();
        return Task.FromResult(new HealthCheckResult(all.Length == 0 ? HealthStatus.Healthy : ifAny,
            data: new Dictionary<string, object> { [Troubles] = all }));
    }

    /// <summary>Details are for this machine. Elsewhere the answer is one word.</summary>
    public static Task WriteAsync(HttpContext http, HealthReport report) => !http.IsFromThisMachine()
        ? http.Response.WriteAsJsonAsync(new { status = report.Status.ToString() })
        : http.Response.WriteAsJsonAsync(new
        {
            status = report.Status.ToString(),
            checks = report.Entries.ToDictionary(check => check.Key, check => new
            {
                status = check.Value.Status.ToString(),
                troubles = check.Value.Data.GetValueOrDefault(Troubles) ?? Array.Empty<Trouble>(),
            }),
        });
}
