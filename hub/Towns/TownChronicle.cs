using Aufruf.Contracts;
using Aufruf.Domain.Towns;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Towns;

/// <summary>Reads from the journal who changed a town's settings, when, and what.</summary>
internal sealed class TownChronicle(IJournal journal, string authority)
{
    // A page shows so many.
    private const int Most = 100;

    public async Task<OfficeHistory> ReadAsync(Texts name)
    {
        var (editions, drafts, known) = (new Queue<OfficeEdition>(), new Queue<DraftStep>(), TownConfiguration.Empty);
        await foreach (var (before, happened, after) in StepsAsync())
        {
            known = after;
            switch (happened)
            {
                case TownEvent.DraftSaved e:
                    drafts.Enqueue(new(
                        e.Revision, e.By, e.At, Between(before.Draft?.Settings ?? before.Settings, e.Settings)));
                    break;
                case TownEvent.Published e:
                    editions.Enqueue(new(after.Edition, e.By, e.At, e.Again, name, Between(before.Settings, e.Settings)));
                    break;
                case TownEvent.DraftDiscarded: // Its steps go below.
                    break;
            }

            if (after.Draft is null)
            {
                drafts.Clear();
            }

            Shorten(editions);
            Shorten(drafts);
        }

        return new(known.Edition, [.. editions.Reverse()], [.. drafts.Reverse()]);
    }

    /// <summary>Null: there is no such edition. Edition 0 has the settings of every new town.</summary>
    public async Task<TownSettings?> SettingsOfAsync(int edition)
    {
        await foreach (var (_, happened, after) in StepsAsync())
        {
            if (happened is TownEvent.Published e && after.Edition == edition)
            {
                return e.Settings;
            }
        }

        return edition == 0 ? TownSettings.Usual : null;
    }

    internal static IReadOnlyList<OfficeDifference> Between(TownSettings before, TownSettings after) =>
        OfficeDifferences.Between(Json(before), Json(after));

    /// <summary>Nobody reads a picture as letters: its name differs as it does.</summary>
    private static string Json(TownSettings settings) => System.Text.Json.JsonSerializer.Serialize(
        settings.Logo is { } logo ? settings with { Logo = logo with { Picture = logo.Name } } : settings, DomainJson.Options);

    private async IAsyncEnumerable<(TownConfiguration Before, TownEvent Happened, TownConfiguration After)> StepsAsync()
    {
        var known = TownConfiguration.Empty;
        await foreach (var entry in journal.ReadAsync(TownConfiguration.StreamOf(authority), 0, CancellationToken.None))
        {
            foreach (var happened in EntryContent<TownEvent>.Read(entry).Events)
            {
                var before = known;
                known = known.Apply(happened);
                yield return (before, happened, known);
            }
        }
    }

    private static void Shorten<T>(Queue<T> list)
    {
        if (list.Count > Most)
        {
            list.Dequeue();
        }
    }
}
