using Aufruf.Grains;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aufruf.Hub.Running;

/// <summary>Degraded while the keys of personal values cannot be reached: remarks cannot be read, and old ones are not destroyed.</summary>
internal sealed class VaultHealth(Vault vault) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        HealthAnswers.Of(vault.Trouble is var (reason, since)
            ? [new($"Remarks cannot be read, and old ones are not destroyed: {reason}", since)] : []);
}
