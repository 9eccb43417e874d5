namespace Aufruf.Simulation;

/// <summary>Everything that can go wrong in a simulated day. A long run in which one of them never happened proves nothing and
/// fails.</summary>
internal enum Fault
{
    MessageLost,
    MessageTwice,
    MessageOvertaken,
    ConnectionCut,
    Partition,
    DeviceCrash,
    PowerCutInWrite,
    DeviceDiskFull,
    ClockStep,
    PrinterBlocked,
    PrintUncertain,
    HubCrash,
    HubFrozen,
    HubClockStep,
    LeaseMoved,
    ReminderLate,
    ReminderTwice,
    DeadlineAgain,
    Rebuild,
    ClerksSwitched,
    CommitUnheard,
    JournalDown,
    JournalDoubt,
    JournalSlow,
    SecondActivation,
    VersionConflict,
    Deactivation,
    SnapshotUsed,
    SnapshotLost,
    SnapshotOld,
    ScreenCut,
    ScreenGap,
    ScreenError,
    RequestLost,
    ResponseLost,
    ImpatientPress,
}

/// <summary>How often each fault happened.</summary>
internal sealed class Tally
{
    private readonly long[] _faults = new long[Enum.GetValues<Fault>().Length];

    public long Presses { get; set; }
    public long Requests { get; set; }
    public long Tickets { get; set; }
    public long Calls { get; set; }
    public long Ignored { get; set; }
    public long Slips { get; set; }
    public long Deadlines { get; set; }
    public long Cancelled { get; set; }
    public long Entries { get; set; }
    public long Messages { get; set; }
    public long Steps { get; set; }
    public long Checks { get; set; }

    public long this[Fault fault] => _faults[(int)fault];

    public long FaultCount => _faults.Sum();

    public void Add(Fault fault) => _faults[(int)fault]++;

    public void Add(Tally day)
    {
        Presses += day.Presses;
        Requests += day.Requests;
        Tickets += day.Tickets;
        Calls += day.Calls;
        Ignored += day.Ignored;
        Slips += day.Slips;
        Deadlines += day.Deadlines;
        Cancelled += day.Cancelled;
        Entries += day.Entries;
        Messages += day.Messages;
        Steps += day.Steps;
        Checks += day.Checks;
        foreach (var fault in Enum.GetValues<Fault>())
        {
            _faults[(int)fault] += day[fault];
        }
    }

    public IEnumerable<Fault> Missing => Enum.GetValues<Fault>().Where(fault => this[fault] == 0);
}
