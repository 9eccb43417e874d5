using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Tests.Domain;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using static Aufruf.Domain.Queues.QueueCommand;

namespace Aufruf.Tests.Grains;

using Shell = Journaled<Queue, QueueCommand, QueueEvent>;

/// <summary>A restart goes on from the state that was saved last; and whatever is wrong with that state, the journal is right.</summary>
public sealed class SavedStateTests : IDisposable
{
    private static readonly string Stream = SmallOffice.Key.ToString();

    private readonly TempFolder _folder = new();
    private readonly MemoryJournal _journal = new();
    private readonly FakeTimeProvider _clock = new(SmallOffice.Nine);
    private readonly States _states = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Saves after every second entry, in memory.</summary>
    private sealed class States : ISavedStates
    {
        public SavedState? Last { get; set; }
        public int Found { get; private set; }
        public int Entries => 2;

        public Task<SavedState?> FindAsync(string stream)
        {
            Found += Last is null ? 0 : 1;
            return Task.FromResult(Last);
        }

        public void Save(string stream, Func<SavedState> state) => Last = Breaks ? throw new InvalidOperationException("no memory for this") : state();

        public bool Breaks { get; set; }
        public List<string> Doubts { get; } = [];

        public void Doubt(string stream, string why) => Doubts.Add(why);
    }

    private Shell NewShell(ISavedStates? states = null) => new(Stream, _journal, new Heard<Queue, QueueEvent>(), _clock, Queue.Empty(SmallOffice.Key),
        (queue, command, now) => queue.Decide(command, SmallOffice.Area, now), (queue, happened) => queue.Apply(happened), new(states ?? _states, QueueBytes.Write, QueueBytes.Read));

    private static RequestId Request(int n) => new(new Guid(n, 1, 1, new byte[8]));

    private async Task<List<Answer<QueueEvent>>> FiveEntriesAsync(Shell shell)
    {
        QueueCommand[] wishes = [QueueDay.Take(1, SmallOffice.Passport), QueueDay.Take(2, SmallOffice.Passport), new CallNext(SmallOffice.One), new MarkArrived(SmallOffice.One), new Finish(SmallOffice.One)];
        var answers = new List<Answer<QueueEvent>>();
        for (var n = 1; n <= wishes.Length; n++)
        {
            _clock.Advance(TimeSpan.FromMinutes(2));
            answers.Add(await shell.Handle(Request(n), wishes[n - 1]));
        }

        return answers;
    }

    private async Task<string> StateAsync(Shell shell)
    {
        var (version, queue) = await shell.ViewAsync();
        return $"{version} {QueueDay.Text(queue)}";
    }

    [Fact]
    public async Task A_restart_goes_on_from_the_saved_state_and_reads_only_what_came_after()
    {
        await FiveEntriesAsync(NewShell());
        Assert.Equal(4, _states.Last?.Head.Version);
        var read = new List<long>();
        var restarted = await StateAsync(new Shell(Stream, _journal, new Heard<Queue, QueueEvent>(), _clock, Queue.Empty(SmallOffice.Key),
            (queue, command, now) => queue.Decide(command, SmallOffice.Area, now), (queue, happened) => { read.Add(queue.CallsMade); return queue.Apply(happened); }, new(_states, QueueBytes.Write, QueueBytes.Read)));
        Assert.Single(read);
        Assert.Equal(await StateAsync(NewShell(new States())), restarted);
    }

    [Fact]
    public async Task A_wish_from_before_the_saved_state_is_known_after_the_restart()
    {
        var answers = await FiveEntriesAsync(NewShell());
        var restarted = NewShell();
        for (var n = 1; n <= answers.Count; n++)
        {
            var again = await restarted.Handle(Request(n), new CallNext(SmallOffice.Two));
            Assert.Equal((answers[n - 1].Version, answers[n - 1].Refusal), (again.Version, again.Refusal));
            Assert.Equal(answers[n - 1].Events, again.Events);
        }

        Assert.Equal(5, _journal.Of(Stream).Count);
    }

