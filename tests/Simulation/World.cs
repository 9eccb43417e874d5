using System.Globalization;
using Aufruf.Domain.Deadlines;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Offices;
using Aufruf.Simulation.Clockwork;
using Aufruf.Simulation.Devices;
using Aufruf.Simulation.Hub;
using Aufruf.Simulation.Promises;

namespace Aufruf.Simulation;

/// <summary>One town hall for one day, with everything in it: what the rooms of the simulator share.</summary>
internal sealed class World : IDisposable
{
    private const int Remembered = 40;
    private readonly Queue<string> _recent = new();
    private ulong _hash = 14695981039346656037; // FNV-1a

    public World(ulong seed, Sabotage sabotage = Sabotage.None, TextWriter? verbose = null)
    {
        (Sabotage, _verbose) = (sabotage, verbose);
        Chance = new Chance(seed);
        Scheduler = new Scheduler(new Chance(Chance.Next()), Town.Morning(Chance), Break);
        Office = Town.Build(Chance);
        Offices = new OfficeDirectory(Office);
        Clerks = new() { [Office.Key] = Chance.Hits(0.5) };
        Truth = new Truth(this);
        Offices.SitsElsewhere = Truth.SitsElsewhere;
        Witness = new Witness(this);
        DueList = new DueList(this);
        Disk = new SimulatedDisk(Written);
        Workers = new OneThread(Scheduler);
        Rows = new RowsDatabase(this);
        Network = new Network(this);
        Cluster = new Cluster(this);
        Devices = [.. Office.Devices.Select(device => new SimulatedDevice(this, device))];
    }

    private readonly TextWriter? _verbose;

    public Chance Chance { get; }
    public Scheduler Scheduler { get; }
    public VirtualTime Clock => Scheduler.Clock;
    public Office Office { get; }
    public OfficeDirectory Offices { get; }
    public Truth Truth { get; }
    public Witness Witness { get; }
    public DueList DueList { get; }
    public TaskScheduler Workers { get; }

    /// <summary>The reports' rows, which survive every hub.</summary>
    public RowsDatabase Rows { get; }

    /// <summary>Whether the office has figures of single clerks.</summary>
    public Dictionary<string, bool> Clerks { get; set; }

    public SimulatedDisk Disk { get; }
    public Network Network { get; }
    public Cluster Cluster { get; }
    public IReadOnlyList<SimulatedDevice> Devices { get; }
    public Sabotage Sabotage { get; }
    public Tally Tally { get; } = new();

    /// <summary>After closing time people send no requests.</summary>
    public bool IsClosed { get; set; }

    /// <summary>The last minutes before midnight, without presses: see "Known holes" in the README.</summary>
    public bool IsNearMidnight => Office.LocalTime(Clock.Now) is { Hour: 23, Minute: >= 55 };

    /// <summary>No fault is left, and none will come: everything must now be settled.</summary>
    public bool IsHealed { get; set; }

    /// <summary>The first promise that was broken; null while all are kept.</summary>
    public string? Broken { get; private set; }

    public string Hash => _hash.ToString("x16", CultureInfo.InvariantCulture);

    public IEnumerable<string> Recent => _recent;

    public TimeSpan Pause(double leastSeconds, double mostSeconds) =>
        Chance.Between(TimeSpan.FromSeconds(leastSeconds), TimeSpan.FromSeconds(mostSeconds));

    public void Break(string sentence)
    {
        if (Broken is null)
        {
            Broken = sentence;
            Log($"BROKEN: {sentence}");
        }
    }

    /// <summary>Checks one promise.</summary>
    public void Promise(bool kept, Func<string> sentence)
    {
        Tally.Checks++;
        if (!kept)
        {
            Break(sentence());
        }
    }

    public bool Happens(Fault fault, double probability)
    {
        if (IsHealed || !Chance.Hits(probability))
        {
            return false;
        }

        Tally.Add(fault);
        return true;
    }

    public void Dispose() => Rows.Dispose();

    private void Written(JournalEntry stored)
    {
        switch (stored.Stream.Split('/')[0])
        {
            case QueueKey.StreamKind:
                Truth.Written(stored);
                break;
            case Wheel.StreamKind:
                DueList.WrittenInWheel(stored);
                break;
            default:
                DueList.WrittenBadge(stored);
                break;
        }
    }

    public void Log(FormattableString what)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{Clock.Now:HH:mm:ss.fff} {what.ToString(CultureInfo.InvariantCulture)}");
        foreach (var letter in line)
        {
            _hash = (_hash ^ letter) * 1099511628211;
        }

        _recent.Enqueue(line);
        if (_recent.Count > Remembered)
        {
            _recent.Dequeue();
        }

        _verbose?.WriteLine(line);
    }
}
