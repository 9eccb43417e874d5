namespace Aufruf.Simulation.Clockwork;

/// <summary>The one thread of a simulated world. What is ready runs in an order drawn by chance; when nothing is ready, time jumps to the next timer.</summary>
internal sealed class Scheduler : SynchronizationContext
{
    private readonly Chance _chance;
    private readonly Action<string> _broken;
    private readonly List<(SendOrPostCallback Callback, object? State)> _ready = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;

    public Scheduler(Chance chance, DateTimeOffset start, Action<string> broken)
    {
        (_chance, _broken) = (chance, broken);
        Clock = new VirtualTime(start);
    }

    public VirtualTime Clock { get; }

    /// <summary>How many continuations and timers have run.</summary>
    public long Steps { get; private set; }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            _broken("Something ran on another thread: the day cannot be replayed.");
        }

        _ready.Add((d, state));
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing in a simulated day may block.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Something goes on from now on; that it throws is a broken promise.</summary>
    public void Start(string who, Func<Task> life) => Post(_ => _ = LiveAsync(who, life), null);

    /// <summary>Continues later, when others may have had their turn.</summary>
    public Task PauseAsync(TimeSpan time)
    {
        // Not Task.Delay: this one comes back by Post, so that chance decides among all that wake at one instant.
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Clock.CreateTimer(_ => over.TrySetResult(), null, time, Timeout.InfiniteTimeSpan);
        return over.Task;
    }

    /// <summary>Something happens at a time; among all that is due then, chance decides.</summary>
    public void At(DateTimeOffset time, Action what) =>
        Clock.CreateTimer(_ => Post(static act => ((Action)act!)(), what), null, time > Clock.Now ? time - Clock.Now : TimeSpan.Zero, Timeout.InfiniteTimeSpan);

    /// <summary>Runs until the condition holds or the time has come; false when it was the time.</summary>
    public bool Run(Func<bool> until, DateTimeOffset end)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            while (!until())
            {
                if (_ready.Count > 0)
                {
                    var pick = _chance.Below(_ready.Count);
                    var (callback, state) = _ready[pick];
                    _ready[pick] = _ready[^1];
                    _ready.RemoveAt(_ready.Count - 1);
                    callback(state);
                }
                else if (!Clock.FireNext(end))
                {
                    return false;
                }

                Steps++;
            }

            return true;
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    private async Task LiveAsync(string who, Func<Task> life)
    {
        try
        {
            await life();
        }
        catch (Exception error)
        {
            _broken($"{who} ended with an error nobody expects: {error}");
        }
    }
}
