using System.Collections.Immutable;

namespace Aufruf.Hub.Push;

/// <summary>Knows which boards or kiosks of the configuration show nothing current: frozen, closed or never connected.</summary>
/// <remarks>
/// A frozen screen loses its connection after a while, so the watch follows the screens and not the connections. Several screens may
/// show one board: each is watched. A new screen takes the place of one that is missed. Desks are known while they are open.
/// </remarks>
public sealed class ScreenWatch(TimeProvider clock, ScreenKind kind = ScreenKind.Board)
{
    /// <summary>With the pauses between two looks, a silent screen is known within a minute.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(45);

    /// <summary>The screen that a board should have, until the first one connects.</summary>
    private const string Expected = "";

    // More screens than any hall has. Beyond it the one that answered longest ago is forgotten.
    private const int ScreensPerPlace = 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<string, Seen>> _places = [];
    private ImmutableSortedDictionary<string, SilentScreens> _silent = ImmutableSortedDictionary.Create<string, SilentScreens>(
        StringComparer.Ordinal);

    /// <summary>When a screen answered last, and its connection; null: it is missed.</summary>
    private sealed record Seen(long At, DateTimeOffset On, string? Connection, ScreenFacts? Facts);

    /// <summary>In the same order in every process.</summary>
    public IEnumerable<SilentScreens> Silent => Volatile.Read(ref _silent).Values;

    /// <summary>Those of one office.</summary>
    public IReadOnlyList<DeskBoard> SilentIn(Office office) =>
        [.. from id in PlacesOf(office)
            let silent = Volatile.Read(ref _silent).GetValueOrDefault($"{office.Key}.{id}")
            where silent is not null
            select new DeskBoard(id, silent.Silent, silent.Screens, silent.Since)];

    /// <summary>The screens that were seen at a board, kiosk or counter, the latest first.</summary>
    public IReadOnlyList<SeenScreen> ScreensAt(string place)
    {
        lock (_gate)
        {
            return [.. from seen in _places.GetValueOrDefault(place) ?? []
                       where seen.Key != Expected
                       orderby seen.Value.At descending
                       select new SeenScreen(seen.Value.Connection is not null && clock.GetElapsedTime(seen.Value.At) <= SilentAfter,
                           seen.Value.On, seen.Value.Facts)];
        }
    }

    /// <param name="place">"alsdorf.rathaus.halle".</param>
    /// <param name="screen">Known to its page: it stays the same when the page connects or loads again.</param>
    /// <param name="connection">The connection it came by.</param>
    /// <param name="facts">Null: as it said before.</param>
    public void Answered(string place, string screen, string connection, ScreenFacts? facts = null)
    {
        lock (_gate)
        {
            var screens = _places.TryGetValue(place, out var known) ? known : _places[place] = [];
            if (!screens.ContainsKey(screen))
            {
                var missed = screens.Where(s => s.Value.Connection is null).ToList();
                foreach (var replaced in (missed.Count == 0 && screens.Count >= ScreensPerPlace ? screens : missed.AsEnumerable())
                    .OrderBy(s => s.Value.At).Take(1).ToList())
                {
                    screens.Remove(replaced.Key);
                }
            }

            screens[screen] = new(clock.GetTimestamp(), clock.GetUtcNow(), connection, facts ?? screens.GetValueOrDefault(screen)?.Facts);
        }
    }

    /// <param name="place">As in <see cref="Answered"/>.</param>
    /// <param name="screen">As in <see cref="Answered"/>.</param>
    /// <param name="connection">An older connection of the same screen changes nothing.</param>
    /// <param name="wasClosed">Its page was closed: beside other screens of the board it is not missed.</param>
    public void Left(string place, string screen, string connection, bool wasClosed)
    {
        lock (_gate)
        {
            if (_places.GetValueOrDefault(place) is { } screens && screens.GetValueOrDefault(screen) is { } seen
                && seen.Connection == connection)
            {
                if (kind is ScreenKind.Desk || (wasClosed && screens.Count > 1))
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

    /// <summary>Looks at every configured place and logs those that became silent or answer again.</summary>
    public void Look(IEnumerable<Office> offices, ILogger log)
    {
        var known = offices.SelectMany(office => PlacesOf(office).Select(id => $"{office.Key}.{id}")).ToHashSet();
        lock (_gate)
        {
            foreach (var place in known.Where(place => !_places.ContainsKey(place)))
            {
                // From now on it should connect.
                _places[place] = new() { [Expected] = new(clock.GetTimestamp(), clock.GetUtcNow(), null, null) };
            }

            foreach (var gone in _places.Keys.Where(place => !known.Contains(place)).ToList())
            {
                _places.Remove(gone);
            }

            var silent = known.Select(SilenceOf).OfType<SilentScreens>()
                .ToImmutableSortedDictionary(s => s.Place, s => s, StringComparer.Ordinal);
            foreach (var place in silent.Values.Where(now => now.Silent > (_silent.GetValueOrDefault(now.Place)?.Silent ?? 0)))
            {
                HubLog.ScreenSilent(log, kind, place.Name, (clock.GetUtcNow() - place.Since).TotalSeconds, place.Why);
            }

            foreach (var place in _silent.Keys.Where(place => known.Contains(place) && !silent.ContainsKey(place)))
            {
                HubLog.ScreenAnswers(log, kind, place);
            }

            Volatile.Write(ref _silent, silent);
        }
    }

    private IEnumerable<string> PlacesOf(Office office) => kind switch
    {
        ScreenKind.Board => office.Areas.SelectMany(area => area.Boards).Select(board => board.Id),
        ScreenKind.Kiosk => office.Kiosks.Select(kiosk => kiosk.Id),
        _ => [],
    };

    private SilentScreens? SilenceOf(string place)
    {
        var screens = _places[place];
        var silent = screens.Where(s => clock.GetElapsedTime(s.Value.At) > SilentAfter).ToList();
        return silent.Count == 0 ? null : new(place, silent.Count, screens.Count, silent.MinBy(s => s.Value.At).Value.On,
            !screens.ContainsKey(Expected));
    }
}

/// <summary>A board or kiosk of which a screen shows nothing current.</summary>
/// <param name="Place">"alsdorf.rathaus.halle".</param>
/// <param name="Silent">How many of its <paramref name="Screens"/>.</param>
/// <param name="Came">False: no screen has connected since the hub started.</param>
public sealed record SilentScreens(string Place, int Silent, int Screens, DateTimeOffset Since, bool Came)
{
    public string Name => Screens == 1 ? Place : $"{Place} ({Silent} of {Screens} screens)";

    public string Why => Came ? "it is frozen, closed or cut off" : "it never connected";
}

/// <param name="IsAlive">It is connected, and has answered lately.</param>
public sealed record SeenScreen(bool IsAlive, DateTimeOffset LastSeen, ScreenFacts? Facts);

/// <summary>The words of a screen about itself.</summary>
/// <param name="Build">The build of its page; null: it said none yet.</param>
/// <param name="AheadSeconds">How much its own clock is ahead of the hub's, travel time included; null: unknown.</param>
public sealed record ScreenFacts(string? Address, string? Build, double? AheadSeconds);

/// <summary>Something with a live connection of the office.</summary>
public enum ScreenKind { Board, Kiosk, Desk }
