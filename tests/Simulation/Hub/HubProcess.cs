using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Grains;
using Aufruf.Grains.Reports;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub;
using Aufruf.Hub.Api;
using Aufruf.Hub.Clustering;
using Aufruf.Hub.Forecasting;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Push;
using Aufruf.Hub.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aufruf.Simulation.Hub;

/// <summary>One run of the hub, from its start to its crash: the hub's own rooms, wired without broker, Orleans and web server.</summary>
internal sealed class HubProcess : IProcess, IDeviceLink, IDisposable
{
    private static readonly Task Never = new TaskCompletionSource().Task;

    private static readonly PublicAddress Address = new("https://aufruf.example");

    private readonly World _world;
    private readonly CancellationTokenSource _stop = new();
    // Without "run continuations asynchronously": Task.WhenAny would use the thread pool, and all work must stay on this thread.
    private readonly TaskCompletionSource _gone = new();
    private readonly TaskCompletionSource _declaredDead = new();
    private readonly Dictionary<string, byte[]> _retained = [];

    private readonly Standstill _standstill;
    private TaskCompletionSource? _frozen;

    public HubProcess(World world, HubMachine machine)
    {
        (_world, Machine, _standstill) = (world, machine, new(world.Clock));
        Journal = new SimulatedJournal(world, () => Alive);
        Queues = new ShellQueues(world, machine, Journal, Announcer);
        var (vault, reach) = (new Vault(new MemoryVaultKeys()), new ClusterQueues(world.Cluster, this));
        Transfers = new(reach, world.Offices, vault, NullLogger<TransferPost>.Instance);
        Reach = new FurtherQueues(reach, world.Offices, Transfers, area => Areas?.Of(area).Now?.Queue, world.Clock);
        Areas = new LiveAreas(Reach, Journal, world.Clock, NullLogger<LiveAreas>.Instance);
        Printer = new SlipPrinter(Reach, this, world.Clock, Address);
        (Troubles, Fleet) = (new(world.Clock), new(world.Clock));
        Slips = new SlipResults(Reach, Printer, Fleet, Troubles, world.Clock);
        var limits = new GatewayLimits(world.Sabotage is Sabotage.HubCarriesOutOldPresses ? TimeSpan.FromHours(1) : Limits.StalePress);
        Events = new DeviceEvents(world.Offices, Reach, this, Printer, NewCode, new NoForecasts(), _standstill, world.Clock, limits);
        Tools = new ScreenTools(Areas, world.Offices, Fleet, Troubles, vault, new NoForecasts(),
            new NoAppointments(),
            world.Clock, new(world.Clock, new ListeningLog(world)));
        Deadlines = new(world, this);
    }

    public HubMachine Machine { get; }

    public string Name => Machine.Name;

    public SimulatedJournal Journal { get; }

    public HubDeadlines Deadlines { get; }

    /// <summary>The queues that live in this process.</summary>
    public ShellQueues Queues { get; }

    /// <summary>All queues, wherever they live.</summary>
    public IQueues Reach { get; }

    public LiveAreas Areas { get; }
    public Fleet Fleet { get; }
    public DeskTroubles Troubles { get; }
    public SlipPrinter Printer { get; }
    public SlipResults Slips { get; }
    public DeviceEvents Events { get; }
    public ScreenTools Tools { get; }
    public TransferPost Transfers { get; }
    public DeskCommands Commands => new(_world.Offices, Reach, Transfers, new LocalTurns(), _world.Clock);
    public TicketIssuer TicketIssuer => new(Reach, Printer, Fleet, NewCode, new NoForecasts(), Address, _world.Clock);

    /// <summary>Reads today's queues and publishes the faces, as HubStart does. Then the hub accepts connections.</summary>
    public async Task StartAsync()
    {
        await FollowAsync();
        await Areas.ReadTodayAsync(_world.Office);
        foreach (var area in _world.Office.Areas.Select(a => Areas.Of($"{_world.Office.Key}.{a.Id}")))
        {
            area.Add(new FacePublisher(area, _world.Offices, this, _world.Clock, Tools.Log));
        }

        ILeases leases = _world.Cluster.Machines.Count > 1 ? _world.Cluster.Leases.Of(this) : OneHub.Only;
        Run("The transfers", new Transferring(Transfers, Reach, new(Journal, _world.Cluster.Checkpoints, leases, _world.Clock),
            NullLogger<Transferring>.Instance).RunAsync);
        Run("The reports", Reports(leases).RunAsync);
        Run("The wheels after a start", Deadlines.Office.RunAsync);
        Run("The look for standstills", LookForStandstillsAsync);
        Run("The hub's beats", new Beats(Areas, _world.Offices, this, _world.Clock, Tools.Log, NullLogger<Beats>.Instance).RunAsync);
        Run("The turn of the day", stop =>
            NewDaysAsync(new NewDays(_world.Offices, Areas, Reach, Tools.Vault, Deadlines.Office,
                new ClockWatch(_world.Clock, Machine.Time, NullLogger<ClockWatch>.Instance), _world.Clock,
                NullLogger<NewDays>.Instance), stop));
        IsUp = true;
    }

