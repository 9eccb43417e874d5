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

/// <summary>The shell of every grain, around a queue, on a journal that fails when the test says so.</summary>
public class JournaledTests
{
    private static readonly string Stream = SmallOffice.Key.Stream;
    private static readonly QueueCommand Passport = QueueDay.Take(1, SmallOffice.Passport);

    private readonly MemoryJournal _journal = new();
    private readonly FakeTimeProvider _clock = new(SmallOffice.Nine);
    private readonly Heard<Queue, QueueEvent> _heard = new();

    private Shell NewShell(IAnnouncer<Queue, QueueEvent>? announcer = null) =>
        new(Stream, _journal, announcer ?? _heard, _clock, Queue.Empty(SmallOffice.Key),
        (queue, command, now) => queue.Decide(command, SmallOffice.Area, now), (queue, happened) => queue.Apply(happened),
        compared: command => command.Compared(), keepsAllRequests: true);

    private static RequestId Request(int n) => new(new Guid(n, 1, 1, new byte[8]));

    [Fact]
    public async Task A_repeated_command_gets_the_same_answer_and_is_written_once()
    {
        var shell = NewShell();
        var first = await shell.Handle(Request(1), Passport);
        _clock.Advance(TimeSpan.FromMinutes(1));
        var again = await shell.Handle(Request(1), Passport);
        Assert.Equal((first.Version, first.Refusal), (again.Version, again.Refusal));
        Assert.Equal(first.Events, again.Events);
        Assert.Single(_journal.Of(Stream));
        Assert.Single(_heard.Changes);
    }

    [Fact]
    public async Task A_repeat_after_a_restart_gets_the_same_answer()
    {
        var first = await NewShell().Handle(Request(1), Passport);
        await NewShell().Handle(Request(2), new CallNext(SmallOffice.One));
        var again = await NewShell().Handle(Request(1), Passport);
        Assert.Equal(first.Events, again.Events);
        Assert.Equal(first.Version, again.Version);
        Assert.Equal(2, _journal.Of(Stream).Count);
    }

    [Fact]
    public async Task Another_command_with_a_known_request_id_is_refused_and_changes_nothing()
    {
        var shell = NewShell();
        await shell.Handle(Request(1), Passport);
        var other = await shell.Handle(Request(1), new CallNext(SmallOffice.One));
        Assert.Equal((Refusal.RequestReused, 0), (other.Refusal, other.Events.Count));
        Assert.Single(_journal.Of(Stream));
    }

    [Fact]
    public async Task A_refusal_that_records_nothing_is_not_written_and_may_be_accepted_later()
    {
        var shell = NewShell();
        Assert.Equal(Refusal.CounterIdle, (await shell.Handle(Request(1), new Recall(SmallOffice.One))).Refusal);
        Assert.Empty(_journal.Of(Stream));
        await shell.Handle(Request(2), Passport);
        await shell.Handle(Request(3), new CallNext(SmallOffice.One));
        Assert.Null((await shell.Handle(Request(1), new Recall(SmallOffice.One))).Refusal);
    }

    [Fact]
    public async Task A_refusal_that_is_recorded_is_written_and_stays_a_refusal()
    {
        var first = await NewShell().Handle(Request(1), new IgnorePress(SmallOffice.One, Refusal.TooLate));
        Assert.Equal((1L, Refusal.TooLate), (first.Version, first.Refusal));
        Assert.Single(_journal.Of(Stream));
        var again = await NewShell().Handle(Request(1), new CallNext(SmallOffice.One));
        Assert.Equal(Refusal.TooLate, again.Refusal);
        Assert.Equal(first.Events, again.Events);
    }

