using System.Collections.Immutable;
using Aufruf.Domain.Towns;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Towns.TownEvent;

namespace Aufruf.Tests.House;

/// <summary>Examples of all that happens to a town's settings, with every value set.</summary>
internal static class TownSamples
{
    private static readonly DateTimeOffset At = SmallOffice.Nine.AddMilliseconds(120);

    private static readonly TownSettings Settings = new(Theme.Usual with { Action = "#005a8c" },
        ImmutableSortedDictionary<string, string>.Empty.Add("booked.de", "---\nextends: yes\n---\nParken Sie im Hof.\n"))
    {
        Logo = new("iVBORw0KGgo=", new() { ["de"] = "Wappen der Stadt Alsdorf", ["en"] = "Arms of the town of Alsdorf" }),
    };

    public static IEnumerable<KeyValuePair<string, Sample>> All { get; } =
    [
        Of("town-draft-saved", new DraftSaved(Settings, 1, 2, "staff:anna", At)),
        Of("town-draft-discarded", new DraftDiscarded(2, "staff:anna", At)),
        Of("town-published", new Published(Settings, 1, "staff:anna", At)),
    ];

    /// <summary>Every event, in an order in which each can follow.</summary>
    public static TownEvent[] Events { get; } =
    [
        new DraftSaved(Settings, 0, 1, "staff:anna", At), new DraftDiscarded(1, "staff:anna", At),
        new DraftSaved(Settings, 0, 2, "staff:anna", At), new Published(Settings, null, "staff:bert", At),
        new DraftSaved(TownSettings.Usual, 1, 3, "staff:anna", At), new Published(TownSettings.Usual, 0, "staff:bert", At),
    ];

    private static KeyValuePair<string, Sample> Of(string name, TownEvent value) =>
        new($"journal/{name}", new Sample<TownEvent>(value, WireSamples.Domain<TownEvent>()));
}
