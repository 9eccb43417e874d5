using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Deadlines;
using Aufruf.Grains;
using Aufruf.Grains.Deadlines;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub;
using Aufruf.Hub.Cases;
using Aufruf.Hub.Cases.Notices;
using Aufruf.Hub.Cases.Payments;
using Aufruf.Hub.Connectors.Mail;
using Aufruf.Hub.Connectors.Payments;
using Aufruf.Hub.Deadlines;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Running;
using Aufruf.Simulation.Hub;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Aufruf.Simulation.Cases;

/// <summary>One run of a hub, from its start to its crash: its own rooms of cases and payments, without Orleans and web server.</summary>
internal sealed class CaseHub : IProcess, IDisposable
{
    private static readonly Task Never = new TaskCompletionSource().Task;

    private readonly CaseTown _town;
    private readonly CaseMachine _machine;
    private readonly IServiceProvider _services;
    private readonly CancellationTokenSource _stop = new();
    // Without "run continuations asynchronously": Task.WhenAny would use the thread pool, and all work must stay on this thread.
    private readonly TaskCompletionSource _gone = new();
    private readonly FollowUp[] _followers;
    private readonly LateDeadlines _late;
    private readonly Dictionary<Type, object> _shells = [];

    public CaseHub(CaseTown town, CaseMachine machine)
    {
        (_town, _machine, _late) = (town, machine, new(machine.Clock));
        Journal = new(town, () => Alive);
        Vault = new(town.Keys, machine.Clock);
        _services = Compose();
        _followers =
        [
            Get<DraftProcess>(), Get<CaseClocks>(), Get<StockProcess>(), Get<CaseNotices>(), Get<OverdueNotices>(),
            Get<CaseClaimProcess>(), Get<ClaimProcess>(), Get<PaymentWatch>(),
        ];
    }

    public string Name => _machine.Name;
    public SimulatedJournal Journal { get; }
    public Vault Vault { get; }
    public TimeProvider Clock => _machine.Clock;
    public Task Gone => _gone.Task;
    public Task Alive => _gone.Task.IsCompleted ? Never : Task.CompletedTask;

    /// <summary>While true, a call reaches one of two activations of a grain, by chance.</summary>
    public bool IsSplit { get; set; }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>The sentences about work that could not be done yet, and the subscriptions that are behind.</summary>
    public IEnumerable<string> Open() => _followers.Where(follower => follower.Subscription.IsHere).SelectMany(follower =>
        follower.StuckFor(TimeSpan.Zero).Select(stuck => $"{follower.Subscription.Name}: {stuck.Stream}: {stuck.Reason}")
            .Concat(follower.Subscription.Reached < _town.Disk.LastPosition ? [$"{follower.Subscription.Name} is behind"] : []))
        .Concat(_late.All.Select(late => $"{late.Stream}: {late.Kind}: {late.Reason}"));

    /// <summary>This hub runs them, or does so soon: of two hubs one has the lease.</summary>
    public IEnumerable<string> Runs() => _followers.Where(follower => follower.Subscription.IsHere)
        .Select(follower => follower.Subscription.Name);

    public int Followers => _followers.Length;

    public async Task StartAsync()
    {
        await FollowAsync<CitizenCase, CaseEvent>(CitizenCase.StreamKind, () => Get<CaseCopies>().IsWhole = true);
        await FollowAsync<Claim, ClaimEvent>(Claim.StreamKind, () => Get<ClaimCopies>().IsWhole = true);
        foreach (var follower in _followers)
        {
            Run(follower.Subscription.Name, follower.RunAsync);
        }
    }

    /// <summary>Ends the process; its memory is lost.</summary>
    public void Dispose()
    {
        Journal.Die();
        _stop.Cancel();
        _stop.Dispose();
        _gone.TrySetResult();
    }

    /// <summary>Ends the process while its next entry is being written.</summary>
    public void DieInWrite() => Journal.DieInWrite = () =>
    {
        if (_machine.Now == this)
        {
            _machine.Crash();
        }
    };

    /// <summary>Orleans deactivates idle grains; the next call reads them back.</summary>
    public void Deactivate() => _shells.Clear();

    public Activations<Journaled<TState, TCommand, TEvent>> Shells<TState, TCommand, TEvent>()
        where TState : class, IAggregate<TState, TCommand, TEvent> where TCommand : class
    {
        if (!_shells.TryGetValue(typeof(TState), out var known))
        {
            if (!_machine.Snapshots.TryGetValue(typeof(TState), out var snapshots))
            {
                _machine.Snapshots[typeof(TState)] = snapshots = new SimulatedSnapshots<TState>(_town);
            }

            _shells[typeof(TState)] = known = new Activations<Journaled<TState, TCommand, TEvent>>(_town, stream =>
                Journaled.Of<TState, TCommand, TEvent>(stream, Journal, Get<IAnnouncer<TState, TEvent>>(), Clock,
                    (ISnapshots<TState>)snapshots));
        }

        var shells = (Activations<Journaled<TState, TCommand, TEvent>>)known;
        shells.IsSplit = IsSplit;
        return shells;
    }

