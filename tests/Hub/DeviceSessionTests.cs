using System.Text.Json;
using Aufruf.Contracts;
using Aufruf.Edge.Protocol;
using Aufruf.Hub.Gateway;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Time.Testing;

namespace Aufruf.Tests.Hub;

/// <summary>How old a press is, whatever the clocks say.</summary>
public class DeviceSessionTests
{
    private static readonly TimeSpan Nearly = TimeSpan.FromMilliseconds(5);

    private readonly FakeTimeProvider _clock = new(SmallOffice.Nine);
    private readonly DeviceSession _session;

    public DeviceSessionTests() => _session = new(_clock, new Standstill(new FakeTimeProvider()));

    private static DeviceEvent Press(long mono, long? sent, string boot = "b-1", DateTimeOffset? at = null, ClockState clock =
        ClockState.Synced) =>
        new(1, Guid.NewGuid(), 1, boot, mono, sent, at ?? SmallOffice.Nine, clock, DeviceEventTypes.ButtonPressed, default(JsonElement));

    private void AssertAge(double seconds, TimeSpan? age) =>
        Assert.InRange(age ?? TimeSpan.MaxValue, TimeSpan.FromSeconds(seconds) - Nearly, TimeSpan.FromSeconds(seconds) + Nearly);

    [Fact]
    public void The_first_message_after_the_hub_stood_still_may_have_waited_all_the_time()
    {
        var session = new DeviceSession(_clock, new Standstill(_clock));

        _clock.Advance(TimeSpan.FromSeconds(30));

        AssertAge(30, session.AgeOf(Press(5_000, 5_000)));
        _clock.Advance(TimeSpan.FromSeconds(1));
        AssertAge(30 + 2, session.AgeOf(Press(4_000, 6_000))); // It may have waited too: nothing is known of this boot.
    }

    [Fact]
    public void A_device_that_was_heard_before_is_trusted_after_the_hub_stood_still()
    {
        var standstill = new Standstill(_clock);
        var session = new DeviceSession(_clock, standstill);
        session.AgeOf(Press(5_000, 5_000));

        _clock.Advance(TimeSpan.FromSeconds(30));

        AssertAge(30, session.AgeOf(Press(5_000, 5_000)));
        AssertAge(0, session.AgeOf(Press(35_000, 35_000)));
    }

    [Fact]
    public void A_press_that_is_sent_at_once_is_new() => AssertAge(0, _session.AgeOf(Press(5_000, 5_000)));

    [Fact]
    public void A_press_that_waited_in_the_outbox_is_as_old_as_it_waited() => AssertAge(20, _session.AgeOf(Press(5_000, 25_000)));

    [Fact]
    public void A_press_that_was_held_up_on_the_way_is_as_old_as_it_took()
    {
        _session.AgeOf(Press(5_000, 5_000));
        _clock.Advance(TimeSpan.FromSeconds(30));
        AssertAge(20, _session.AgeOf(Press(15_000, 15_000))); // Made ten seconds after the first, arriving thirty after it.
    }

    [Fact]
    public void A_press_sent_again_grows_older()
    {
        AssertAge(1, _session.AgeOf(Press(4_000, 5_000)));
        _clock.Advance(TimeSpan.FromSeconds(9));
        AssertAge(10, _session.AgeOf(Press(4_000, 14_000)));
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(3600)]
    public void A_device_clock_that_steps_by_an_hour_makes_no_press_old_or_young(int step)
    {
        AssertAge(0, _session.AgeOf(Press(5_000, 5_000)));
        _clock.Advance(TimeSpan.FromSeconds(10));
        AssertAge(2, _session.AgeOf(Press(13_000, 15_000, at: SmallOffice.Nine.AddSeconds(step))));
    }

