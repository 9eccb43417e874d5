using System.Data.Common;
using Aufruf.Contracts;
using Aufruf.Domain.Queues;
using Aufruf.Domain.Reports;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Projections;
using Aufruf.Grains.Subscriptions;
using Microsoft.Extensions.Logging;

namespace Aufruf.Grains.Reports;

/// <summary>Keeps the days of the reports: a row for each queue and day.</summary>
/// <param name="clerks">The configured offices, and whether each of them wants figures of single clerks. Others do not.</param>
public sealed class ReportProjection(ReportStore store, IJournal journal, Func<IReadOnlyDictionary<string, bool>> clerks, ILeases leases,
    TimeProvider clock, ILogger<ReportProjection> log) : Projection("reports", QueueKey.StreamKind, store, journal, leases, clock, log)
{
    // Days that have not ended: more areas than any installation has. A forgotten one is read again when it changes.
    private const int MostDays = 4096;

    private const int DaysAtOnce = 20;

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Dictionary<string, DayFold> _days = [];
    private readonly HashSet<DayFold> _changed = [];
    private IReadOnlyDictionary<string, bool> _obeyed = new Dictionary<string, bool>();

    /// <summary>The days asked for, up to this moment, or up to an earlier one that is answered too.</summary>
    /// <exception cref="JournalUnavailableException">The journal or the rows cannot be read now.</exception>
    public async Task<(IReadOnlyList<DayFacts> Days, DateTimeOffset? Until)> ReadAsync(ReportScope scope,
        CancellationToken cancellationToken, TimeSpan? patience = null)
    {
        var (office, query) = (scope.Office, scope.Query);
        try
        {
            var end = await Journal.LastPositionAsync(cancellationToken);
            var until = await ReachAsync(end, patience ?? Patience, cancellationToken);
            var days = new List<DayFacts>();
            await foreach (var day in store.ReadAsync(office.Key, query.From, query.To, cancellationToken))
            {
                if (query.Area is null || query.Area == day.Queue.Area)
                {
                    days.Add(office.Reports.PerClerk ? day : day.WithoutClerks());
                }
            }

            return (days, until);
        }
        catch (DbException error)
        {
            throw new JournalUnavailableException($"The reports cannot be read: {error.Message}", error);
        }
    }

    protected override void Forget()
    {
        _days.Clear();
        _changed.Clear();
        _obeyed = new Dictionary<string, bool>();
    }

    protected override Task TakeAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        var days = entries.GroupBy(entry => entry.Stream).Select(day => (Fold: FoldOf(day.Key), Entries: day)).ToArray();
        _changed.UnionWith(days.Select(day => day.Fold).OfType<DayFold>());
        var options = new ParallelOptions { TaskScheduler = Workers, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(days, options, async (day, stop) =>
        {
            if (day.Fold is not { } fold)
            {
                return;
            }

            foreach (var entry in day.Entries)
            {
                if (fold.Lacks(entry))
                {
                    await fold.ReadAsync(Journal, stop); // After a restart: the present day.
                }

                fold.Take(entry);
            }
        });
    }

    /// <summary>Null: the stream is not a queue's.</summary>
    private DayFold? FoldOf(string stream) => _days.TryGetValue(stream, out var day) ? day
        : QueueKey.TryParseStream(stream, out var key) ? _days[stream] = new(key.Value) : null;

    protected override async Task SaveAsync(MakeStatement make, long generation)
    {
        var (offices, processors) = (clerks(), Math.Min(Environment.ProcessorCount, Workers.MaximumConcurrencyLevel));
        foreach (var some in _changed.Chunk(DaysAtOnce))
        {
            foreach (var row in some.AsParallel().WithDegreeOfParallelism(processors).Select(RowOf))
            {
                await ReportStore.SaveAsync(make, generation, row);
            }
        }

        ReportRow RowOf(DayFold day) => day.Row(perClerk: offices.GetValueOrDefault(day.Key.OfficeKey));
    }

    protected override void Saved()
    {
        foreach (var day in _changed.Where(day => day.Ended))
        {
            _days.Remove(day.Key.Stream);
        }

        if (_days.Count > MostDays)
        {
            foreach (var day in _days.Values.Where(day => !_changed.Contains(day)).ToArray())
            {
                _days.Remove(day.Key.Stream);
            }
        }

        _changed.Clear();
    }

    public override Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(base.RunAsync(cancellationToken), ObeyAsync(cancellationToken));

    /// <summary>Looks whether offices have switched figures of single clerks off or on.</summary>
    private async Task ObeyAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var wanted = clerks();
            try
            {
                if (_obeyed.Count != wanted.Count || wanted.Any(office => _obeyed.GetValueOrDefault(office.Key) != office.Value))
                {
                    _obeyed = await ObeyAsync(wanted, cancellationToken) ? wanted : _obeyed;
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is DbException or JournalUnavailableException)
            {
                ReportLog.ClerksWait(log, error.Message);
            }

            await Task.Delay(LookAgain, Clock, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    /// <summary>Deletes the clerks where they are not wanted, and reads the days again where they are wanted and missing.</summary>
    /// <returns>False: another hub does the second.</returns>
    internal async Task<bool> ObeyAsync(IReadOnlyDictionary<string, bool> wanted, CancellationToken cancellationToken)
    {
        var kept = await store.OfficesAsync(cancellationToken);
        foreach (var (office, _) in kept.Where(office => office.Clerks && !wanted.GetValueOrDefault(office.Office)))
        {
            await store.ForgetClerksAsync(office, cancellationToken);
        }

        var missing = kept.Where(office => !office.Clerks && wanted.GetValueOrDefault(office.Office)).ToArray();
        foreach (var (office, _) in missing.Where(_ => Subscription.IsHere))
        {
            while (await AddClerksAsync(office, cancellationToken))
            {
            }
        }

        return missing.Length == 0 || Subscription.IsHere;
    }

    /// <returns>False: there is nothing left to do.</returns>
    private async Task<bool> AddClerksAsync(string office, CancellationToken cancellationToken)
    {
        var read = new List<ReportRow>();
        foreach (var key in await store.WithoutClerksAsync(office, DaysAtOnce, cancellationToken))
        {
            var day = new DayFold(key);
            await day.ReadAsync(Journal, cancellationToken);
            read.Add(day.Row(perClerk: true));
        }

        return read.Count > 0 && await store.AddClerksAsync(read, cancellationToken) > 0;
    }
}

internal static partial class ReportLog
{
    [LoggerMessage(2310, LogLevel.Warning,
        "The clerks in the reports are not brought up to the configuration yet; it is tried again. {Reason}")]
    public static partial void ClerksWait(ILogger log, string reason);
}
