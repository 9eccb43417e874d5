using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Tests.Domain;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Time.Testing;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;

namespace Aufruf.Tests.Grains;

using Shell = Journaled<Queue, QueueCommand, QueueEvent>;

/// <summary>The shell of every grain while its appends are on their way: on a disk that writes when told to.</summary>
public class PipelineTests
{
    private static readonly string Stream = SmallOffice.Key.ToString();

    private readonly MemoryJournal _journal = new();
    private readonly FakeTimeProvider _clock = new(SmallOffice.Nine);
    private readonly Heard<Queue, QueueEvent> _heard = new();
    private readonly Shell _shell;

    public PipelineTests()
    {
        _shell = NewShell(_heard);
        _journal.Holds = true;
    }

    private Shell NewShell(IAnnouncer<Queue, QueueEvent> announcer) => new(Stream, _journal, announcer, _clock, Queue.Empty(SmallOffice.Key),
        (queue, command, now) => queue.Decide(command, SmallOffice.Area, now), (queue, happened) => queue.Apply(happened));

    private Task<Answer<QueueEvent>> Take(int n) => _shell.Handle(Request(n), QueueDay.Take(n, SmallOffice.Passport));

    private static RequestId Request(int n) => new(new Guid(n, 1, 1, new byte[8]));

    private async Task OthersTakeAsync(int n)
    {
        _journal.Holds = false;
        await NewShell(new Heard<Queue, QueueEvent>()).Handle(Request(n), QueueDay.Take(n, SmallOffice.Passport));
    }

    /// <summary>One turn after the other, as Orleans runs a reentrant grain.</summary>
    private static Task AsAGrainAsync(Func<Task> test) =>
        Task.Factory.StartNew(test, CancellationToken.None, TaskCreationOptions.None, new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler).Unwrap();

    [Fact]
    public Task The_next_wish_is_decided_while_the_last_is_written_and_both_are_answered_when_durable() => AsAGrainAsync(async () =>
    {
        var taken = Take(1);
        var called = _shell.Handle(Request(2), new CallNext(SmallOffice.One));
        Assert.Equal((false, false, 2), (taken.IsCompleted, called.IsCompleted, _journal.Held));
        Assert.Empty((await _shell.ViewAsync()).State.Tickets);
        _journal.WriteHeld();
        Assert.Equal((1L, 2L), ((await taken).Version, (await called).Version));
        Assert.Contains((await called).Events, e => e is TicketCalled);
        Assert.Equal(2, (await _shell.ViewAsync()).Version);
        Assert.Null((await JournalAudit.VerifyAsync(_journal, TestContext.Current.CancellationToken)).Fault);
    });

    [Fact]
    public Task Nothing_is_announced_before_it_is_durable_and_what_follows_is_announced_in_order() => AsAGrainAsync(async () =>
    {
        var taken = Take(1);
        var called = _shell.Handle(Request(2), new CallNext(SmallOffice.One));
        Assert.Empty(_heard.Changes);
        _journal.WriteHeld();
        await taken;
        await called;
        var version = 0L;
        foreach (var (before, after) in _heard.All.Where(a => a.Happened is not null).Select(a => (a.Before, a.Version)))
        {
            Assert.Equal(version, before);
            version = after;
        }

        Assert.Equal(2, version);
        Assert.Equal((await taken).Events.Concat((await called).Events), _heard.Changes.SelectMany(c => c.Happened));
    });

    [Fact]
    public Task A_repeat_of_what_is_underway_gets_the_same_answer_and_is_written_once() => AsAGrainAsync(async () =>
    {
        var first = Take(1);
        var again = Take(1);
        Assert.False(again.IsCompleted);
        _journal.WriteHeld();
        Assert.Same(await first, await again);
        Assert.Single(_journal.Of(Stream));
    });

    [Fact]
    public Task A_no_waits_until_what_it_was_decided_on_is_durable() => AsAGrainAsync(async () =>
    {
        var taken = Take(1);
        var called = _shell.Handle(Request(2), new CallNext(SmallOffice.One));
        var recalled = _shell.Handle(Request(3), new MarkMissed(SmallOffice.One));
        var no = _shell.Handle(Request(4), new Recall(SmallOffice.One));
        Assert.False(no.IsCompleted);
        _journal.WriteHeld();
        Assert.Equal((Refusal.CounterIdle, 3L), ((await no).Refusal, (await no).Version));
        await Task.WhenAll(taken, called, recalled);
        Assert.Equal(3, _journal.Of(Stream).Count);
    });

    [Fact]
    public Task A_no_on_what_was_lost_is_not_said() => AsAGrainAsync(async () =>
    {
        var taken = Take(1);
        var opened = _shell.Handle(Request(2), new CallNext(SmallOffice.One));
        var no = _shell.Handle(Request(3), new CloseCounter(SmallOffice.One)); // Somebody is being called there, or so it seems.
        _journal.LoseHeld(written: 0);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => no);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => taken);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => opened);
    });

    [Theory, InlineData(0), InlineData(1), InlineData(2)]
    public Task When_one_is_lost_all_behind_it_are_told_so_and_each_is_carried_out_once_when_repeated(int written) => AsAGrainAsync(async () =>
    {
        Task<Answer<QueueEvent>>[] all = [Take(1), Take(2), Take(3)];
        _journal.LoseHeld(written);
        foreach (var lost in all)
        {
            await Assert.ThrowsAsync<JournalUnavailableException>(() => lost);
        }

        _journal.Holds = false;
        Assert.Equal(written, (await _shell.ViewAsync()).Version);
        foreach (var n in (int[])[3, 2, 1])
        {
            Assert.IsType<TicketTaken>(Assert.Single((await Take(n)).Events));
        }

        Assert.Equal(3, _journal.Of(Stream).Count);
        Assert.Null((await JournalAudit.VerifyAsync(_journal, TestContext.Current.CancellationToken)).Fault);
    });

    [Fact]
    public Task When_another_activation_was_faster_all_behind_are_decided_again() => AsAGrainAsync(async () =>
    {
        await _shell.ViewAsync();
        Task<Answer<QueueEvent>>[] all = [Take(1), Take(2), Take(3)];
        await OthersTakeAsync(4);
        _journal.WriteHeld();
        Assert.Equal([2L, 3, 4], (await Task.WhenAll(all)).Select(a => a.Version).Order());
        Assert.Equal(4, _journal.Of(Stream).Count);
        Assert.Equal(4, (await _shell.ViewAsync()).State.Tickets.Values.Select(t => t.Number).Distinct().Count());
        Assert.Null((await JournalAudit.VerifyAsync(_journal, TestContext.Current.CancellationToken)).Fault);
    });

    [Fact]
    public Task While_the_fate_of_one_is_open_nobody_decides_anew() => AsAGrainAsync(async () =>
    {
        var first = Take(1);
        var second = Take(2);
        _journal.LoseHeld(written: 0, only: 1);
        await Task.Yield();
        var third = Take(3);
        Assert.Equal((false, 1), (third.IsCompleted, _journal.Held));
        _journal.LoseHeld(written: 0);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => first);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => second);
        while (_journal.Held == 0)
        {
            await Task.Yield();
        }

        _journal.WriteHeld();
        Assert.Equal(1, (await third).Version);
    });
}
