using Aufruf.Contracts;
using Aufruf.Grains;
using Aufruf.Grains.Journal;

namespace Aufruf.Hub.Offices;

/// <summary>Reads from the journal who changed an office, when, and what.</summary>
internal sealed class OfficeChronicle(IJournal journal, string office)
{
    // A page shows so many; "offices history" prints all.
    private const int Most = 100;

    public async Task<OfficeHistory> ReadAsync()
    {
        var (editions, drafts, last, inForce) = (new Queue<OfficeEdition>(), new Queue<DraftStep>(), "{}", 0);
        await foreach (var (before, happened, after) in StepsAsync())
        {
            switch (happened)
            {
                case OfficeEvent.DraftSaved e:
                    drafts.Enqueue(new(e.Revision, e.By, e.At, OfficeDifferences.Between(TextBefore(before), e.Text)));
                    break;
                case OfficeEvent.DraftDiscarded or OfficeEvent.DraftPublished:
                    drafts.Clear();
                    break;
                case OfficeEvent.OfficePublished or OfficeEvent.OfficeWithdrawn:
                    var text = after.Office is { } office ? OfficeForm.Write(office) : last;
                    editions.Enqueue(new(after.Edition, after.By ?? "", after.Since ?? default,
                        (happened as OfficeEvent.OfficePublished)?.Again, after.Office?.Name,
                        before.Office is null ? [] : OfficeDifferences.Between(last, text)));
                    (last, inForce) = (text, after.Edition);
                    break;
                case OfficeEvent.OfficeConfirmed: // Nothing changed.
                    break;
            }

            Shorten(editions);
            Shorten(drafts);
        }

        return new(inForce, [.. editions.Reverse()], [.. drafts.Reverse()]);
    }

    public async Task<Office?> OfficeOfAsync(int edition)
    {
        await foreach (var (_, happened, after) in StepsAsync())
        {
            if (happened is OfficeEvent.OfficePublished e && after.Edition == edition)
            {
                return e.Office;
            }
        }

        return null;
    }

    public async Task<string?> DraftTextAsync(int revision)
    {
        await foreach (var (_, happened, _) in StepsAsync())
        {
            if (happened is OfficeEvent.DraftSaved e && e.Revision == revision)
            {
                return e.Text;
            }
        }

        return null;
    }

    private async IAsyncEnumerable<(OfficeConfiguration Before, OfficeEvent Happened, OfficeConfiguration After)> StepsAsync()
    {
        var known = OfficeConfiguration.Empty;
        await foreach (var entry in journal.ReadAsync(OfficeConfiguration.StreamOf(office), 0, CancellationToken.None))
        {
            foreach (var happened in EntryContent<OfficeEvent>.Read(entry).Events)
            {
                var before = known;
                known = known.Apply(happened);
                yield return (before, happened, known);
            }
        }
    }

    private static string TextBefore(OfficeConfiguration known) =>
        known.Draft?.Text ?? (known.Office is { } office ? OfficeForm.Write(office) : "{}");

    private static void Shorten<T>(Queue<T> list)
    {
        if (list.Count > Most)
        {
            list.Dequeue();
        }
    }
}
