using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Deadlines;
using Aufruf.Domain.Identity;
using Aufruf.Grains;
using Aufruf.Grains.Deadlines;
using Aufruf.Grains.Journal;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Time.Testing;

namespace Aufruf.Tests.Grains;

/// <summary>Deadlines happen once and in order: after a stop, a crash, a step of the clock, and with two activations.</summary>
public class DueWorkTests
{
    private const string Effects = "credentials/alsdorf.rathaus";
    private static readonly DateTimeOffset Nine = SmallOffice.Nine;

    private readonly MemoryJournal _journal = new();
    private readonly FakeTimeProvider _clock = new(Nine);
    private readonly SteadyClock _steady = new();
    private readonly ListLogger<DueWork> _log = new();
    private readonly List<(string Stream, Journaled<Wheel, WheelCommand, WheelEvent> Wheel, DueWork Work)> _wheels = [];
    private readonly Badges _badges;
    private readonly LateDeadlines _late;
    private int _request;

    public DueWorkTests() => (_badges, _late) = (new(_journal, _clock), new(_clock));

    private sealed class SteadyClock : ISteadyClock
    {
        public bool Is { get; set; } = true;

        public bool IsSteady() => Is;
    }

    /// <summary>The command that follows from a deadline: a credential for the one it is about.</summary>
    private sealed class Badges(IJournal journal, TimeProvider clock) : IDeadlineHandler
    {
        public string Kind => "badge";

        public HashSet<string> Failing { get; } = [];

        /// <summary>Happens while a deadline is being carried out.</summary>
        public Func<Deadline, Task> Meanwhile { get; set; } = _ => Task.CompletedTask;

        public async Task CarryOutAsync(Deadline deadline, RequestId request)
        {
            await Meanwhile(deadline);
            if (Failing.Contains(deadline.About))
            {
                throw new JournalUnavailableException($"{deadline.About} fails.");
            }

            await Journaled.Of<Credentials, CredentialsCommand, CredentialsEvent>(Effects, journal,
                new Heard<Credentials, CredentialsEvent>(), clock)
                .Handle(request, new CredentialsCommand.Issue(CredentialKind.Display, deadline.About, "hash"));
        }
    }

    /// <summary>A new activation, as after a restart or beside another hub.</summary>
    private DueWork Activate(string stream)
    {
        var wheel = Journaled.Of<Wheel, WheelCommand, WheelEvent>(stream, _journal, new Heard<Wheel, WheelEvent>(), _clock);
        var work = new DueWork(stream, wheel, [_badges], _steady, _late, _clock, _log);
        _wheels.Add((stream, wheel, work));
        return work;
    }

    private async Task<Deadline> SetAsync(string about, double hours, string kind = "badge")
    {
        var deadline = new Deadline(kind, about, Nine.AddHours(hours));
        await DoAsync(deadline, new WheelCommand.SetDeadline(deadline));
        return deadline;
    }

    private async Task DoAsync(Deadline deadline, WheelCommand command)
    {
        var stream = Wheel.StreamOf("alsdorf", deadline.DueAt);
        if (!_wheels.Exists(w => w.Stream == stream))
        {
            Activate(stream);
        }

        var request = new RequestId(new Guid(++_request, 1, 1, new byte[8]));
        Assert.Null((await _wheels.Find(w => w.Stream == stream).Wheel.Handle(request, command)).Refusal);
    }

    private async Task RestartAndTurnAsync()
    {
        var streams = _wheels.Select(w => w.Stream).Distinct().Order(StringComparer.Ordinal).ToArray();
        _wheels.Clear();
        foreach (var stream in streams)
        {
            await Activate(stream).TurnAsync();
        }
    }

    private string[] Happened => [.. _journal.Of(Effects).SelectMany(entry => EntryContent<CredentialsEvent>.Read(entry).Events)
        .Select(e => ((CredentialsEvent.CredentialIssued)e).Holder)];

    private int Open => _wheels.Select(w => w.Stream).Distinct().Sum(stream => Journaled.Of<Wheel, WheelCommand, WheelEvent>(
        stream, _journal, new Heard<Wheel, WheelEvent>(), _clock).ViewAsync().GetAwaiter().GetResult().State.Open.Count);

    [Fact]
    public async Task After_a_stop_of_three_days_all_that_is_due_happens_once_and_in_order()
    {
        foreach (var hours in (double[])[50, 2, 26, 1.5, 27, 3, 49, 100])
        {
            await SetAsync($"at-{hours}".Replace('.', '_'), hours);
        }

        await RestartAndTurnAsync();
        Assert.Empty(Happened);
        _clock.Advance(TimeSpan.FromDays(3));
        await RestartAndTurnAsync();
        string[] expected = ["at-1_5", "at-2", "at-3", "at-26", "at-27", "at-49", "at-50"];
        Assert.Equal(expected, Happened);
        await RestartAndTurnAsync();
        Assert.Equal(expected, Happened);
        Assert.Equal(1, Open);
    }

    [Fact]
    public async Task Two_activations_carry_out_one_deadline_once()
    {
        var deadline = await SetAsync("anna", 1);
        var stream = Wheel.StreamOf("alsdorf", deadline.DueAt);
        DueWork[] both = [Activate(stream), Activate(stream)];
        await Task.WhenAll(both.Select(work => work.TurnAsync())); // Both know that it is open.
        _clock.Advance(TimeSpan.FromHours(2));
        await Task.WhenAll(both.Select(work => work.TurnAsync()));
        await Task.WhenAll(both.Select(work => work.TurnAsync()));
        Assert.Equal(["anna"], Happened);
        Assert.Equal(2, _journal.Of(stream).Count);
        Assert.Empty(_late.All);
    }

