using System.Text.Json.Nodes;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Grains;
using Aufruf.Tests.Domain;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using static Aufruf.Domain.Queues.QueueCommand;

namespace Aufruf.Tests.Grains;

using Shell = Journaled<Queue, QueueCommand, QueueEvent>;

/// <summary>A restart goes on from the last snapshot. When anything is wrong with the snapshot, the journal counts.</summary>
public sealed class SnapshotTests : IDisposable
{
    private static readonly string Stream = SmallOffice.Key.Stream;

    private readonly TempFolder _folder = new();
    private readonly MemoryJournal _journal = new();
    private readonly FakeTimeProvider _clock = new(SmallOffice.Nine);
    private readonly Snapshots _snapshots = new();

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Saves after every second entry, in memory.</summary>
    private sealed class Snapshots : ISnapshots<Queue>
    {
        public Snapshot<Queue>? Last { get; set; }
        public int EntriesApart => 2;

        public TimeSpan TimeApart => TimeSpan.Zero;

        public Task<Snapshot<Queue>?> FindAsync(string stream) => Task.FromResult(Last);

        public void Save(string stream, Snapshot<Queue> snapshot) => Last = snapshot;
    }

    private Shell NewShell(ISnapshots<Queue>? snapshots, Action? applied = null) =>
        new(Stream, _journal, new Heard<Queue, QueueEvent>(), _clock, Queue.Empty(SmallOffice.Key),
        (queue, command, now) => queue.Decide(command, SmallOffice.Area, now), (queue, happened) =>
        {
            applied?.Invoke();
            return queue.Apply(happened);
        }, snapshots, command => null, keepsAllRequests: true);

    private SnapshotFiles<Queue> Files(int schema = Queue.Schema, ILogger? log = null) =>
        new(_folder.Path, schema, _clock, log ?? NullLogger.Instance);

    private static RequestId Request(int n) => new(new Guid(n, 1, 1, new byte[8]));

    private static async Task<List<Answer<QueueEvent>>> FiveEntriesAsync(Shell shell)
    {
        QueueCommand[] commands = [QueueDay.Take(1, SmallOffice.Passport), QueueDay.Take(2, SmallOffice.Passport),
            new CallNext(SmallOffice.One), new MarkArrived(SmallOffice.One), new Finish(SmallOffice.One)];
        var answers = new List<Answer<QueueEvent>>();
        for (var n = 1; n <= commands.Length; n++)
        {
            answers.Add(await shell.Handle(Request(n), commands[n - 1]));
        }

        return answers;
    }

    private static async Task<string> StateAsync(Shell shell)
    {
        var (version, queue) = await shell.ViewAsync();
        return $"{version} {QueueDay.Text(queue)}";
    }

    private string OnlyFile => Assert.Single(Directory.GetFiles(_folder.Path));

    private async Task SaveToFileAsync()
    {
        await FiveEntriesAsync(NewShell(_snapshots));
        await using var files = Files();
        files.Save(Stream, _snapshots.Last!);
    }

    [Fact]
    public async Task A_restart_goes_on_from_the_snapshot_and_reads_only_later_entries()
    {
        await FiveEntriesAsync(NewShell(_snapshots));
        Assert.Equal(4, _snapshots.Last?.Head.Version);
        var applied = 0;
        Assert.Equal(await StateAsync(NewShell(snapshots: null)), await StateAsync(NewShell(_snapshots, () => applied++)));
        Assert.Equal(1, applied);
    }

    [Fact]
    public async Task A_command_from_before_the_snapshot_is_known_after_the_restart()
    {
        var answers = await FiveEntriesAsync(NewShell(_snapshots));
        var restarted = NewShell(_snapshots);
        for (var n = 1; n <= answers.Count; n++)
        {
            var again = await restarted.Handle(Request(n), new CallNext(SmallOffice.Two));
            Assert.Equal((answers[n - 1].Version, answers[n - 1].Refusal), (again.Version, again.Refusal));
            Assert.Equal(answers[n - 1].Events, again.Events);
        }

        Assert.Equal(5, _journal.Of(Stream).Count);
    }

