using Aufruf.Contracts;
using Aufruf.Grains;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aufruf.Hub.Running;

/// <summary>Degraded while the keys of personal values cannot be reached: remarks cannot be read.</summary>
internal sealed class VaultHealth(Vault vault) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (vault.Trouble is not null)
        {
            try
            {
                await vault.LearnAsync(new("health", "")); // It may be over, and nobody else may ask.
            }
            catch (JournalUnavailableException)
            {
                // The trouble stays.
            }
        }

        return await HealthAnswers.Of(vault.Trouble is var (reason, since) ? [new($"Remarks cannot be read: {reason}", since)] : []);
    }
}