    [Fact]
    public void After_a_restart_of_the_device_its_monotonic_clock_starts_anew()
    {
        AssertAge(0, _session.AgeOf(Press(900_000, 900_000)));
        _clock.Advance(TimeSpan.FromSeconds(60));
        AssertAge(0, _session.AgeOf(Press(1_000, 1_000, boot: "b-2")));
    }

    [Fact]
    public void A_press_from_before_a_restart_is_dated_by_a_clock_that_was_set() =>
        AssertAge(90, _session.AgeOf(Press(5_000, null, at: SmallOffice.Nine.AddSeconds(-90))));

    [Theory]
    [InlineData(ClockState.Unset)]
    [InlineData(ClockState.Estimated)]
    public void A_press_from_before_a_restart_by_a_clock_nobody_set_has_no_age(ClockState clock) =>
        Assert.Null(_session.AgeOf(Press(5_000, null, clock: clock)));

    [Fact]
    public void A_press_from_the_future_has_no_age() => Assert.Null(_session.AgeOf(Press(5_000, null, at: SmallOffice.Nine.AddHours(1))));

    [Theory]
    [InlineData(50e-6)]
    [InlineData(-50e-6)]
    public void A_crystal_that_is_a_little_off_makes_no_press_old_in_a_month(double off)
    {
        for (var hour = 0; hour < 24 * 31; hour++)
        {
            var mono = (long)(hour * 3_600_000L * (1 + off));
            Assert.InRange(_session.AgeOf(Press(mono, mono)) ?? TimeSpan.MaxValue, TimeSpan.Zero, TimeSpan.FromSeconds(1));
            _clock.Advance(TimeSpan.FromHours(1));
        }
    }

    [Fact]
    public void After_a_quiet_night_a_held_up_press_is_still_seen_to_be_old()
    {
        _session.AgeOf(Press(0, 0));
        var night = TimeSpan.FromHours(12);
        _clock.Advance(night + TimeSpan.FromSeconds(30));
        var mono = (long)night.TotalMilliseconds;
        Assert.True(_session.AgeOf(Press(mono, mono)) > TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData(long.MinValue, 0L)]
    [InlineData(long.MaxValue, 0L)]
    [InlineData(0L, long.MinValue)]
    [InlineData(0L, long.MaxValue)]
    [InlineData(long.MinValue, long.MaxValue)]
    public void Absurd_numbers_give_an_age_and_no_error(long mono, long sent)
    {
        Assert.NotNull(_session.AgeOf(Press(mono, sent)));
        Assert.NotNull(_session.AgeOf(Press(0, 0)));
    }

    [Fact]
    public async Task Two_copies_at_one_moment_are_one_decision_and_share_its_fate()
    {
        var (id, journal, decisions) = (Guid.NewGuid(), new TaskCompletionSource<EventAnswer>(), 0);
        Task<EventAnswer> Copy() => _session.DecideOnceAsync(id, () =>
        {
            decisions++;
            return journal.Task;
        });

        var (first, second) = (Copy(), Copy());
        journal.SetException(new JournalUnavailableException());
        await Assert.ThrowsAsync<JournalUnavailableException>(() => first);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => second);
        Assert.Equal(1, decisions);

        journal = new();
        (first, second) = (Copy(), Copy());
        journal.SetResult(new(id, EventOutcome.Accepted));
        Assert.Equal(await first, await second);
        Assert.Equal(2, decisions);
    }

    [Fact]
    public void Every_answer_a_device_can_still_ask_for_is_remembered_and_older_ones_are_not()
    {
        var answers = Enumerable.Range(0, 500).Select(_ => new EventAnswer(Guid.NewGuid(), EventOutcome.Accepted)).ToArray();
        foreach (var answer in answers)
        {
            _session.Remember(answer);
        }

        Assert.All(answers[^400..], answer => Assert.Same(answer, _session.AnswerTo(answer.Id ?? default)));
        Assert.All(answers[..100], answer => Assert.Null(_session.AnswerTo(answer.Id ?? default)));
    }
}
