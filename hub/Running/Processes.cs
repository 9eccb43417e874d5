using System.Globalization;
using Aufruf.Grains;
using Aufruf.Grains.Subscriptions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aufruf.Hub.Running;

/// <summary>Runs all that follows the journal: processes such as transfers, and projections such as reports.</summary>
/// <remarks>Degraded while one of them is stopped or behind, while work waits in one, and while rows are rebuilt.</remarks>
internal sealed class Processes(IEnumerable<IFollower> followers, IJournal journal, TimeProvider clock)
    : BackgroundService, IHealthCheck
{
    // A short fault heals before anybody could act on it.
    private static readonly TimeSpan Bearable = TimeSpan.FromSeconds(10);

    // A projection rests after its work, so that it does not delay presses.
    private static readonly TimeSpan BearableLag = TimeSpan.FromMinutes(2);

    private readonly IFollower[] _followers = [.. followers];

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var (troubles, now) = (new List<Trouble>(), clock.GetUtcNow());
        foreach (var follower in _followers)
        {
            var subscription = follower.Subscription;
            if (subscription.BehindSince is { } since
                && now - since > (subscription.Trouble is null ? BearableLag : Bearable))
            {
                var behind = await journal.LastPositionAsync(cancellationToken) - subscription.Reached;
                troubles.Add(new(string.Create(CultureInfo.InvariantCulture,
                    $"{subscription.Name}: {behind} entries behind the journal. {subscription.Trouble}").TrimEnd(), since));
            }

            troubles.AddRange((await follower.TroublesAsync(Bearable, cancellationToken)).Select(t => new Trouble(t.Sentence, t.Since)));
        }

        return await HealthAnswers.Of(troubles);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_followers.Select(follower => follower.RunAsync(stoppingToken)));
}
