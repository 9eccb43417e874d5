using Aufruf.Domain.Appointments;
using Aufruf.Grains;
using Aufruf.Grains.Journal;

namespace Aufruf.Hub.Appointments;

/// <summary>The weeks of an office from this week on, as the journal has them: also at the start of a hub, and without one.</summary>
internal static class WrittenWeeks
{
    public static async Task<IReadOnlyList<(CalendarWeekKey Key, CalendarWeek Week)>> ReadAsync(
        IJournal journal, string office, DateTimeOffset now)
    {
        var weeks = new List<(CalendarWeekKey, CalendarWeek)>();
        await foreach (var stream in journal.StreamsAsync(CalendarWeekKey.StreamKind, CancellationToken.None))
        {
            if (CalendarWeekKey.TryParseStream(stream, out var key) && key.Value.OfficeKey == office
                && key.Value.Monday.AddDays(7) >= DateOnly.FromDateTime(now.UtcDateTime))
            {
                var week = CalendarWeek.Empty;
                await foreach (var entry in journal.ReadAsync(stream, 0, CancellationToken.None))
                {
                    week = EntryContent<CalendarEvent>.Read(entry).Events.Aggregate(week, (known, happened) => known.Apply(happened));
                }

                weeks.Add((key.Value, week));
            }
        }

        return weeks;
    }
}
