using Aufruf.Grains;

namespace Aufruf.Tests.Running;

/// <summary>Remembers every announcement.</summary>
internal sealed class Heard<TState, TEvent>(Action<long>? whenHeard = null) : IAnnouncer<TState, TEvent>
{
    public List<(string Stream, long Before, long Version, TState State, IReadOnlyList<TEvent>? Happened)> All { get; } = [];

    /// <summary>Without the ones that only say "read back".</summary>
    public IEnumerable<(long Version, IReadOnlyList<TEvent> Happened)> Changes =>
        All.Where(a => a.Happened is not null).Select(a => (a.Version, a.Happened!));

    public void Announce(string stream, long before, long version, TState state, IReadOnlyList<TEvent>? happened)
    {
        whenHeard?.Invoke(version);
        All.Add((stream, before, version, state, happened));
    }
}
