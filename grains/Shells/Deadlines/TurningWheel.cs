using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Deadlines;

namespace Aufruf.Grains.Deadlines;

using Shell = Journaled<Wheel, WheelCommand, WheelEvent>;

/// <summary>Wakes one wheel: Orleans does it in the hub.</summary>
public interface IWakeUp
{
    /// <summary>The reminder, which outlives this process; null: none is set.</summary>
    Task<IGrainReminder?> FindReminderAsync();

    /// <summary>It comes after a time, and again after each period. It takes the place of the one before.</summary>
    Task SetReminderAsync(TimeSpan after, TimeSpan period);

    /// <summary>Only this one: one that was set later stays.</summary>
    Task RemoveReminderAsync(IGrainReminder reminder);

    /// <summary>Turns the wheel once after a time, while it is in memory.</summary>
    void SetTimer(TimeSpan after);

    /// <summary>The wheel need not stay in memory.</summary>
    void Leave();
}

/// <summary>A wheel that is turned in time. One reminder wakes it; while it is in memory, a timer knows the exact time.</summary>
public sealed class TurningWheel(string stream, Shell wheel, IJournal journal, DueWork work, IWakeUp wakeUp, TimeProvider clock)
{
    // The shortest period that Orleans takes. A wheel that is not empty is never without a reminder.
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    // Orleans takes no more than 49 days; then it looks again.
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(30);

    // Until then the reminder is enough, and the wheel need not stay in memory.
    private static readonly TimeSpan Near = TimeSpan.FromHours(1);

    private DateTimeOffset? _remindedAt;

    /// <summary>The reminder comes first: without it, nothing would wake for an entry that a crash leaves behind.</summary>
    public async Task<Answer<WheelEvent>> HandleAsync(RequestId request, WheelCommand command)
    {
        if (command is WheelCommand.SetDeadline { Deadline: var deadline })
        {
            var open = (await wheel.ViewAsync(await journal.LastVersionAsync(stream))).State.Open.Values;
            await RemindAtAsync(open.Select(d => d.DueAt).Append(deadline.DueAt).Min());
        }

        var answer = await wheel.Handle(request, command);
        Wake(TimeSpan.Zero);
        return answer;
    }

    /// <summary>Carries out what is due. True: the wheel is empty.</summary>
    public async Task<bool> TurnAsync()
    {
        var reminder = await wakeUp.FindReminderAsync(); // Before the look: one that another activation sets meanwhile is not removed.
        _remindedAt = reminder is null ? null : _remindedAt;
        if (await work.TurnAsync() is { } pause)
        {
            await RemindAtAsync(clock.GetUtcNow() + pause);
            Wake(pause);
            return false;
        }

        await (reminder is null ? Task.CompletedTask : wakeUp.RemoveReminderAsync(reminder));
        wakeUp.Leave();
        return true;
    }

    /// <summary>A reminder that has come comes again each minute, until it gets a later time.</summary>
    private async Task RemindAtAsync(DateTimeOffset at)
    {
        var now = clock.GetUtcNow();
        at = at < now ? now : at > now + Furthest ? now + Furthest : at;
        if (_remindedAt is not { } before || at < (before > now ? before : now) || at > (before > now ? before : now) + Period)
        {
            await wakeUp.SetReminderAsync(at - now, Period);
            _remindedAt = at;
        }
    }

    private void Wake(TimeSpan pause)
    {
        if (pause > Near)
        {
            wakeUp.Leave();
        }
        else
        {
            wakeUp.SetTimer(pause);
        }
    }
}
