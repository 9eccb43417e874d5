using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Grains;
using Aufruf.Grains.Journal;

namespace Aufruf.Tests.Running;

/// <summary>Some weeks of plausible days, in a journal as if a hub had written them.</summary>
internal static class PlausibleWeeks
{
    /// <summary>Working days before a day, the last first; the office has no areas but these.</summary>
    public static IEnumerable<DateOnly> WorkingDays(DateOnly before, int count) =>
        Enumerable.Range(1, count * 2).Select(n => before.AddDays(-n))
        .Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).Take(count);

    /// <summary>Days are streams of their own: they are written at once, and the journal groups them.</summary>
    public static Task WriteAsync(IJournal journal, Office office, IEnumerable<DateOnly> days, int seed) => Task.WhenAll(
        from area in office.Areas
        from day in days
        let made = PlausibleDay.Of(office, area, day, seed)
        select WriteAsync(journal, made.Key.Stream, made.Entries));

    public static async Task WriteAsync(IJournal journal, string stream, IEnumerable<PlausibleDay.Entry> entries)
    {
        var (head, appends) = (JournalHead.Start, new List<Task>());
        foreach (var entry in entries)
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(
                new { request = Guid.CreateVersion7(entry.At), events = entry.Events, refusal = entry.Refusal }, DomainJson.Options);
            // Not awaited one by one: the next one's head is known already.
            appends.Add(journal.AppendAsync(stream, head, entry.At, bytes));
            head = head.Then(stream, entry.At, bytes);
        }

        await Task.WhenAll(appends);
    }
}
