using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Deadlines;
using Aufruf.Grains;
using Aufruf.Grains.Deadlines;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Aufruf.Tests.Grains;

/// <summary>A wheel that is not empty is never without a reminder, also beside another hub.</summary>
public class TurningWheelTests
{
    private static readonly string Stream = Wheel.StreamOf("alsdorf", SmallOffice.Nine);

    private readonly MemoryJournal _journal = new();
    private readonly FakeTimeProvider _clock = new(SmallOffice.Nine);
    private readonly Reminders _reminders = new();

    private sealed class Reminders : IWakeUp
    {
        private sealed class Reminder : IGrainReminder
        {
            public string ReminderName => "due";
        }

        public IGrainReminder? Set { get; private set; }

        public TimeSpan? After { get; private set; }

        public Task<IGrainReminder?> FindReminderAsync() => Task.FromResult(Set);

        public Task SetReminderAsync(TimeSpan after, TimeSpan period)
        {
            (Set, After) = (new Reminder(), after);
            return Task.CompletedTask;
        }

        public Task RemoveReminderAsync(IGrainReminder reminder)
        {
            Set = Set == reminder ? null : Set;
            return Task.CompletedTask;
        }

        public void SetTimer(TimeSpan after)
        {
        }

        public void Leave()
        {
        }
    }

    private sealed class Steady : ISteadyClock
    {
        public bool IsSteady() => true;
    }

    private TurningWheel Activate()
    {
        var shell = Journaled.Of<Wheel, WheelCommand, WheelEvent>(Stream, _journal, new Heard<Wheel, WheelEvent>(), _clock);
        var work = new DueWork(Stream, shell, [], new Steady(), new(_clock), _clock, NullLogger.Instance);
        return new(Stream, shell, _journal, work, _reminders, _clock);
    }

    private static Task<Answer<WheelEvent>> SetAsync(TurningWheel wheel, string about, double minutes) =>
        wheel.HandleAsync(new RequestId(Guid.NewGuid()),
            new WheelCommand.SetDeadline(new("badge", about, SmallOffice.Nine.AddMinutes(minutes))));

    [Fact]
    public async Task A_reminder_that_another_hub_removed_is_set_again()
    {
        var here = Activate();
        await SetAsync(here, "anna", 20);
        await _reminders.RemoveReminderAsync(_reminders.Set!); // It read the wheel before the deadline stood in it.
        await here.TurnAsync();
        Assert.NotNull(_reminders.Set);
        Assert.Equal(TimeSpan.FromMinutes(20), _reminders.After);
    }

    [Fact]
    public async Task An_earlier_deadline_moves_the_reminder_and_a_later_one_does_not()
    {
        var wheel = Activate();
        await SetAsync(wheel, "anna", 20);
        var set = _reminders.Set;
        await SetAsync(wheel, "berta", 30);
        Assert.Equal((set, TimeSpan.FromMinutes(20)), (_reminders.Set, _reminders.After));
        await SetAsync(wheel, "clara", 5);
        Assert.Equal(TimeSpan.FromMinutes(5), _reminders.After);
    }

    [Fact]
    public async Task An_empty_wheel_has_no_reminder()
    {
        var wheel = Activate();
        await SetAsync(wheel, "anna", 20);
        await wheel.HandleAsync(new RequestId(Guid.NewGuid()), new WheelCommand.CancelDeadline("badge/anna"));
        await wheel.TurnAsync();
        Assert.Null(_reminders.Set);
    }
}