    [Fact]
    public async Task A_crash_between_the_effect_and_its_entry_repeats_the_effect_with_the_same_request()
    {
        var deadline = await SetAsync("anna", 1);
        var stream = Wheel.StreamOf("alsdorf", deadline.DueAt);
        _clock.Advance(TimeSpan.FromHours(2));
        _journal.BeforeWriting = written => { if (written == stream) { throw new JournalUnavailableException(); } };
        await RestartAndTurnAsync();
        Assert.Equal((1, 1), (Happened.Length, Open));
        _journal.BeforeWriting = null;
        _clock.Advance(TimeSpan.FromSeconds(2));
        await RestartAndTurnAsync();
        Assert.Equal(["anna"], Happened);
        Assert.Equal(0, Open);
        Assert.Empty(_late.All);
    }

    [Fact]
    public async Task Nothing_happens_on_the_word_of_a_clock_that_has_just_stepped()
    {
        await SetAsync("anna", 30);
        (_steady.Is, _) = (false, _wheels[0]);
        _clock.Advance(TimeSpan.FromDays(9));
        Assert.Equal(TimeSpan.FromMinutes(1), await _wheels[0].Work.TurnAsync());
        Assert.Empty(Happened);
        _steady.Is = true;
        Assert.Null(await _wheels[0].Work.TurnAsync());
        Assert.Equal(["anna"], Happened);
    }

    [Fact]
    public async Task A_cancelled_deadline_never_happens_and_a_moved_one_at_its_new_time()
    {
        var (cancelled, moved) = (await SetAsync("anna", 1), await SetAsync("berta", 1));
        await DoAsync(cancelled, new WheelCommand.CancelDeadline(cancelled.Id));
        await DoAsync(moved, new WheelCommand.SetDeadline(moved with { DueAt = Nine.AddHours(3) }));
        _clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(TimeSpan.FromHours(1), await _wheels[0].Work.TurnAsync());
        Assert.Empty(Happened);
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(await _wheels[0].Work.TurnAsync());
        Assert.Equal(["berta"], Happened);
    }

    [Fact]
    public async Task A_deadline_that_is_cancelled_in_time_while_an_earlier_one_takes_long_never_happens()
    {
        await SetAsync("anna", 1);
        var cancelled = await SetAsync("berta", 1.25);
        var stays = await SetAsync("clara", 1.5);
        _clock.Advance(TimeSpan.FromHours(1));
        _badges.Meanwhile = async deadline =>
        {
            if (deadline.About == "anna")
            {
                await Journaled.Of<Wheel, WheelCommand, WheelEvent>(_wheels[0].Stream, _journal, new Heard<Wheel, WheelEvent>(), _clock)
                    .Handle(new RequestId(Guid.NewGuid()), new WheelCommand.CancelDeadline(cancelled.Id)); // At another hub.
                _clock.Advance(TimeSpan.FromHours(1));
            }
        };
        Assert.Equal(TimeSpan.Zero, await _wheels[0].Work.TurnAsync());
        Assert.Null(await _wheels[0].Work.TurnAsync());
        Assert.Equal(["anna", stays.About], Happened);
    }

    [Fact]
    public async Task A_wheel_asks_a_clock_each_minute_that_has_stepped_back()
    {
        await SetAsync("anna", 5);
        _steady.Is = false;
        Assert.Equal(TimeSpan.FromMinutes(1), await _wheels[0].Work.TurnAsync());
        _steady.Is = true;
        Assert.Equal(TimeSpan.FromHours(5), await _wheels[0].Work.TurnAsync());
    }

    [Fact]
    public async Task A_deadline_that_fails_is_listed_and_tried_again_with_pauses_while_the_others_go_on()
    {
        await SetAsync("anna", 1);
        await SetAsync("berta", 2);
        _badges.Failing.Add("anna");
        _clock.Advance(TimeSpan.FromHours(3));
        Assert.Equal(TimeSpan.FromSeconds(1), await _wheels[0].Work.TurnAsync());
        Assert.Equal(["berta"], Happened);
        var since = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(2), await _wheels[0].Work.TurnAsync());
        Assert.Equal(TimeSpan.FromSeconds(2), await _wheels[0].Work.TurnAsync()); // Asked too early, it waits.
        Assert.Equal((_wheels[0].Stream, "badge", since, "anna fails."), Assert.Single(_late.All));
        Assert.Contains("anna fails.", Assert.Single(_log.Lines), StringComparison.Ordinal);
        _badges.Failing.Clear();
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(await _wheels[0].Work.TurnAsync());
        Assert.Equal(["berta", "anna"], Happened);
        Assert.Empty(_late.All);
    }

    [Fact]
    public async Task A_deadline_of_a_kind_that_this_build_does_not_know_stays_and_says_so()
    {
        await SetAsync("anna", 1, kind: "later-build");
        _clock.Advance(TimeSpan.FromHours(2));
        await _wheels[0].Work.TurnAsync();
        Assert.Contains("'later-build'", Assert.Single(_late.All).Reason, StringComparison.Ordinal);
        Assert.Equal(1, Open);
    }
}
