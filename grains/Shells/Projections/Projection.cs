using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;
using Microsoft.Extensions.Logging;

namespace Aufruf.Grains.Projections;

/// <summary>A table that follows the journal. It may be dropped and filled again while it is read.</summary>
/// <remarks>A subclass takes entries, keeps in memory what has changed, and saves those rows when the base asks.</remarks>
public abstract class Projection : ISubscriber, IFollower
{
    // A row that changes with every entry is saved once per so many entries.
    private const int EntriesPerSave = 20_000;

    private const int EntriesAtOnce = 1_000;

    // As with forecasts: the rest is for the presses. A reader that waits makes it hurry.
    private const int RestPerWork = 19;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(25);

    private readonly ProjectionStore _store;
    private Generation _filled = new(0, 0, DateTimeOffset.UnixEpoch);
    private List<JournalEntry> _next = [];
    private Task _taking = Task.CompletedTask;
    private DateTimeOffset _until;
    private Action<long> _progress = _ => { };

    /// <param name="kind">The kind of streams it follows.</param>
    protected Projection(string name, string kind, ProjectionStore store, IJournal journal, ILeases leases, TimeProvider clock, ILogger log)
    {
        (_store, Journal, Clock) = (store, journal, clock);
        Subscription = new(name, kind, journal, this, clock, log)
        {
            Leases = leases,
            EntriesPerCheckpoint = EntriesPerSave,
            RestPerWork = RestPerWork,
        };
        Rebuilding = new(name, kind, journal, this, clock, log) { EntriesPerCheckpoint = EntriesPerSave };
    }

    public Subscription Subscription { get; }

    /// <summary>The threads that read entries while the next ones come. The simulator has only one.</summary>
    public TaskScheduler Workers { get; init; } = TaskScheduler.Default;

    protected IJournal Journal { get; }

    protected TimeProvider Clock { get; }

    private Subscription Rebuilding { get; }

    /// <summary>Forgets what was taken and not saved, and all that was remembered of the rows.</summary>
    protected abstract void Forget();

    /// <summary>Takes some entries, in the order of their positions. The next ones are read meanwhile.</summary>
    protected abstract Task TakeAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken);

    /// <summary>Saves the rows that have changed since the last time.</summary>
    /// <param name="make">Makes a statement of the transaction in which the position is saved too.</param>
    protected abstract Task SaveAsync(MakeStatement make, long generation);

    /// <summary>Called after the rows became durable.</summary>
    protected abstract void Saved();

    public virtual Task RunAsync(CancellationToken cancellationToken) => Subscription.RunAsync(cancellationToken);

    async Task<long> ISubscriber.BeginAsync(CancellationToken cancellationToken)
    {
        // Of a run that failed meanwhile.
        await _taking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        (_taking, _next) = (Task.CompletedTask, []);
        Forget();
        _filled = await _store.BeginAsync(Clock.GetUtcNow(), cancellationToken);
        if (_filled.Position > await Journal.LastPositionAsync(cancellationToken))
        {
            _filled = await _store.BeginAgainAsync(Clock.GetUtcNow(), cancellationToken); // An older journal was put back.
        }

        _until = _filled.Until;
        return _filled.Position;
    }

    Task ISubscriber.TakeAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        _until = entry.At;
        _next.Add(entry);
        return _next.Count < EntriesAtOnce ? Task.CompletedTask : TakeNextAsync(cancellationToken);
    }

    private async Task TakeNextAsync(CancellationToken cancellationToken)
    {
        await _taking;
        var entries = _next;
        _next = [];
        _taking = Task.Factory.StartNew(() => TakeAsync(entries, cancellationToken), cancellationToken, TaskCreationOptions.DenyChildAttach,
            Workers).Unwrap();
    }

    async Task ISubscriber.KeepAsync(long position, CancellationToken cancellationToken)
    {
        await TakeNextAsync(cancellationToken);
        await _taking;
        _filled = await _store.SaveAsync(_filled, position, _until, Clock.GetUtcNow(), make => SaveAsync(make, _filled.Number),
            cancellationToken);
        Saved();
        _progress(position);
    }

    /// <summary>Waits until the rows hold all entries up to a position, whichever hub saves them.</summary>
    /// <returns>Null: they do. Otherwise the time up to which they are complete.</returns>
    public async Task<DateTimeOffset?> ReachAsync(long position, TimeSpan patience, CancellationToken cancellationToken)
    {
        Subscription.Hurry(position);
        for (var began = Clock.GetTimestamp(); ;)
        {
            var served = await _store.FindAsync(cancellationToken);
            if (served?.Position >= position && served.Position <= await Journal.LastPositionAsync(cancellationToken))
            {
                return null; // Rows beyond the journal are of another one, which was put aside.
            }

            if (Clock.GetElapsedTime(began) >= patience)
            {
                return served?.Until ?? DateTimeOffset.UnixEpoch;
            }

            await Task.Delay(LookAgain, Clock, cancellationToken);
        }
    }

    /// <summary>Fills a new generation from the whole journal and serves it, also beside a hub that follows the journal.</summary>
    /// <remarks>It may be interrupted: until the end, the old rows are served. Not on an object that follows the journal.</remarks>
    /// <param name="progress">Called with the percentage that is done.</param>
    public async Task RebuildAsync(Action<int> progress, CancellationToken cancellationToken)
    {
        Forget();
        var goal = await Journal.LastPositionAsync(cancellationToken);
        _filled = await _store.OpenNextAsync(goal, Clock.GetUtcNow(), cancellationToken);
        _until = _filled.Until;
        _progress = position => progress((int)(100 * Math.Min(position, goal) / Math.Max(1, goal)));
        var reached = await Rebuilding.CatchUpAsync(0, cancellationToken);
        await Rebuilding.CatchUpAsync(reached, cancellationToken); // Entries that came meanwhile.
        await _store.ServeAsync(_filled, cancellationToken);
    }

    public async Task<IReadOnlyList<(string Sentence, DateTimeOffset Since)>> TroublesAsync(TimeSpan longer,
        CancellationToken cancellationToken) => await _store.RebuiltAsync(Clock.GetUtcNow(), cancellationToken) is { } percent
        ? [($"{Subscription.Name}: they are being rebuilt, {percent} % is done. The old ones are served meanwhile.", Clock.GetUtcNow())]
        : [];
}