    [Fact]
    public async Task A_command_lost_before_it_was_written_is_carried_out_once_when_repeated()
    {
        var shell = NewShell();
        _journal.BeforeWriting = _ => throw new JournalUnavailableException();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => shell.Handle(Request(1), Passport));
        _journal.BeforeWriting = null;
        Assert.Empty((await shell.ViewAsync()).State.Tickets);
        Assert.Single((await shell.Handle(Request(1), Passport)).Events);
        Assert.Single(_journal.Of(Stream));
    }

    [Fact]
    public async Task A_command_written_without_an_answer_is_not_carried_out_again_when_repeated()
    {
        var shell = NewShell();
        _journal.AfterWriting = _ => throw new JournalUnavailableException();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => shell.Handle(Request(1), Passport));
        _journal.AfterWriting = null;
        Assert.Single((await shell.ViewAsync()).State.Tickets);
        var answer = await shell.Handle(Request(1), Passport);
        Assert.Equal(SmallOffice.Passport, Assert.IsType<TicketTaken>(Assert.Single(answer.Events)).Service);
        Assert.Single(_journal.Of(Stream));
        Assert.Equal(1, (await shell.ViewAsync()).Version);
    }

    [Fact]
    public async Task Nothing_is_announced_that_was_not_written()
    {
        var shell = NewShell();
        _journal.BeforeWriting = _ => throw new JournalUnavailableException();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => shell.Handle(Request(1), Passport));
        Assert.Empty(_heard.Changes);
    }

    [Fact]
    public async Task An_announced_change_is_durable()
    {
        var durable = new List<int>();
        var shell = NewShell(new Heard<Queue, QueueEvent>(_ => durable.Add(_journal.Of(Stream).Count)));
        await shell.Handle(Request(1), Passport);
        await shell.Handle(Request(2), new CallNext(SmallOffice.One));
        Assert.Equal([0, 1, 2], durable);
    }

    [Fact]
    public async Task Announcements_come_in_order_and_start_with_the_state_that_was_read()
    {
        await NewShell(new Heard<Queue, QueueEvent>()).Handle(Request(1), Passport);
        var shell = NewShell();
        await shell.Handle(Request(2), new CallNext(SmallOffice.One));
        await shell.Handle(Request(3), new Finish(SmallOffice.One));
        Assert.Equal([1L, 2, 3], _heard.All.Select(a => a.Version));
        Assert.Null(_heard.All[0].Happened);
        Assert.Equal(1, _heard.All[0].State.Waiting.Count);
        Assert.IsType<TicketServed>(Assert.Single(_heard.All[2].Happened!));
    }

    [Fact]
    public async Task Of_two_shells_of_one_queue_the_slower_decides_again()
    {
        var (ours, theirs) = (NewShell(), NewShell(new Heard<Queue, QueueEvent>()));
        await ours.ViewAsync();
        await theirs.Handle(Request(1), Passport);
        await theirs.Handle(Request(2), new CallNext(SmallOffice.One));
        var answer = await ours.Handle(Request(3), new CallNext(SmallOffice.Three));
        Assert.Equal(Refusal.NobodyWaiting, answer.Refusal);
        Assert.Equal([1L, 2, 3], _journal.Of(Stream).Select(e => e.Version));
        Assert.Null((await JournalAudit.VerifyAsync(_journal, TestContext.Current.CancellationToken)).Fault);
    }

    [Fact]
    public async Task A_race_that_is_lost_again_and_again_is_reported()
    {
        var shell = NewShell();
        var others = 100;
        void Overtake(string stream)
        {
            _journal.BeforeWriting = null;
            Assert.True(NewShell(new Heard<Queue, QueueEvent>())
                .Handle(Request(others), QueueDay.Take(others++, SmallOffice.Passport)).IsCompletedSuccessfully);
            _journal.BeforeWriting = Overtake;
        }

        _journal.BeforeWriting = Overtake;
        await Assert.ThrowsAsync<VersionConflictException>(() => shell.Handle(Request(1), Passport));
        _journal.BeforeWriting = null;
        Assert.Equal(others - 100, _journal.Of(Stream).Count);
        await shell.Handle(Request(1), Passport);
        Assert.Equal(others - 100 + 1, _journal.Of(Stream).Count);
    }

    [Fact]
    public async Task A_journal_that_cannot_be_read_is_reported_as_unavailable_and_read_again_later()
    {
        await NewShell().Handle(Request(1), Passport);
        var shell = NewShell();
        _journal.ReadingFails = new Npgsql.NpgsqlException("The connection is gone.");
        var error = await Assert.ThrowsAsync<JournalUnavailableException>(() => shell.Handle(Request(2), new CallNext(SmallOffice.One)));
        Assert.Contains("cannot be read", error.Message, StringComparison.Ordinal);
        _journal.ReadingFails = null;
        Assert.Equal(2, (await shell.Handle(Request(2), new CallNext(SmallOffice.One))).Version);
    }

    [Fact]
    public async Task A_forgotten_state_is_read_again()
    {
        var shell = NewShell();
        await shell.ViewAsync();
        await NewShell(new Heard<Queue, QueueEvent>()).Handle(Request(1), Passport);
        Assert.Equal(0, (await shell.ViewAsync()).Version);
        shell.Forget();
        Assert.Equal(1, (await shell.ViewAsync()).Version);
    }
}
