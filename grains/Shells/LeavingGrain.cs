using Aufruf.Contracts;
using Aufruf.Domain;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Grains;

/// <summary>So long a case, a draft, a claim or a list stays in memory without a call.</summary>
public sealed record IdleTime(TimeSpan Longest);

/// <summary>The grain of an aggregate of which there are more every day. It leaves when it is idle, and reads itself again.</summary>
/// <remarks>Orleans' own collection is switched off (KeepAlive): after the clock has stepped back it would let no grain in.</remarks>
internal abstract class LeavingGrain<TState, TCommand, TEvent> : AggregateGrain<TState, TCommand, TEvent>
    where TState : class, IAggregate<TState, TCommand, TEvent> where TCommand : class
{
    private readonly TimeProvider _clock;
    private readonly TimeSpan _longest;
    private readonly IGrainTimer _timer;
    private long _usedAt;

    protected LeavingGrain(IGrainContext context) : base(context)
    {
        _clock = context.ActivationServices.GetRequiredService<TimeProvider>();
        _longest = context.ActivationServices.GetRequiredService<IdleTime>().Longest;
        _usedAt = _clock.GetTimestamp();
        _timer = this.RegisterGrainTimer(LeaveWhenIdle, new(_longest, Timeout.InfiniteTimeSpan));
    }

    public override Task<Answer<TEvent>> Handle(RequestId request, TCommand command)
    {
        _usedAt = _clock.GetTimestamp();
        return base.Handle(request, command);
    }

    public override Task<TState> View(long? atLeast = null)
    {
        _usedAt = _clock.GetTimestamp();
        return base.View(atLeast);
    }

    /// <summary>The timer is set anew only where it rings, so a call costs nothing.</summary>
    private Task LeaveWhenIdle()
    {
        if (_longest - _clock.GetElapsedTime(_usedAt) is { Ticks: > 0 } rest)
        {
            _timer.Change(rest, Timeout.InfiniteTimeSpan);
        }
        else
        {
            DeactivateOnIdle();
        }

        return Task.CompletedTask;
    }
}
