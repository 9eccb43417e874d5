using System.Collections.Immutable;
using Aufruf.Grains;

namespace Aufruf.Hub.Offices;

/// <summary>The offices this hub serves, as they are configured now.</summary>
public sealed class OfficeDirectory : IOffices
{
    private readonly Lock _gate = new();
    private volatile ImmutableDictionary<string, Office> _offices;
    private volatile ImmutableDictionary<string, (long Version, OfficeConfiguration Known)> _known =
        ImmutableDictionary<string, (long, OfficeConfiguration)>.Empty;

    public OfficeDirectory(params IEnumerable<Office> offices) => _offices = offices.ToImmutableDictionary(office => office.Key);

    public IEnumerable<Office> All => _offices.Values;

    /// <summary>All offices by their key. The same object until one of them changes.</summary>
    public ImmutableDictionary<string, Office> Known => _offices;

    /// <summary>Raised with the key of an office that changed; null: it is no longer served.</summary>
    public event Action<string, Office?>? Changed;

    /// <summary>The files that are not used, by name.</summary>
    public ImmutableSortedDictionary<string, RefusedFile> Refused { get; set; } = ImmutableSortedDictionary<string, RefusedFile>.Empty;

    /// <summary>Null: nothing about this office was refused.</summary>
    public RefusedFile? RefusalOf(Office office) => Refused.Values.FirstOrDefault(refused => refused.Offices.Contains(office.Key));

    /// <summary>The configurations that the journal is known to have.</summary>
    public IEnumerable<OfficeConfiguration> Configurations => _known.Values.Select(known => known.Known);

    /// <summary>The configuration of an office and its version in the journal; version 0 when none is known.</summary>
    public (long Version, OfficeConfiguration Known) ConfigurationOf(string office) =>
        _known.TryGetValue(office, out var found) ? found : (0, OfficeConfiguration.Empty);

    /// <summary>Takes a version from the journal. One that it knows changes nothing.</summary>
    /// <param name="isReadAgain">The whole stream was read: it may be that of an older journal that was put back.</param>
    public void Take(string office, long version, OfficeConfiguration configuration, bool isReadAgain = false)
    {
        Office? before;
        lock (_gate)
        {
            if (version == 0 || (version <= ConfigurationOf(office).Version && !isReadAgain))
            {
                return;
            }

            before = Find(office);
            _known = _known.SetItem(office, (version, configuration));
            _offices = configuration.Office is { } now ? _offices.SetItem(office, now) : _offices.Remove(office);
        }

        if (configuration.Office is { } after ? before is null || !OfficeConfiguration.IsSame(before, after) : before is not null)
        {
            Changed?.Invoke(office, configuration.Office);
        }
    }

    /// <param name="key">"alsdorf.rathaus".</param>
    public Office? Find(string key) => _offices.GetValueOrDefault(key);

    /// <summary>Whether a clerk sits in another area of the office, from which a queue's tickets can be called.</summary>
    public Func<QueueKey, Office, ClerkId, bool> SitsElsewhere { get; set; } = (_, _, _) => false;

    public Setting? For(QueueKey key) => Find(key.OfficeKey) is { } office && office.Area(key.Area) is { } area
        ? new(office, area) { SitsElsewhere = clerk => SitsElsewhere(key, office, clerk) } : null;

    /// <param name="key">"alsdorf.rathaus.erdgeschoss".</param>
    public (Office Office, WaitingArea Area)? FindArea(string key) =>
        Split(key) is var (office, id) && office.Area(id) is { } area ? (office, area) : null;

    /// <param name="key">"alsdorf.rathaus.halle".</param>
    public (Office Office, WaitingArea Area, Board Board)? FindBoard(string key) =>
        Split(key) is var (office, id) && office.Areas.FirstOrDefault(a => a.Boards.Any(b => b.Id == id)) is { } area
            ? (office, area, area.Boards.First(b => b.Id == id))
            : null;

    /// <param name="key">"alsdorf.rathaus.foyer".</param>
    public (Office Office, Kiosk Kiosk)? FindKiosk(string key) =>
        Split(key) is var (office, id) && office.Kiosks.FirstOrDefault(k => k.Id == id) is { } kiosk ? (office, kiosk) : null;

    private (Office Office, string Id)? Split(string key) =>
        key.LastIndexOf('.') is > 0 and var dot && Find(key[..dot]) is { } office ? (office, key[(dot + 1)..]) : null;
}
