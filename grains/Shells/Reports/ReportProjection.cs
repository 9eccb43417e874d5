using System.Data.Common;
using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Domain.Reports;
using Aufruf.Grains.Journal;

namespace Aufruf.Grains.Reports;

/// <summary>Reads the journal into the days of the reports: only what is asked for, and only when it is asked for.</summary>
public sealed class ReportProjection(IJournal journal, ReportStore store) : IDisposable
{
    // A day without an end is read for a week; after that nothing comes any more.
    private const int DaysUntilSettled = 7;

    private readonly SemaphoreSlim _reading = new(1, 1);

    /// <summary>The days asked for, each as of its last journal entry.</summary>
    /// <param name="maySettle">False: the clock may show a wrong day, so no day counts as over.</param>
    /// <exception cref="JournalUnavailableException">The journal cannot be read now.</exception>
    public async Task<IReadOnlyList<DayFacts>> ReadAsync(ReportScope scope, CancellationToken cancellationToken, bool maySettle = true)
    {
        var (office, query) = (scope.Office, scope.Query);
        // One at a time: the second caller finds the days that the first one has read.
        await _reading.WaitAsync(cancellationToken);
        try
        {
            await CatchUpAsync(scope, maySettle, cancellationToken);
            var days = new List<DayFacts>();
            await foreach (var day in store.ReadAsync(office.Key, query.From, query.To, cancellationToken))
            {
                if (query.Area is null || query.Area == day.Queue.Area)
                {
                    days.Add(day);
                }
            }

            return days;
        }
        catch (DbException error)
        {
            throw new JournalUnavailableException($"The reports cannot be read: {error.Message}", error);
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task CatchUpAsync(ReportScope scope, bool maySettle, CancellationToken cancellationToken)
    {
        var (office, query, mark) = (scope.Office, scope.Query, MarkOf(scope.Office.Reports.PerClerk));
        // Data that the authority no longer wants is deleted by the first report, whichever days it asks for.
        await store.ForgetAsync(office.Key, mark);
        var known = await store.ProgressAsync(office.Key, query.From, query.To, cancellationToken);
        var last = query.To < scope.Today ? query.To : scope.Today;
        for (var day = query.From; day <= last; day = day.AddDays(1))
        {
            foreach (var area in office.Areas)
            {
                var key = new QueueKey(office.Authority.Id, office.Id, area.Id, day);
                var progress = known.GetValueOrDefault(key.ToString());
                if (progress is { Settled: true }
                    || (progress is not null && progress.Version == await journal.LastVersionAsync(key.Stream)))
                {
                    continue;
                }

                await SaveAsync(key, journal.ReadAsync(key.Stream, 0, cancellationToken), office.Reports.PerClerk,
                    maySettle ? scope.Today : DateOnly.MinValue, cancellationToken);
            }
        }
    }

    /// <summary>Drops all days and reads every queue of the journal again.</summary>
    /// <remarks>It may be interrupted: the missing days are read when a report asks for them.</remarks>
    /// <param name="offices">Offices as configured; for others nothing about clerks is kept.</param>
    /// <param name="progress">Called after each queue with its number and its key.</param>
    public async Task RebuildAsync(IReadOnlyDictionary<string, Office> offices, DateTimeOffset now, Action<int, QueueKey> progress,
        CancellationToken cancellationToken)
    {
        await store.ForgetAllAsync();
        var (count, entries, stream) = (0, new List<JournalEntry>(), "");
        await foreach (var entry in journal.ReadAllAsync(cancellationToken))
        {
            if (entry.Stream != stream)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await FlushAsync();
                stream = entry.Stream;
            }

            entries.Add(entry);
        }

        await FlushAsync();

        async Task FlushAsync()
        {
            if (QueueKey.TryParseStream(stream, out var key))
            {
                var office = offices.GetValueOrDefault(key.Value.OfficeKey);
                var zone = TimeZoneInfo.FindSystemTimeZoneById(office?.TimeZone ?? "UTC");
                var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
                await SaveAsync(key.Value, entries.ToAsyncEnumerable(), office?.Reports.PerClerk is true, today, cancellationToken);
                progress(++count, key.Value);
            }

            entries.Clear();
        }
    }

    private async Task SaveAsync(QueueKey key, IAsyncEnumerable<JournalEntry> entries, bool perClerk, DateOnly today,
        CancellationToken cancellationToken)
    {
        var (version, events) = (0L, new List<QueueEvent>());
        try
        {
            await foreach (var entry in entries.WithCancellation(cancellationToken))
            {
                events.AddRange(EntryContent<QueueEvent>.Read(entry).Events);
                version = entry.Version;
            }
        }
        catch (InvalidDataException)
        {
            // The day is reported up to the entry that cannot be read; the other days are whole.
        }

        var day = DayFacts.Of(key, events, perClerk);
        var settled = (day.Ended && key.Day < today) || key.Day.AddDays(DaysUntilSettled) < today;
        await store.SaveAsync(day, new(version, settled, MarkOf(perClerk)));
    }

    public void Dispose() => _reading.Dispose();

    private static string MarkOf(bool perClerk) =>
        string.Create(CultureInfo.InvariantCulture, $"{DayFacts.Form}{(perClerk ? "+clerks" : "")}");
}
