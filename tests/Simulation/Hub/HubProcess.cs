using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Grains;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub;
using Aufruf.Hub.Api;
using Aufruf.Hub.Clustering;
using Aufruf.Hub.Deadlines;
using Aufruf.Hub.Forecasting;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Push;
using Aufruf.Hub.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aufruf.Simulation.Hub;

/// <summary>One run of the hub, from its start to its crash: the hub's own rooms, wired without broker, Orleans and web server.</summary>
internal sealed class HubProcess : IDeviceLink, IDisposable
{
    private static readonly PublicAddress Address = new("https://aufruf.example");

    private readonly World _world;
    private readonly SimulatedJournal _journal;
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
        _journal = new SimulatedJournal(world, () => Awake);
        Queues = new ShellQueues(world, machine, _journal, Announcer);
        Reach = new ClusterQueues(world.Cluster, this);
        Areas = new LiveAreas(Reach, world.Clock, NullLogger<LiveAreas>.Instance);
        Printer = new SlipPrinter(Reach, this, world.Clock, Address);
        (Troubles, Fleet) = (new(world.Clock), new(world.Clock));
        Slips = new SlipResults(Reach, Printer, Fleet, Troubles, world.Clock);
        var limits = new GatewayLimits(world.Sabotage is Sabotage.HubCarriesOutOldPresses ? TimeSpan.FromHours(1) : Limits.StalePress);
        Events = new DeviceEvents(world.Offices, Reach, this, Printer, NewCode, new NoForecasts(), _standstill, world.Clock, limits);
        Tools = new ScreenTools(Areas, world.Offices, Fleet, Troubles, new Vault(new MemoryVaultKeys()), new NoForecasts(), new NoAppointments(),
            world.Clock, new(world.Clock, new ListeningLog(world)));
        Transfers = new(Reach, world.Offices, Tools.Vault, NullLogger<TransferPost>.Instance);
    }

    public HubMachine Machine { get; }

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

        Run("The transfers", new Transferring(Transfers, Reach, _journal, _world.Cluster.Checkpoints, OneHub.Only, _world.Clock,
            NullLogger<Transferring>.Instance).RunAsync);
        Run("The look for standstills", LookForStandstillsAsync);
        Run("The hub's beats", new Beats(Areas, _world.Offices, this, _world.Clock, Tools.Log, NullLogger<Beats>.Instance).RunAsync);
        Run("The turn of the day", stop =>
            NewDaysAsync(new NewDays(_world.Offices, Areas, Reach, Tools.Vault, new NoDeadlines(),
                new ClockWatch(_world.Clock, Machine.Time, NullLogger<ClockWatch>.Instance), _world.Clock,
                NullLogger<NewDays>.Instance), stop));
        IsUp = true;
    }

    /// <summary>As Following: what other hubs write, and whether this hub knows it.</summary>
    private async Task FollowAsync()
    {
        var others = new Announcements<Queue, QueueEvent>(_journal, Areas,
            stream => Queue.Empty(QueueKey.TryParseStream(stream, out var key) ? key.Value : default),
            (queue, happened) => queue.Apply(happened));
        var subscription = new Subscription("queues of other hubs", QueueKey.StreamKind, _journal, others,
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
            new Currency(_journal, [subscription], _world.Clock).RunAsync(isCurrent => Areas.IsCurrent = isCurrent, stop));
    }

    public bool IsUp { get; private set; }

    /// <summary>Completed when the process is dead.</summary>
    public Task Gone => _gone.Task;

    /// <summary>Completes when the process runs: it may stand still, and wake minutes later.</summary>
    public Task Awake => _frozen?.Task ?? Task.CompletedTask;

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
        _journal.Die();
        _stop.Cancel();
        _stop.Dispose();
        _gone.TrySetResult();
    }

    /// <summary>Ends the process while its next entry is being written.</summary>
    public void DieInWrite() => _journal.DieInWrite = () => Machine.Crash(this);

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

    /// <summary>The keys of simulated remarks live as long as the process.</summary>
    private sealed class NoDeadlines : IDeadlines
    {
        public Task SetAsync(string authority, RequestId request, Domain.Deadlines.Deadline deadline) => Task.CompletedTask;

        public Task CancelAsync(string authority, RequestId request, Domain.Deadlines.Deadline deadline) => Task.CompletedTask;
    }

    /// <summary>Shows screens a version that is not in the journal.</summary>
    private sealed class EarlyAnnouncer(LiveAreas areas) : IAnnouncer<Queue, QueueEvent>
    {
        public void Announce(string stream, long version, Queue state, IReadOnlyList<QueueEvent>? happened) =>
            areas.Announce(stream, version + 1, state, null);
    }
}
