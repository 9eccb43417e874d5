using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Deadlines;
using Aufruf.Grains;
using Aufruf.Grains.Deadlines;
using Aufruf.Simulation.Clockwork;

namespace Aufruf.Simulation.Hub;

using Shell = Journaled<Wheel, WheelCommand, WheelEvent>;

/// <summary>One activation of a wheel: the grains' own one, with a timer and a reminder of the simulator. As in Orleans, one call at a
/// time.</summary>
internal sealed class SimulatedWheel : IWakeUp
{
    private readonly Turns _turns = new();
    private readonly World _world;
    private readonly HubProcess _hub;
    private readonly string _stream;
    private readonly TurningWheel _wheel;
    private readonly ITimer _timer;

    public SimulatedWheel(World world, HubProcess hub, string stream, Shell shell, Func<SimulatedWheel, DueWork> work)
    {
        (_world, _hub, _stream) = (world, hub, stream);
        _wheel = new(stream, shell, hub.Journal, work(this), this, hub.Machine.Clock);
        _timer = world.Clock.CreateTimer(_ => world.Scheduler.Start("A wheel's timer", ComeAsync), null, Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    public DateTimeOffset TurnBegan { get; private set; }

    public Task<Answer<WheelEvent>> HandleAsync(RequestId request, WheelCommand command) =>
        _turns.TakeAsync(() => _wheel.HandleAsync(request, command));

    public Task<bool> TurnAsync() => _turns.TakeAsync(() =>
    {
        TurnBegan = _world.Clock.Now;
        return _wheel.TurnAsync();
    });

    /// <summary>Orleans logs that a timer failed. The reminder comes again.</summary>
    private async Task ComeAsync()
    {
        await _hub.Alive;
        try
        {
            await TurnAsync();
        }
        catch (Exception error) when (SimulatedReminders.IsExpected(error))
        {
            _world.Log($"{_hub.Machine.Name}: {_stream} was not turned: {error.Message}");
        }
    }

    async Task<IGrainReminder?> IWakeUp.FindReminderAsync()
    {
        await _hub.Journal.AnswerAsync();
        return _world.Cluster.Reminders.Find(_stream);
    }

    async Task IWakeUp.SetReminderAsync(TimeSpan after, TimeSpan period)
    {
        await _hub.Journal.AnswerAsync();
        _world.Cluster.Reminders.Set(_stream, after, period);
    }

    async Task IWakeUp.RemoveReminderAsync(IGrainReminder reminder)
    {
        await _hub.Journal.AnswerAsync();
        _world.Cluster.Reminders.Remove(_stream, reminder);
    }

    void IWakeUp.SetTimer(TimeSpan after) => _timer.Change(after, Timeout.InfiniteTimeSpan);

    void IWakeUp.Leave()
    {
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _hub.Deadlines.Wheels.Leave(_stream, this);
    }
}

/// <summary>A wheel as one of several hubs reaches it.</summary>
internal sealed class ClusterWheel(Cluster cluster, HubProcess hub, string stream) : IWheelGrain
{
    public Task<Answer<WheelEvent>> Handle(RequestId request, WheelCommand command) =>
        cluster.CallAsync(hub, stream, home => home.Deadlines.Wheels.Of(stream).HandleAsync(request, command));

    public Task<bool> Turn() => cluster.CallAsync(hub, stream, home => home.Deadlines.Wheels.Of(stream).TurnAsync());

    // Only people who look at a wheel call these, and no simulated one does.
    public Task<Wheel> View(long? atLeast = null) => throw new NotSupportedException();

    public Task ReadAgain() => throw new NotSupportedException();
}
