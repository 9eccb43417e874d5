using Aufruf.Contracts;

namespace Aufruf.Hub.Offices;

/// <summary>Changes offices, whatever way a change comes. A place that a ticket needs must stay.</summary>
/// <remarks>It asks the queues themselves, so every hub comes to the same answer. A service may go: every counter calls its tickets.
/// </remarks>
/// <param name="handle">Carries out the command of an office's stream: its grain in a hub, the journal itself in a command.</param>
/// <param name="view">The present state of a queue.</param>
public sealed class OfficeChanges(OfficeDirectory offices, OfficeCopies copies,
    Func<string, OfficeCommand, Task<Answer<OfficeEvent>>> handle, Func<QueueKey, Task<Queue>> view, TimeProvider clock)
{
    private const int MostNumbers = 10;

    /// <summary>Null: the change is durable and in force here. Otherwise the reason why not.</summary>
    /// <param name="key">"alsdorf.rathaus".</param>
    public async Task<string?> TryAsync(string key, OfficeCommand command)
    {
        if (offices.Find(key) is { } before && await ObjectionAsync(before, (command as OfficeCommand.Publish)?.Office) is { } why)
        {
            return why;
        }

        var stream = OfficeConfiguration.StreamOf(key);
        try
        {
            var answer = await handle(stream, command);
            if (offices.ConfigurationOf(key).Version < answer.Version)
            {
                await copies.CatchUpAsync(stream); // The grain may live in another hub.
            }

            return answer.Refusal?.English;
        }
        catch (UnreadableStreamException error)
        {
            return error.Message;
        }
    }

    /// <summary>Why a new version of an office must not take effect; null when it may.</summary>
    private async Task<string?> ObjectionAsync(Office before, Office? after)
    {
        foreach (var (area, counter) in PlacesLost(before, after))
        {
            var needed = await NeedingAsync(before, area, counter);
            if (needed is null)
            {
                return $"{before.Key}: area '{area.Id}' is gone from the configuration, but its queue of today cannot be read; it stays.";
            }

            if (needed.Count > 0)
            {
                return counter is null
                    ? $"{before.Key}: area '{area.Id}' is gone from the configuration, but {needed.Count} tickets are there today "
                        + $"({Listed(needed)}); it stays until they are served."
                    : $"{before.Key}: counter '{counter.Id}' is gone from the configuration, but {needed.Count} tickets are there or kept "
                        + $"for it ({Listed(needed)}); it stays until they are served.";
            }
        }

        return null;
    }

    /// <summary>The numbers of the tickets that need a place today; null when that cannot be known.</summary>
    private async Task<List<string>?> NeedingAsync(Office office, WaitingArea area, Counter? counter)
    {
        try
        {
            var queue = await view(office.QueueOf(area, clock.GetUtcNow()));
            return [.. queue.Tickets.Values.Where(t => t.Alive && (counter is null || t.ForCounter == counter.Id
                || (t.AtCounter && t.Counter == counter.Id))).OrderBy(t => t.Place).Select(t => t.Number.ToString())];
        }
        catch (UnreadableStreamException)
        {
            return counter is null ? null : []; // Without its queue a counter serves no ticket.
        }
    }

    /// <summary>The areas that a new version of an office no longer has, and the counters that left their area.</summary>
    private static IEnumerable<(WaitingArea Area, Counter? Counter)> PlacesLost(Office before, Office? after) =>
        before.Areas.SelectMany(area => after?.Area(area.Id) is not { } left ? [(area, null)]
            : area.Counters.Where(counter => left.Counter(counter.Id) is null).Select(counter => (area, (Counter?)counter)));

    private static string Listed(List<string> numbers) => string.Join(", ", numbers.Take(MostNumbers))
        + (numbers.Count > MostNumbers ? $" and {numbers.Count - MostNumbers} more" : "");
}
