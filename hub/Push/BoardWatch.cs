using System.Collections.Immutable;

namespace Aufruf.Hub.Push;

/// <summary>Knows which boards of the configuration show nothing current: frozen, closed or never connected.</summary>
/// <remarks>
/// A frozen screen loses its connection after a while, so the watch follows the screens and not the connections. Several screens may
/// show one board: each is watched. A new screen takes the place of one that is missed.
/// </remarks>
public sealed class BoardWatch(TimeProvider clock)
{
    /// <summary>With the pauses between two looks, a silent board is known within a minute.</summary>
    private static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(45);

    /// <summary>The screen that a board should have, until the first one connects.</summary>
    private const string Expected = "";

    // More screens than any hall has. Beyond it the one that answered longest ago is forgotten.
    private const int ScreensPerBoard = 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<string, Seen>> _boards = [];
    private ImmutableSortedDictionary<string, SilentBoard> _silent = ImmutableSortedDictionary.Create<string, SilentBoard>(
        StringComparer.Ordinal);

    /// <summary>When a screen answered last, and its connection; null: it is missed.</summary>
    private sealed record Seen(long At, string? Connection);

    /// <summary>In the same order in every process.</summary>
    public IEnumerable<SilentBoard> Silent => Volatile.Read(ref _silent).Values;

    /// <summary>The silent boards of one office.</summary>
    public IReadOnlyList<DeskBoard> SilentIn(Office office) =>
        [.. from area in office.Areas
            from board in area.Boards
            let silent = Volatile.Read(ref _silent).GetValueOrDefault($"{office.Key}.{board.Id}")
            where silent is not null
            select new DeskBoard(board.Id, silent.Silent, silent.Screens)];

    /// <param name="board">"alsdorf.rathaus.halle".</param>
    /// <param name="screen">Known to its page: it stays the same when the page connects or loads again.</param>
    /// <param name="connection">The connection it came by.</param>
    public void Answered(string board, string screen, string connection)
    {
        lock (_gate)
        {
            var screens = _boards.TryGetValue(board, out var known) ? known : _boards[board] = [];
            if (!screens.ContainsKey(screen))
            {
                var missed = screens.Where(s => s.Value.Connection is null).ToList();
                foreach (var replaced in (missed.Count == 0 && screens.Count >= ScreensPerBoard ? screens : missed.AsEnumerable())
                    .OrderBy(s => s.Value.At).Take(1).ToList())
                {
                    screens.Remove(replaced.Key);
                }
            }

            screens[screen] = new(clock.GetTimestamp(), connection);
        }
    }

    /// <param name="board">As in <see cref="Answered"/>.</param>
    /// <param name="screen">As in <see cref="Answered"/>.</param>
    /// <param name="connection">An older connection of the same screen changes nothing.</param>
    /// <param name="wasClosed">Its page was closed: beside other screens of the board it is not missed.</param>
    public void Left(string board, string screen, string connection, bool wasClosed)
    {
        lock (_gate)
        {
            if (_boards.GetValueOrDefault(board) is { } screens && screens.GetValueOrDefault(screen) is { } seen
                && seen.Connection == connection)
            {
                if (wasClosed && screens.Count > 1)
                {
                    screens.Remove(screen);
                }
                else
                {
                    screens[screen] = seen with { Connection = null };
                }
            }
        }
    }

    /// <summary>Looks at every configured board and logs those that became silent or answer again.</summary>
    public void Look(IEnumerable<Office> offices, ILogger log)
    {
        var known = offices.SelectMany(office => office.Areas, (office, area) => (office, area))
            .SelectMany(place => place.area.Boards, (place, board) => $"{place.office.Key}.{board.Id}").ToHashSet();
        lock (_gate)
        {
            foreach (var board in known.Where(board => !_boards.ContainsKey(board)))
            {
                _boards[board] = new() { [Expected] = new(clock.GetTimestamp(), null) }; // From now on it should connect.
            }

            foreach (var gone in _boards.Keys.Where(board => !known.Contains(board)).ToList())
            {
                _boards.Remove(gone);
            }

            var silent = known.Select(SilenceOf).OfType<SilentBoard>()
                .ToImmutableSortedDictionary(s => s.Board, s => s, StringComparer.Ordinal);
            foreach (var board in silent.Values.Where(now => now.Silent > (_silent.GetValueOrDefault(now.Board)?.Silent ?? 0)))
            {
                HubLog.BoardSilent(log, board.Name, (clock.GetUtcNow() - board.Since).TotalSeconds, board.Why);
            }

            foreach (var board in _silent.Keys.Where(board => known.Contains(board) && !silent.ContainsKey(board)))
            {
                HubLog.BoardAnswers(log, board);
            }

            Volatile.Write(ref _silent, silent);
        }
    }

    private SilentBoard? SilenceOf(string board)
    {
        var screens = _boards[board];
        var silent = screens.Where(s => clock.GetElapsedTime(s.Value.At) > SilentAfter).ToList();
        return silent.Count == 0 ? null : new(board, silent.Count, screens.Count,
            clock.GetUtcNow() - silent.Max(s => clock.GetElapsedTime(s.Value.At)),
            screens.ContainsKey(Expected) ? "it never connected" : "it is frozen, closed or cut off");
    }
}

/// <summary>A board of which a screen shows nothing current.</summary>
/// <param name="Board">"alsdorf.rathaus.halle".</param>
/// <param name="Silent">How many of its <paramref name="Screens"/>.</param>
public sealed record SilentBoard(string Board, int Silent, int Screens, DateTimeOffset Since, string Why)
{
    public string Name => Screens == 1 ? Board : $"{Board} ({Silent} of {Screens} screens)";
}
