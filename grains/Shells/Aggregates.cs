using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Grains;

/// <summary>All that an aggregate needs of the hub. A new one adds no line here or there.</summary>
public static class Aggregates
{
    /// <param name="snapshots">The folder of this machine's snapshots.</param>
    public static IServiceCollection AddAggregates(this IServiceCollection services, string snapshots) => services
        .AddSingleton(new SnapshotFolder(snapshots))
        .AddSingleton(typeof(ISnapshots<>), typeof(SnapshotFiles<>))
        .AddSingleton(typeof(IAnnouncer<,>), typeof(NoAnnouncer<,>));

    /// <summary>An aggregate that no screen shows. An announcer of its own goes before it.</summary>
    private sealed class NoAnnouncer<TState, TEvent> : IAnnouncer<TState, TEvent>
    {
        public void Announce(string stream, long version, TState state, IReadOnlyList<TEvent>? happened)
        {
        }
    }
}
