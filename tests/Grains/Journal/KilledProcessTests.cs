using System.Diagnostics;
using System.Globalization;
using Aufruf.Grains.Journal;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Grains.Journal;

/// <summary>A process is killed in the middle of its work, again and again; its acknowledged entries stay.</summary>
[Trait("Needs", "process")]
public sealed class KilledProcessTests : IDisposable
{
    internal const string FolderVariable = "AUFRUF_TEST_APPEND_IN";

    // Each kill costs a start of the test program, 4 s of a processor.
    private static readonly int Kills = Proof.Times(check: 4, full: 40);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_process_killed_again_and_again_has_kept_every_entry_it_acknowledged()
    {
        for (var round = 1; round <= Kills; round++)
        {
            await KillInMidWorkAsync(entriesBefore: 60 + (round * 7));
            await using var journal = new SqliteJournal(_folder.File("aufruf.db"));
            var report = await JournalAudit.VerifyAsync(journal, Stop);
            Assert.Null(report.Fault);
            foreach (var (stream, version) in Acknowledged())
            {
                var last = await journal.LastVersionAsync(stream);
                Assert.True(last >= version, $"Round {round}: {stream} acknowledged entry {version} and holds {last}.");
            }
        }
    }

    private async Task KillInMidWorkAsync(int entriesBefore)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["exec", typeof(KilledProcessTests).Assembly.Location, "--filter-class", typeof(AppendingProcess).FullName ?? "",
                "--results-directory", _folder.Path])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[FolderVariable] = _folder.Path;
        var before = Lines().Length;
        using var child = Process.Start(start) ?? throw new InvalidOperationException("The child did not start.");
        try
        {
            var limit = Stopwatch.StartNew();
            using var acknowledged = new FileSystemWatcher(_folder.Path, "acknowledged");
            while (Lines().Length < before + entriesBefore)
            {
                Assert.False(child.HasExited, "The child ended by itself.");
                Assert.True(limit.Elapsed < TimeSpan.FromSeconds(60), "The child never wrote.");
                acknowledged.WaitForChanged(WatcherChangeTypes.All, 100);
            }
        }
        finally
        {
            child.Kill(); // SIGKILL: no farewell, no flush.
            await child.WaitForExitAsync(Stop);
        }
    }

    private string[] Lines() => File.Exists(_folder.File("acknowledged")) ? File.ReadAllText(_folder.File("acknowledged")).Split('\n') : [];

    /// <summary>The last acknowledged version of each stream; a line cut off in writing was not acknowledged.</summary>
    private IEnumerable<(string Stream, long Version)> Acknowledged() => Lines()[..^1]
        .Select(line => line.Split(' ')).GroupBy(parts => parts[0])
        .Select(g => (g.Key, g.Max(parts => long.Parse(parts[1], CultureInfo.InvariantCulture))));
}

/// <summary>Appends to eight streams at once and writes down each acknowledgement. As a killed process it never ends.</summary>
public class AppendingProcess
{
    [Fact]
    public async Task Acknowledged_entries_of_eight_streams_at_once_are_there()
    {
        var killed = Environment.GetEnvironmentVariable(KilledProcessTests.FolderVariable);
        using var own = killed is null ? new TempFolder() : null; // A killed process cannot delete its folder.
        var folder = killed ?? own?.Path ?? "";
        await using var journal = new SqliteJournal(Path.Combine(folder, "aufruf.db"));
        await using var acknowledged = new FileStream(Path.Combine(folder, "acknowledged"), FileMode.Append, FileAccess.Write,
            FileShare.Read, bufferSize: 0);
        await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(s => Task.Run(() => AppendAsync(journal, $"stream-{s}", killed is null ? 50 : long.MaxValue, acknowledged))));
        var report = await JournalAudit.VerifyAsync(journal, TestContext.Current.CancellationToken);
        Assert.Equal((8L, 400L, null), (report.Streams, report.Entries, report.Fault));
        Assert.Equal(
            400, (await File.ReadAllLinesAsync(Path.Combine(folder, "acknowledged"), TestContext.Current.CancellationToken)).Length);
    }

    private static async Task AppendAsync(SqliteJournal journal, string stream, long until, FileStream acknowledged)
    {
        var head = JournalHead.Start;
        await foreach (var entry in journal.ReadAsync(stream, 0, CancellationToken.None))
        {
            head = new(entry.Version, entry.Hash);
        }

        while (head.Version < until)
        {
            head = await journal.AppendAsync(stream, head, SmallOffice.Nine, "{}"u8.ToArray());
            lock (acknowledged)
            {
                acknowledged.Write(System.Text.Encoding.UTF8.GetBytes($"{stream} {head.Version}\n"));
            }
        }
    }
}