    public static TheoryData<string, Func<SavedState, SavedState>> Wrong => new()
    {
        { "another program's", s => s with { Program = "another" } },
        { "of an entry that the journal does not have", s => s with { Head = s.Head with { Hash = new byte[32] } } },
        { "of a later entry than the journal has, as after a backup", s => s with { Head = s.Head with { Version = 9 }, Requests = new byte[9 * 16] } },
        { "without its requests", s => s with { Requests = default } },
        { "nonsense", s => s with { State = "{\"key\":7}"u8.ToArray() } },
        { "cut off", s => s with { State = s.State[..^20] } },
        { "with a text too few", s => s with { State = new byte[s.State.Length] } },
        { "empty", s => s with { State = default } },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_state_that_is_wrong_is_as_good_as_none(string what, Func<SavedState, SavedState> spoil)
    {
        Assert.NotEmpty(what);
        await FiveEntriesAsync(NewShell());
        _states.Last = spoil(_states.Last!);
        Assert.Equal(await StateAsync(NewShell(new States())), await StateAsync(NewShell()));
        Assert.Equal(1, _states.Found);
    }

    [Fact]
    public async Task A_state_that_cannot_be_saved_does_not_take_the_queue_with_it()
    {
        _states.Breaks = true;
        Assert.All(await FiveEntriesAsync(NewShell()), answer => Assert.Null(answer.Refusal));
        Assert.Equal(2, _states.Doubts.Count);
        Assert.Equal(5, _journal.Of(Stream).Count);
    }

    [Fact]
    public async Task What_was_just_read_is_not_saved_again_with_the_first_press()
    {
        await FiveEntriesAsync(NewShell());
        var saved = _states.Last;
        await NewShell().Handle(Request(6), QueueDay.Take(6, SmallOffice.Passport)); // The second entry after the saved state: 6 - 4.
        Assert.NotSame(saved, _states.Last);
        saved = _states.Last;
        await NewShell().Handle(Request(7), QueueDay.Take(7, SmallOffice.Passport));
        Assert.Same(saved, _states.Last);
    }

    [Fact]
    public async Task It_is_saved_once_a_minute_at_most_however_many_press()
    {
        var shell = NewShell();
        for (var n = 1; n <= 20; n++)
        {
            await shell.Handle(Request(n), QueueDay.Take(n, SmallOffice.Passport));
        }

        Assert.Equal(2, _states.Last?.Head.Version);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await shell.Handle(Request(21), QueueDay.Take(21, SmallOffice.Passport));
        Assert.Equal(21, _states.Last?.Head.Version);
    }

    [Fact]
    public async Task Files_keep_a_state_over_a_restart_and_a_torn_one_is_none()
    {
        await FiveEntriesAsync(NewShell());
        var saved = _states.Last!;
        await using (var files = Files())
        {
            Assert.Null(await files.FindAsync(Stream));
            files.Save(Stream, () => saved);
        }

        var found = await Files().FindAsync(Stream);
        Assert.Equal((saved.Program, saved.Head.Version), (found!.Program, found.Head.Version));
        Assert.True(saved.Head.Is(found.Head));
        Assert.Equal((Convert.ToHexString(saved.Requests.Span), Convert.ToHexString(saved.State.Span)), (Convert.ToHexString(found.Requests.Span), Convert.ToHexString(found.State.Span)));

        var file = Assert.Single(Directory.GetFiles(_folder.Path));
        var whole = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        foreach (var length in (int[])[0, 10, 32, 60, whole.Length - 1])
        {
            await File.WriteAllBytesAsync(file, whole[..length], TestContext.Current.CancellationToken);
            Assert.Null(await Files().FindAsync(Stream));
        }
    }

    [Fact]
    public async Task Files_of_days_long_over_are_swept_away()
    {
        await FiveEntriesAsync(NewShell());
        var old = Path.Combine(_folder.Path, "town.office.hall.2026-11-01.state");
        await File.WriteAllTextAsync(old, "", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(old, _clock.GetUtcNow().UtcDateTime.AddDays(-5));
        await using (var files = Files())
        {
            files.Save(Stream, () => _states.Last!);
        }

        Assert.DoesNotContain(old, Directory.GetFiles(_folder.Path));
        Assert.NotNull(await Files().FindAsync(Stream));
    }

    [Fact]
    public async Task A_whole_file_of_another_layout_is_none_and_the_operator_hears_of_it()
    {
        var content = new byte[200];
        content.AsSpan().Fill(0x7f);
        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, Stream + ".state"), [.. System.Security.Cryptography.SHA256.HashData(content), .. content], TestContext.Current.CancellationToken);
        var log = new ListLogger<SavedStateFiles>();
        var shell = NewShell(new SavedStateFiles(_folder.Path, _clock, log));
        Assert.Null((await shell.Handle(Request(1), QueueDay.Take(1, SmallOffice.Passport))).Refusal);
        Assert.Contains(log.Lines, line => line.Contains("the queue comes from the journal", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_state_that_cannot_be_made_is_told_and_leaves_nothing_behind()
    {
        var log = new ListLogger<SavedStateFiles>();
        await using (var files = new SavedStateFiles(_folder.Path, _clock, log))
        {
            files.Save(Stream, () => throw new InvalidOperationException("no state"));
        }

        Assert.Contains(log.Lines, line => line.Contains("no state", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Who_only_learns_reads_events_whatever_another_build_has_written_around_them()
    {
        var written = System.Text.Encoding.UTF8.GetString(new EntryContent<QueueEvent>(Request(1), [QueueDay.ForPassport(1)], Refusal.DayIsOver).Write());
        var stored = new JournalEntry(Stream, 1, SmallOffice.Nine, System.Text.Encoding.UTF8.GetBytes(written.Replace("\"refusal\":\"", "\"more\":[{}],\"refusal\":\"x-", StringComparison.Ordinal)), default);
        Assert.Single(EntryContent<QueueEvent>.EventsOf(stored));
        Assert.Contains("Entry 1", Assert.Throws<InvalidDataException>(() => EntryContent<QueueEvent>.Read(stored)).Message, StringComparison.Ordinal);
    }

    private SavedStateFiles Files() => new(_folder.Path, _clock, NullLogger<SavedStateFiles>.Instance);
}
