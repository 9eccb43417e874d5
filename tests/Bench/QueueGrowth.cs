using System.Diagnostics;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Microsoft.Extensions.Logging.Abstractions;
using static Aufruf.Domain.Queues.QueueCommand;

namespace Aufruf.Bench;

/// <summary>The cost of one call with 2,000 waiting against ten, and of a restart against reading the entries.</summary>
/// <remarks>"recovery" is a restart from the last snapshot. "replay" is one without a snapshot, when every entry counts again.</remarks>
internal static class QueueGrowth
{
    private const int Few = 10;
    private const int Many = 2000;
    private const int Calls = 1500;
    private const int PureCalls = 20_000;

    private static readonly ServiceId[] Services = [.. Enumerable.Range(0, 4).Select(n => new ServiceId($"service-{n}"))];
    private static readonly WaitingArea Hall =
        new("hall", new(), [.. Services.Select((id, n) => new Service(id, (char)('A' + n), new(), 8))],
        [.. Enumerable.Range(1, 8)
            .Select(n => new Counter(new($"{n}"), $"{n}", [Services[n % 4], Services[(n + 1) % 4], Services[(n + 2) % 4]]))], []);
    private static readonly Setting Setting = new(new(new("town", new()), "office", new(), "", "Europe/Berlin", ["de"], [Hall], [], []),
        Hall);

    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("aufruf-bench-").FullName;
        try
        {
            await using var journal = new SqliteJournal(Path.Combine(folder, "aufruf.db"));
            var (few, many) = await CallsAsync(journal);
            Figures.Print("queue_growth.call.few.p50", few.Median(), "us");
            Figures.Print("queue_growth.call.many.p50", many.Median(), "us");
            Figures.Print("queue_growth.cost_ratio", many.Median() / few.Median(), "x");
            var (pureFew, pureMany) = Pure();
            Figures.Print("queue_growth.pure.few", pureFew, "us");
            Figures.Print("queue_growth.pure.many", pureMany, "us");
            Figures.Print("queue_growth.pure_ratio", pureMany / pureFew, "x");
            var (entries, read, recovered, replayed) = await RecoveryAsync(journal, folder);
            Figures.Print("queue_growth.entries", entries, "entries");
            Figures.Print("queue_growth.read", read, "ms");
            Figures.Print("queue_growth.replay", replayed, "ms");
            Figures.Print("queue_growth.replay_ratio", replayed / read, "x");
            Figures.Print("queue_growth.recovery", recovered, "ms");
            Figures.Print("queue_growth.recovery_ratio", recovered / read, "x");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Turn by turn, so that both meet the same disk.</summary>
    private static async Task<(List<double> Few, List<double> Many)> CallsAsync(SqliteJournal journal)
    {
        var (few, many) = (new Shell(journal, "few"), new Shell(journal, "many"));
        await few.FillAsync(Few);
        await many.FillAsync(Many);
        List<double> fews = [], manys = [];
        for (var i = 0; i < Calls; i++)
        {
            var (one, other) = i % 2 == 0 ? (await few.CallAsync(), await many.CallAsync())
                : Swapped(await many.CallAsync(), await few.CallAsync());
            if (i >= Calls / 5)
            {
                fews.Add(one);
                manys.Add(other);
            }
        }

        return (fews, manys);

        static (double, double) Swapped(double a, double b) => (b, a);
    }

    /// <summary>Decide and apply alone, in microseconds a call; the better of three rounds.</summary>
    private static (double Few, double Many) Pure()
    {
        var (few, many) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < 5; round++)
        {
            few = Math.Min(few, PureCall(Few));
            many = Math.Min(many, PureCall(Many));
        }

        return (few, many);
    }

    private static double PureCall(int waiting)
    {
        var queue = Queue.Empty(QueueKey.Parse("town.office.hall.2026-11-23"));
        var now = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
        var taken = 0;
        for (; taken < waiting; taken++)
        {
            queue = Do(queue, Take(taken), now.AddSeconds(taken));
        }

        var ticks = 0L;
        for (var i = 0; i < PureCalls; i++)
        {
            var at = now.AddSeconds(taken);
            var began = Stopwatch.GetTimestamp();
            queue = Do(queue, new CallNext(Hall.Counters[i % 8].Id) { Became = VisitOutcome.Served }, at);
            ticks += Stopwatch.GetTimestamp() - began;
            queue = Do(queue, Take(taken++), at);
        }

        return ticks * 1e6 / Stopwatch.Frequency / PureCalls;
    }

