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
internal sealed class World : Stage, IDisposable
{
    public World(ulong seed, Sabotage sabotage = Sabotage.None, TextWriter? verbose = null)
        : base(seed, Town.Morning, sabotage, verbose)
    {
        Office = Town.Build(Chance);
        Offices = new OfficeDirectory(Office);
        Clerks = new() { [Office.Key] = Chance.Hits(0.5) };
        Truth = new Truth(this);
        Offices.SitsElsewhere = Truth.SitsElsewhere;
        Witness = new Witness(this);
        DueList = new DueList(this);
        Workers = new OneThread(Scheduler);
        Rows = new RowsDatabase(this);
        Network = new Network(this);
        Cluster = new Cluster(this);
        Devices = [.. Office.Devices.Select(device => new SimulatedDevice(this, device))];
    }

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

    public Network Network { get; }
    public Cluster Cluster { get; }
    public IReadOnlyList<SimulatedDevice> Devices { get; }

    /// <summary>After closing time people send no requests.</summary>
    public bool IsClosed { get; set; }

    /// <summary>The last minutes before midnight, without presses: see "Known holes" in the README.</summary>
    public bool IsNearMidnight => Office.LocalTime(Clock.Now) is { Hour: 23, Minute: >= 55 };

    public void Dispose() => Rows.Dispose();

    protected override void Written(JournalEntry stored)
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
}