    public static TheoryData<string, Func<Snapshot<Queue>, Snapshot<Queue>>> Wrong => new()
    {
        { "of an entry that the journal does not have", s => s with { Head = s.Head with { Hash = new byte[32] } } },
        { "of a later entry than the journal has, as after a backup", s =>
            s with { Head = s.Head with { Version = 9 }, Requests = [.. Enumerable.Range(1, 9).Select(Request)] } },
        { "without its requests", s => s with { Requests = [] } },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_snapshot_of_another_journal_is_as_good_as_none(string what, Func<Snapshot<Queue>, Snapshot<Queue>> spoil)
    {
        Assert.NotEmpty(what);
        await FiveEntriesAsync(NewShell(_snapshots));
        _snapshots.Last = spoil(_snapshots.Last!) with { State = Queue.Empty(SmallOffice.Key) };
        Assert.Equal(await StateAsync(NewShell(snapshots: null)), await StateAsync(NewShell(_snapshots)));
    }

    [Fact]
    public async Task A_queue_that_was_just_read_is_not_saved_again_with_the_first_press()
    {
        await FiveEntriesAsync(NewShell(_snapshots));
        var saved = _snapshots.Last;
        await NewShell(_snapshots).Handle(Request(6), QueueDay.Take(6, SmallOffice.Passport));
        Assert.NotSame(saved, _snapshots.Last);
        saved = _snapshots.Last;
        await NewShell(_snapshots).Handle(Request(7), QueueDay.Take(7, SmallOffice.Passport));
        Assert.Same(saved, _snapshots.Last);
    }

    [Fact]
    public async Task Files_keep_a_snapshot_over_a_restart_and_an_update_of_the_program()
    {
        await using (var files = Files())
        {
            Assert.Null(await files.FindAsync(Stream));
        }

        await SaveToFileAsync();
        var (saved, found) = (_snapshots.Last!, await Files().FindAsync(Stream));
        Assert.True(saved.Head.Is(found!.Head));
        Assert.Equal(saved.Requests, found.Requests);
        Assert.Equal(QueueDay.Text(saved.State), QueueDay.Text(found.State));
    }

    [Fact]
    public async Task A_file_of_another_schema_is_as_good_as_none()
    {
        await SaveToFileAsync();
        Assert.Null(await Files(Queue.Schema + 1).FindAsync(Stream));
    }

    [Fact]
    public async Task A_file_that_was_cut_off_anywhere_is_as_good_as_none_and_the_operator_reads_of_it()
    {
        await SaveToFileAsync();
        var (file, log) = (OnlyFile, new ListLogger<Queue>());
        var whole = await File.ReadAllBytesAsync(file, Stop);
        await using var files = Files(log: log);
        for (var length = 0; length < whole.Length; length += 50)
        {
            await File.WriteAllBytesAsync(file, whole[..length], Stop);
            Assert.Null(await files.FindAsync(Stream));
        }

        Assert.All(log.Lines, line => Assert.Contains("Nothing is lost: the journal", line, StringComparison.Ordinal));
        Assert.Equal(await StateAsync(NewShell(snapshots: null)), await StateAsync(NewShell(files)));
    }

    [Theory, InlineData(""), InlineData("null"), InlineData("{}"), InlineData("[1]"), InlineData("\0\0\0\0"),
        InlineData("""{"head":{"version":4,"hash":""},"requests":[],"state":{"key":7}}""")]
    public async Task A_file_of_another_form_is_as_good_as_none(string content)
    {
        await SaveToFileAsync();
        await File.WriteAllTextAsync(OnlyFile, content, Stop);
        Assert.Equal(await StateAsync(NewShell(snapshots: null)), await StateAsync(NewShell(Files())));
    }

    [Fact]
    public async Task A_file_without_one_of_the_parts_is_as_good_as_none()
    {
        await SaveToFileAsync();
        var (file, whole) = (OnlyFile, JsonNode.Parse(await File.ReadAllTextAsync(OnlyFile, Stop))!.AsObject());
        foreach (var part in whole.Select(p => p.Key).ToArray())
        {
            var without = whole.DeepClone().AsObject();
            without.Remove(part);
            await File.WriteAllTextAsync(file, without.ToJsonString(), Stop);
            Assert.Null(await Files().FindAsync(Stream));
        }
    }

    [Fact]
    public async Task Files_of_days_long_over_are_deleted()
    {
        var old = _folder.Write("queue.town.office.hall.2026-11-01.schema-1.json", "");
        File.SetLastWriteTimeUtc(old, _clock.GetUtcNow().UtcDateTime.AddDays(-5));
        await SaveToFileAsync();
        Assert.NotEqual(old, OnlyFile);
        Assert.NotNull(await Files().FindAsync(Stream));
    }

    [Fact]
    public async Task A_snapshot_that_cannot_be_written_is_reported_and_the_queue_goes_on()
    {
        var log = new ListLogger<Queue>();
        var folder = _folder.Write("no-folder", "");
        await FiveEntriesAsync(NewShell(_snapshots));
        await using (var files = new SnapshotFiles<Queue>(folder, Queue.Schema, _clock, log))
        {
            files.Save(Stream, _snapshots.Last!);
            Assert.Null((await NewShell(files).Handle(Request(6), QueueDay.Take(6, SmallOffice.Passport))).Refusal);
        }

        Assert.Contains("no-folder", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_snapshot_that_cannot_replace_the_last_one_leaves_nothing_behind()
    {
        var log = new ListLogger<Queue>();
        await FiveEntriesAsync(NewShell(_snapshots));
        await using (var files = Files(log: log))
        {
            Directory.CreateDirectory(_folder.File($"queue.{SmallOffice.Key}.schema-{Queue.Schema}.json"));
            files.Save(Stream, _snapshots.Last!);
        }

        Assert.Single(log.Lines);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }
}
