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

/// <summary>Calls that reach the shell while an append is not yet durable. The disk writes when the test says so.</summary>
public class ConcurrentCallsTests
{
    private static readonly string Stream = SmallOffice.Key.Stream;

    private readonly MemoryJournal _journal = new();
    private readonly FakeTimeProvider _clock = new(SmallOffice.Nine);
    private readonly Heard<Queue, QueueEvent> _heard = new();
    private readonly Shell _shell;

    public ConcurrentCallsTests()
    {
        _shell = NewShell(_heard);
        _journal.Holds = true;
    }

    private Shell NewShell(IAnnouncer<Queue, QueueEvent> announcer) =>
        new(Stream, _journal, announcer, _clock, Queue.Empty(SmallOffice.Key),
        (queue, command, now) => queue.Decide(command, SmallOffice.Area, now), (queue, happened) => queue.Apply(happened));

    private Task<Answer<QueueEvent>> Take(int n) => _shell.Handle(Request(n), QueueDay.Take(n, SmallOffice.Passport));

    private static RequestId Request(int n) => new(new Guid(n, 1, 1, new byte[8]));

    private async Task OthersTakeAsync(int n)
    {
        _journal.Holds = false;
        await NewShell(new Heard<Queue, QueueEvent>()).Handle(Request(n), QueueDay.Take(n, SmallOffice.Passport));
    }

    [Fact]
    public async Task Calls_at_once_are_decided_one_after_the_other_each_on_a_durable_state()
    {
        var taken = Take(1);
        var called = _shell.Handle(Request(2), new CallNext(SmallOffice.One));
        var view = _shell.ViewAsync();
        Assert.Equal((false, false, false, 1), (taken.IsCompleted, called.IsCompleted, view.IsCompleted, _journal.Held));
        Assert.Empty(_heard.Changes);
        _journal.WriteHeld();
        Assert.Equal((1L, 2L, 2L), ((await taken).Version, (await called).Version, (await view).Version));
        Assert.Contains((await called).Events, e => e is TicketCalled);
        Assert.Equal([1L, 2], _heard.Changes.Select(c => c.Version));
        Assert.Null((await JournalAudit.VerifyAsync(_journal, TestContext.Current.CancellationToken)).Fault);
    }

    [Fact]
    public async Task A_repeat_before_the_first_is_durable_gets_the_same_answer_and_is_written_once()
    {
        var first = Take(1);
        var again = Take(1);
        Assert.False(again.IsCompleted);
        _journal.WriteHeld();
        Assert.Equal((await first).Events, (await again).Events);
        Assert.Equal((await first).Version, (await again).Version);
        Assert.Single(_journal.Of(Stream));
    }

    [Fact]
    public async Task A_refusal_is_based_on_a_durable_state()
    {
        var taken = Take(1);
        var called = _shell.Handle(Request(2), new CallNext(SmallOffice.One));
        var refused = _shell.Handle(Request(3), new CloseCounter(SmallOffice.One));
        Assert.False(refused.IsCompleted);
        _journal.WriteHeld();
        Assert.Equal((Refusal.VisitOpen, 2L), ((await refused).Refusal, (await refused).Version));
        await Task.WhenAll(taken, called);
    }

    [Theory, InlineData(0), InlineData(1)]
    public async Task A_lost_append_fails_its_own_call_and_the_next_is_decided_on_what_was_written(int written)
    {
        var lost = Take(1);
        var called = _shell.Handle(Request(2), new CallNext(SmallOffice.One));
        _journal.Holds = false;
        _journal.LoseHeld(written);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => lost);
        Assert.Equal(written == 0 ? Refusal.NobodyWaiting : null, (await called).Refusal);
        Assert.IsType<TicketTaken>(Assert.Single((await Take(1)).Events));
        Assert.Single((await _shell.ViewAsync()).State.Tickets);
        Assert.Null((await JournalAudit.VerifyAsync(_journal, TestContext.Current.CancellationToken)).Fault);
    }

    [Fact]
    public async Task Calls_that_lose_against_another_activation_are_decided_again()
    {
        await _shell.ViewAsync();
        Task<Answer<QueueEvent>>[] all = [Take(1), Take(2), Take(3)];
        await OthersTakeAsync(4);
        _journal.WriteHeld();
        Assert.Equal([2L, 3, 4], (await Task.WhenAll(all)).Select(a => a.Version));
        Assert.Equal(4, _journal.Of(Stream).Count);
        Assert.Equal(4, (await _shell.ViewAsync()).State.Tickets.Values.Select(t => t.Number).Distinct().Count());
        Assert.Null((await JournalAudit.VerifyAsync(_journal, TestContext.Current.CancellationToken)).Fault);
    }
}