    private static Queue Do(Queue queue, QueueCommand command, DateTimeOffset now)
    {
        var events = queue.Decide(command, Setting, now).Events;
        for (var i = 0; i < events.Count; i++)
        {
            queue = queue.Apply(events[i]);
        }

        return queue;
    }

    private static TakeTicket Take(int n) => new(new(Guid.CreateVersion7()), new($"code-{n}"), Services[n % 4], "de");

    private static async Task<(int Entries, double Read, double Recovered, double Replayed)> RecoveryAsync(
        SqliteJournal journal, string folder)
    {
        string stream;
        await using (var snapshots = Snapshots(folder))
        {
            var day = new Shell(journal, "day", snapshots);
            stream = day.Stream;
            await day.FillAsync(Many);
            for (var i = 0; i < Many; i++)
            {
                await day.ServeAsync(Hall.Counters[i % 8].Id);
            }
        }

        List<double> reads = [], recoveries = [], replays = [];
        var entries = 0;
        for (var round = 0; round < 7; round++)
        {
            reads.Add(await MillisecondsAsync(async () =>
            {
                entries = 0;
                await foreach (var entry in journal.ReadAsync(stream, 0, CancellationToken.None))
                {
                    entries += entry.Entry.Length > 0 ? 1 : 0;
                }
            }));
            replays.Add(await MillisecondsAsync(() => new Shell(journal, "day").ReadBackAsync()));
            await using var snapshots = Snapshots(folder);
            recoveries.Add(await MillisecondsAsync(() => new Shell(journal, "day", snapshots).ReadBackAsync()));
        }

        return (entries, reads.Median(), recoveries.Median(), replays.Median());
    }

    private static async Task<double> MillisecondsAsync(Func<Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static SnapshotFiles<Queue> Snapshots(string folder) =>
        new(Path.Combine(folder, "snapshots"), Queue.Schema, TimeProvider.System, NullLogger.Instance);

    /// <summary>The entries of a day are spread over its eight hours, though the bench writes them in seconds.</summary>
    private sealed class DayClock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 11, 23, 7, 0, 0, TimeSpan.Zero);

        public void Tick() => _now += TimeSpan.FromHours(8) / (4 * Many);

        public override DateTimeOffset GetUtcNow() => _now;

        public override long GetTimestamp() => _now.Ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    }

    private sealed class Shell
    {
        private readonly DayClock _clock = new();
        private readonly Journaled<Queue, QueueCommand, QueueEvent> _shell;
        private int _taken;
        private int _called;

        public Shell(IJournal journal, string area, ISnapshots<Queue>? snapshots = null)
        {
            Stream = $"town.office.{area}.2026-11-23";
            _shell = new(Stream, journal, new NoScreens(), _clock, Queue.Empty(QueueKey.Parse(Stream)),
                (queue, command, now) => queue.Decide(command, Setting, now), (queue, happened) => queue.Apply(happened), snapshots,
                command => command.Compared(), keepsAllRequests: true);
        }

        public string Stream { get; }

        public async Task FillAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                await DoAsync(Take(_taken++));
            }
        }

        /// <summary>Microseconds of one call; then another ticket is taken, so that as many wait as before.</summary>
        public async Task<double> CallAsync()
        {
            var command = new CallNext(Hall.Counters[_called++ % 8].Id) { Became = VisitOutcome.Served };
            var began = Stopwatch.GetTimestamp();
            await DoAsync(command);
            var cost = Stopwatch.GetElapsedTime(began).TotalMicroseconds;
            await DoAsync(Take(_taken++));
            return cost;
        }

        public async Task ServeAsync(CounterId counter)
        {
            await DoAsync(new CallNext(counter));
            await DoAsync(new MarkArrived(counter));
            await DoAsync(new Finish(counter));
        }

        public async Task ReadBackAsync() => await _shell.ViewAsync();

        private async Task DoAsync(QueueCommand command)
        {
            _clock.Tick();
            await _shell.Handle(new(Guid.CreateVersion7()), command);
        }
    }

    private sealed class NoScreens : IAnnouncer<Queue, QueueEvent>
    {
        public void Announce(string stream, long version, Queue state, IReadOnlyList<QueueEvent>? happened)
        {
        }
    }
}
