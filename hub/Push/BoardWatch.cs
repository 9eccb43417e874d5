using System.Collections.Immutable;

namespace Aufruf.Hub.Push;

/// <summary>Knows which boards of the configuration show nothing current: frozen, closed or never connected.</summary>
/// <remarks>A frozen board loses its connection after a while, so the watch follows the boards and not the connections.</remarks>
public sealed class BoardWatch(TimeProvider clock)
{
    /// <summary>With the pauses between two looks, a silent board is known within a minute.</summary>
    private static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(45);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long At, bool Ever)> _answered = [];
    private ImmutableSortedSet<string> _silent = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>"alsdorf.rathaus.halle"; in the same order in every process.</summary>
    public IReadOnlyCollection<string> Silent => Volatile.Read(ref _silent);

    /// <summary>The silent boards of one office, by their ids.</summary>
    public IReadOnlyList<string> SilentIn(Office office) =>
        [.. Silent.Where(board => board.StartsWith(office.Key + ".", StringComparison.Ordinal))
            .Select(board => board[(office.Key.Length + 1)..]).Where(id => office.Areas.Any(area => area.Boards.Any(b => b.Id == id)))];

    public void Answered(string board)
    {
        lock (_gate)
        {
            _answered[board] = (clock.GetTimestamp(), true);
        }
    }

    /// <summary>Looks at every configured board and logs those that became silent or answer again.</summary>
    public void Look(IEnumerable<Office> offices, ILogger log)
    {
        var known = offices.SelectMany(office => office.Areas, (office, area) => (office, area))
            .SelectMany(place => place.area.Boards, (place, board) => $"{place.office.Key}.{board.Id}").ToHashSet();
        lock (_gate)
        {
            foreach (var board in known.Where(board => !_answered.ContainsKey(board)))
            {
                _answered[board] = (clock.GetTimestamp(), false); // From now on it should connect.
            }

            foreach (var gone in _answered.Keys.Where(board => !known.Contains(board)).ToList())
            {
                _answered.Remove(gone);
            }

            var silent = known.Where(board => clock.GetElapsedTime(_answered[board].At) > SilentAfter)
                .ToImmutableSortedSet(StringComparer.Ordinal);
            foreach (var board in silent.Except(_silent))
            {
                var (at, ever) = _answered[board];
                HubLog.BoardSilent(log, board, clock.GetElapsedTime(at).TotalSeconds,
                    ever ? "it is frozen, closed or cut off" : "it never connected");
            }

            foreach (var board in _silent.Except(silent).Where(known.Contains))
            {
                HubLog.BoardAnswers(log, board);
            }

            Volatile.Write(ref _silent, silent);
        }
    }
}
