using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Identity;
using Aufruf.Domain.Outbox;
using Aufruf.Grains;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using static Aufruf.Domain.Identity.CredentialsCommand;

namespace Aufruf.Tests.Grains;

/// <summary>An aggregate that lives for years: its memory is bounded, its answers are not, and a restart reads no whole stream.</summary>
public sealed class AggregateTests : IAsyncDisposable
{
    private const string Stream = "credentials/alsdorf.rathaus";
    private const int Many = KnownRequests.Most + 200;

    private readonly TempFolder _folder = new();
    private readonly MemoryJournal _journal = new();
    private readonly FakeTimeProvider _clock = new(SmallOffice.Nine);
    private readonly SnapshotFiles<Credentials> _files;

    public AggregateTests() => _files = NewFiles<Credentials>();

    public async ValueTask DisposeAsync()
    {
        await _files.DisposeAsync();
        _folder.Dispose();
    }

    private SnapshotFiles<T> NewFiles<T>() where T : ISaved =>
        new(new SnapshotFolder(_folder.Path), _clock, NullLogger<SnapshotFiles<T>>.Instance);

    private Journaled<Credentials, CredentialsCommand, CredentialsEvent> NewShell(ISnapshots<Credentials>? snapshots = null) =>
        Journaled.Of<Credentials, CredentialsCommand, CredentialsEvent>(
            Stream, _journal, new Heard<Credentials, CredentialsEvent>(), _clock, snapshots);

    private static RequestId Request(int n) => new(new Guid(n, 1, 1, new byte[8]));

    private static Issue IssueFor(int n) => new(CredentialKind.Display, $"clerk-{n % 50}", $"hash-{n}");

    private async Task<List<Answer<CredentialsEvent>>> IssueManyAsync(Journaled<Credentials, CredentialsCommand, CredentialsEvent> shell)
    {
        var answers = new List<Answer<CredentialsEvent>>();
        for (var n = 1; n <= Many; n++)
        {
            _clock.Advance(TimeSpan.FromSeconds(10));
            answers.Add(await shell.Handle(Request(n), IssueFor(n)));
        }

        return answers;
    }

    [Fact]
    public async Task A_request_forgotten_long_ago_gets_its_first_answer_from_the_journal()
    {
        var shell = NewShell();
        var answers = await IssueManyAsync(shell);
        foreach (var again in (Journaled<Credentials, CredentialsCommand, CredentialsEvent>[])[shell, NewShell(_files), NewShell()])
        {
            foreach (var n in (int[])[1, 2, Many / 2, Many])
            {
                var answer = await again.Handle(Request(n), IssueFor(n));
                Assert.Equal((answers[n - 1].Version, answers[n - 1].Refusal), (answer.Version, answer.Refusal));
                Assert.Equal(answers[n - 1].Events, answer.Events);
                Assert.Equal(Refusal.RequestReused, (await again.Handle(Request(n), new Revoke("clerk-1"))).Refusal);
            }
        }

        Assert.Equal(Many, _journal.Of(Stream).Count);
    }

    [Fact]
    public void The_memory_for_requests_is_bounded_by_number_and_age()
    {
        var known = new KnownRequests(keepsAll: false);
        for (var n = 1; n <= 3 * KnownRequests.Most; n++)
        {
            known.Add(Request(n), n, SmallOffice.Nine);
        }

        Assert.Equal(KnownRequests.Most, known.Count);
        Assert.False(known.TryGetVersion(Request(2 * KnownRequests.Most), out _));
        Assert.True(known.TryGetVersion(Request((2 * KnownRequests.Most) + 1), out var version));
        Assert.Equal((2 * KnownRequests.Most) + 1, version);
        known.Add(Request(0), (3 * KnownRequests.Most) + 1, SmallOffice.Nine + KnownRequests.Longest + TimeSpan.FromSeconds(1));
        Assert.Equal([Request(0)], known.InOrder);
    }

    [Fact]
    public async Task A_restart_goes_on_from_a_snapshot_that_has_only_the_last_requests()
    {
        await IssueManyAsync(NewShell(_files));
        await _files.DisposeAsync();
        await using var files = NewFiles<Credentials>();
        var saved = await files.FindAsync(Stream);
        Assert.InRange(saved!.Head.Version, 2 * files.EntriesApart, Many);
        Assert.Equal(KnownRequests.Most, saved.Requests.Count);
        var (version, known) = await NewShell(files).ViewAsync();
        var (plainVersion, plain) = await NewShell().ViewAsync();
        Assert.Equal(plainVersion, version);
        Assert.Equal(plain.ByHolder.Values.OrderBy(c => c.Holder), known.ByHolder.Values.OrderBy(c => c.Holder));
        Assert.Equal($"credentials.alsdorf.rathaus.schema-{Credentials.Schema}.json",
            Path.GetFileName(Assert.Single(Directory.GetFiles(_folder.Path))));
    }

    [Fact]
    public async Task The_snapshot_of_another_build_goes_with_the_next_one_and_other_streams_keep_theirs()
    {
        var old = _folder.Write("credentials.alsdorf.rathaus.schema-99.json", "");
        string[] others = [_folder.Write("credentials.alsdorf.rathaus-2.schema-1.json", ""),
            _folder.Write("outbox.alsdorf.rathaus.schema-1.json", "")];
        Array.ForEach(others, file => File.SetLastWriteTimeUtc(file, _clock.GetUtcNow().UtcDateTime.AddYears(-1)));
        await IssueManyAsync(NewShell(_files));
        await _files.DisposeAsync();
        Assert.False(File.Exists(old));
        Assert.All(others, file => Assert.True(File.Exists(file)));
    }

    [Fact]
    public async Task A_message_is_queued_once_though_each_repeat_has_a_new_seal_and_its_id_serves_nothing_else()
    {
        var outbox = Journaled.Of<Outbox, OutboxCommand, OutboxEvent>("outbox/alsdorf", _journal, new Heard<Outbox, OutboxEvent>(), _clock);
        var id = MessageId.Of(new Cause("case/alsdorf.1", 3), "citizen", MessageKind.Mail);
        OutboxCommand.Enqueue Sealed(string seal) =>
            new(id, MessageKind.Mail, new("case/alsdorf.1", 3), seal, seal, _clock.GetUtcNow().AddHours(2));
        var first = await outbox.Handle(id.Request, Sealed("one"));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(first.Events, (await outbox.Handle(id.Request, Sealed("two"))).Events);
        Assert.Equal(Refusal.RequestReused, (await outbox.Handle(id.Request, new OutboxCommand.Dismiss(id, new("anna")))).Refusal);
        Assert.Single(_journal.Of("outbox/alsdorf"));
    }
}