    /// <summary>As Following: what other hubs write, and whether this hub knows it.</summary>
    private async Task FollowAsync()
    {
        var others = new Announcements<Queue, QueueEvent>(Journal, Areas,
            stream => Queue.Empty(QueueKey.TryParseStream(stream, out var key) ? key.Value : default),
            (queue, happened) => queue.Apply(happened));
        var subscription = new Subscription("queues of other hubs", QueueKey.StreamKind, Journal, others,
            _world.Clock, NullLogger.Instance);
        try
        {
            await others.BeginAsync(_stop.Token);
        }
        catch (DiskDownException error)
        {
            throw new JournalUnavailableException(error.Message, error);
        }

        Run("What other hubs write", subscription.RunAsync);
        Run("The question what others wrote", stop =>
            new Currency(Journal, [subscription], _world.Clock).RunAsync(isCurrent => Areas.IsCurrent = isCurrent, stop));
    }

    /// <summary>The reports' rows, in the database that all hubs share.</summary>
    private ReportProjection Reports(ILeases leases)
    {
        var journal = _world.Sabotage is not Sabotage.ReportsLoseEntries ? Journal
            : new SimulatedJournal(_world, () => Alive) { Hides = entry => entry.Hash.Span[0] < 8 };
        return new(_world.Rows.Open(Journal), journal, () => _world.Clerks, leases, _world.Clock,
            NullLogger<ReportProjection>.Instance)
        {
            Workers = _world.Workers,
        };
    }

    public bool IsUp { get; private set; }

    /// <summary>Completed when the process is dead.</summary>
    public Task Gone => _gone.Task;

    /// <summary>Completes when the process runs: it may stand still, and wake minutes later.</summary>
    public Task Awake => _frozen?.Task ?? Task.CompletedTask;

    /// <summary>Never completes when the process is dead: what it was doing goes no further.</summary>
    public Task StillThere => _gone.Task.IsCompleted ? Never : Task.CompletedTask;

    /// <summary>Completes when the process runs, and never when it is dead.</summary>
    public Task Alive => _gone.Task.IsCompleted ? Never : Awake;

    /// <summary>Completes when the other hubs no longer count on this one. It does not know it.</summary>
    public Task DeclaredDead => _declaredDead.Task;

    public bool IsDeclaredDead
    {
        get => DeclaredDead.IsCompleted;
        set => _ = value && _declaredDead.TrySetResult();
    }

    public void Freeze() => _frozen ??= new();

    public void Thaw()
    {
        var frozen = _frozen;
        _frozen = null;
        frozen?.TrySetResult();
    }

    /// <summary>Ends the process; its memory is lost.</summary>
    public void Dispose()
    {
        IsUp = false;
        Journal.Die();
        _stop.Cancel();
        _stop.Dispose();
        _gone.TrySetResult();
    }

    /// <summary>Ends the process while its next entry is being written.</summary>
    public void DieInWrite() => Journal.DieInWrite = () => Machine.Crash(this);

    /// <summary>While true, a call reaches one of two activations of a grain, by chance.</summary>
    public bool IsSplit
    {
        set => Queues.Activations.IsSplit = Deadlines.Wheels.IsSplit = Deadlines.Badges.IsSplit = value;
    }

    public void Deactivate()
    {
        Queues.Activations.Deactivate();
        Deadlines.Wheels.Deactivate();
        Deadlines.Badges.Deactivate();
    }

    public byte[]? Retained(string topic) => _retained.GetValueOrDefault(topic);

    async Task IDeviceLink.PublishAsync(string topic, byte[] payload, bool retain)
    {
        await Awake;
        await _world.Scheduler.PauseAsync(_world.Pause(0, 0.001));
        if (retain)
        {
            _retained[topic] = payload;
        }

        if (IsUp)
        {
            _world.Network.Publish(this, topic, payload);
        }
    }

    private TicketCode NewCode() => new(_world.Chance.NewGuid().ToString("N")[..16]);

    private IAnnouncer<Queue, QueueEvent> Announcer() => _world.Sabotage is Sabotage.ScreensRunAhead ? new EarlyAnnouncer(Areas) : Areas;

    private void Run(string who, Func<CancellationToken, Task> life) => _world.Scheduler.Start(who, async () =>
    {
        try
        {
            await life(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The process is dead.
        }
    });

    private async Task LookForStandstillsAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await _world.Scheduler.PauseAsync(TimeSpan.FromSeconds(0.5));
            await Awake;
            _standstill.LookNow();
        }
    }

    /// <summary>A background service that fails stops the whole hub; systemd starts it again.</summary>
    private async Task NewDaysAsync(NewDays days, CancellationToken stop)
    {
        try
        {
            await days.RunAsync(stop);
        }
        catch (JournalUnavailableException)
        {
            _world.Log($"{Machine.Name}: ends, the new day could not be read");
            Machine.Crash(this);
        }
    }

    /// <summary>Shows screens a version that is not in the journal.</summary>
    private sealed class EarlyAnnouncer(LiveAreas areas) : IAnnouncer<Queue, QueueEvent>
    {
        public void Announce(string stream, long version, Queue state, IReadOnlyList<QueueEvent>? happened) =>
            areas.Announce(stream, version + 1, state, null);
    }
}
