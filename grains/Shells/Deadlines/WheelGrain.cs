using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Deadlines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aufruf.Grains.Deadlines;

/// <summary>The deadlines of one authority and day. One reminder wakes it; while it is awake, a timer knows the exact time.</summary>
[KeepAlive]
internal sealed class WheelGrain : AggregateGrain<Wheel, WheelCommand, WheelEvent>, IWheelGrain, IRemindable
{
    private const string Reminder = "due";

    // The shortest period that Orleans takes. A wheel that is not empty is never without a reminder.
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    // Orleans takes no more than 49 days; then it looks again.
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(30);

    // Until then the reminder is enough, and the grain need not stay in memory.
    private static readonly TimeSpan Near = TimeSpan.FromHours(1);

    private readonly TimeProvider _clock;
    private readonly DueWork _work;
    private readonly IGrainTimer _timer;
    private DateTimeOffset? _remindedAt;

    public WheelGrain(IGrainContext context) : base(context)
    {
        var services = context.ActivationServices;
        _clock = services.GetRequiredService<TimeProvider>();
        _work = new(Stream, Shell, services.GetServices<IDeadlineHandler>(), services.GetRequiredService<ISteadyClock>(),
            services.GetRequiredService<LateDeadlines>(), _clock, services.GetRequiredService<ILogger<WheelGrain>>());
        _timer = this.RegisterGrainTimer(Turn, new(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
    }

    /// <summary>The reminder comes first: without it, nothing would wake for an entry that a crash leaves behind.</summary>
    public override async Task<Answer<WheelEvent>> Handle(RequestId request, WheelCommand command)
    {
        if (command is WheelCommand.SetDeadline { Deadline: var deadline })
        {
            var open = (await View()).Open.Values;
            await RemindAtAsync(open.Select(d => d.DueAt).Append(deadline.DueAt).Min());
        }

        var answer = await base.Handle(request, command);
        Wake(TimeSpan.Zero);
        return answer;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => Turn();

    public async Task<bool> Turn()
    {
        var reminder = await this.GetReminder(Reminder); // Before the look: one that another activation sets meanwhile is not removed.
        await ReadAgain();
        if (await _work.TurnAsync() is { } pause)
        {
            await RemindAtAsync(_clock.GetUtcNow() + pause);
            Wake(pause);
            return false;
        }

        await (reminder is null ? Task.CompletedTask : this.UnregisterReminder(reminder));
        DeactivateOnIdle();
        return true;
    }

    /// <summary>A reminder that has come comes again each minute, until it gets a later time.</summary>
    private async Task RemindAtAsync(DateTimeOffset at)
    {
        var now = _clock.GetUtcNow();
        at = at < now ? now : at > now + Furthest ? now + Furthest : at;
        if (_remindedAt is not { } before || at < (before > now ? before : now) || at > (before > now ? before : now) + Period)
        {
            await this.RegisterOrUpdateReminder(Reminder, at - now, Period);
            _remindedAt = at;
        }
    }

    private void Wake(TimeSpan pause)
    {
        if (pause > Near)
        {
            DeactivateOnIdle();
        }
        else
        {
            _timer.Change(pause, Timeout.InfiniteTimeSpan);
        }
    }
}