    /// <summary>The id of a request as its grain gets it.</summary>
    public RequestId Seen(RequestId request) =>
        _town.Sabotage is Sabotage.HubForgetsRequestIds && _town.Chance.Hits(0.5) ? _town.NewRequest() : request;

    /// <summary>Calls the grain of a stream where it lives. When that hub dies, the outcome is unknown to the caller.</summary>
    public async Task<T> CallAsync<T>(string stream, Func<CaseHub, Task<T>> call)
    {
        await Alive;
        if (!_town.Homes.TryGetValue(stream, out var home) || home.Gone.IsCompleted)
        {
            _town.Homes[stream] = home = _town.Chance.Of([.. _town.Up.Append(this)]);
        }

        if (home != this)
        {
            await _town.Scheduler.PauseAsync(_town.Pause(0.0003, 0.004));
        }

        var answer = call(home);
        var isAnswered = home == this || await Task.WhenAny(answer, home.Gone) == answer;
        await Alive;
        return isAnswered ? await answer : throw new HubGoneException(home.Name);
    }

    /// <summary>Carries out what is due in a wheel that lives here. Another clock than the wheel's may be a little behind.</summary>
    public Task<TimeSpan?> TurnAsync(string wheel) => new DueWork(wheel, Shells<Wheel, WheelCommand, WheelEvent>().Of(wheel),
        [new CaseClockEnd(Get<IGrainFactory>()), new StockReturn(Get<IGrainFactory>()), Get<PaymentWatch>()],
        new Steady(), _late, Clock, NullLogger.Instance).TurnAsync();

    /// <summary>As the readers of the hub: it reads all while it works already.</summary>
    private async Task FollowAsync<TState, TEvent>(string kind, Action isWhole)
    {
        var announcements = Get<Announcements<TState, TEvent>>();
        try
        {
            await announcements.BeginAsync(_stop.Token);
        }
        catch (DiskDownException error)
        {
            throw new JournalUnavailableException(error.Message, error);
        }

        Run($"The {kind} streams of other hubs", new Subscription(kind, kind, Journal, announcements, Clock, NullLogger.Instance).RunAsync);
        Run($"All {kind} streams", async stop =>
        {
            while (!await TryAsync(() => announcements.CatchUpAllAsync(kind, stop)))
            {
                await _town.Scheduler.PauseAsync(_town.Pause(1, 3));
            }

            isWhole();
        });
    }

    /// <summary>A hub that cannot read the journal at its start ends, and its service starts it again. Here it tries again.</summary>
    private static async Task<bool> TryAsync(Func<Task> read)
    {
        try
        {
            await read();
            return true;
        }
        catch (DiskDownException)
        {
            return false;
        }
    }

    private void Run(string who, Func<CancellationToken, Task> life) => _town.Scheduler.Start(who, async () =>
    {
        try
        {
            await life(_stop.Token);
        }
        catch (OperationCanceledException) when (_gone.Task.IsCompleted)
        {
            // The process is dead.
        }
    });

    private ServiceProvider Compose()
    {
        ServiceCollection services = new();
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>)).AddSingleton(Options.Create(new HubOptions()))
            .AddAggregates("").AddCases();
        services.AddPayments()
            .AddSingleton<IJournal>(Journal).AddSingleton<ICheckpoints>(_town.Checkpoints).AddSingleton(_town.Leases.Of(this))
            .AddSingleton(Clock).AddSingleton(Vault).AddSingleton<IVaultContents>(_town.Contents)
            .AddSingleton(CaseGrains.FactoryOf(this)).AddSingleton<IDeadlines>(new CaseDeadlines(this))
            .AddSingleton(new AppointmentSecrets(_town.KeyFile)).AddSingleton(new SealedMail(Vault))
            .AddSingleton(new PublicAddress("https://aufruf.example")).AddSingleton(new MailOptions())
            .AddSingleton(new UnreadableStreams(Clock, NullLogger.Instance)).AddSingleton(new OfficeDirectory())
            .AddSingleton(_town.Staff.NewCache(Clock)).AddSingleton(CaseGrains.NoQueues)
            .AddSingleton(new PaymentProviders(new() { [CaseTown.Authority] = ("lying", _town.Provider.For(this)) }))
            .AddSingleton(CaseLaw.Procedures);
        return services.BuildServiceProvider();
    }

    private sealed class Steady : ISteadyClock
    {
        public bool IsSteady() => true;
    }
}

/// <summary>Deadlines are set in the wheel of their day, wherever it lives.</summary>
internal sealed class CaseDeadlines(CaseHub hub) : IDeadlines
{
    public Task SetAsync(string authority, RequestId request, Deadline deadline) =>
        DoAsync(authority, request, deadline, new WheelCommand.SetDeadline(deadline));

    public Task CancelAsync(string authority, RequestId request, Deadline deadline) =>
        DoAsync(authority, request, deadline, new WheelCommand.CancelDeadline(deadline.Id));

    private Task<Answer<WheelEvent>> DoAsync(string authority, RequestId request, Deadline deadline, WheelCommand command)
    {
        var wheel = Wheel.StreamOf(authority, deadline.DueAt);
        return hub.CallAsync(wheel, home => home.Shells<Wheel, WheelCommand, WheelEvent>().Of(wheel).Handle(request, command));
    }
}
