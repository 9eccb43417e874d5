using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Deadlines;
using Aufruf.Grains;
using Aufruf.Grains.Deadlines;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Appointments;
using Aufruf.Hub.Connectors;
using Aufruf.Hub.Deadlines;

namespace Aufruf.Hub.Cases;

/// <summary>Files of a case that came while the scanner was away: it looks at them now, or a deadline asks it again.</summary>
internal sealed class WaitingFiles(CaseSeals seals, CaseFiles files, VirusScanner scanner, IDeadlines deadlines, IGrainFactory grains,
    TimeProvider clock)
{
    public const string Kind = "file-scan";

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    /// <summary>Those that still wait, by the answers.</summary>
    public static IEnumerable<string> Of(CitizenCase found, IReadOnlyDictionary<string, string> answers) => answers
        .Where(answer => answer.Key.EndsWith(FileAnswer.WaitsOf(""), StringComparison.Ordinal) && !found.Scans.ContainsKey(answer.Value))
        .Select(answer => answer.Value);

    public async Task ScanAsync(string stream)
    {
        var found = await grains.GetGrain<ICaseGrain>(stream).View();
        var isOpen = false;
        foreach (var hash in Of(found, await seals.OpenCaseAsync(stream, found.Answers) ?? []).ToList())
        {
            var result = await files.OpenAsync(stream, hash) is { } content ? await scanner.ScanAsync(content) : ScanResult.Infected;
            isOpen |= result is ScanResult.Unknown;
            if (result is not ScanResult.Unknown)
            {
                await grains.GetGrain<ICaseGrain>(stream).Handle(Bookings.RequestOf($"scan {stream} {hash}"),
                    new CaseCommand.NoteScan(hash, result is ScanResult.Clean));
            }
        }

        if (isOpen)
        {
            var (key, due) = (stream[(CitizenCase.StreamKind.Length + 1)..], clock.GetUtcNow() + Pause);
            await deadlines.SetAsync(key[..key.IndexOf('.', StringComparison.Ordinal)],
                Bookings.RequestOf($"{Kind} {stream} {due.UtcTicks}"), new(Kind, key, due));
        }
    }
}

/// <summary>A case has new answers: files among them may wait for the scanner.</summary>
internal sealed class FileScans(WaitingFiles waiting, IJournal journal, ICheckpoints checkpoints, ILeases leases, TimeProvider clock,
    ILogger<FileScans> log) : FollowUp("file scans", CitizenCase.StreamKind, journal, checkpoints, leases, clock, log)
{
    protected override bool Concerns(JournalEntry entry) => entry.Entry.Span.IndexOf("\"case-submitted\""u8) >= 0
        || entry.Entry.Span.IndexOf("\"answers-added\""u8) >= 0;

    protected override Task CarryOutAsync(JournalEntry entry) => waiting.ScanAsync(entry.Stream);
}

/// <summary>Asks the scanner again.</summary>
internal sealed class FileScanDue(WaitingFiles waiting) : IDeadlineHandler
{
    public string Kind => WaitingFiles.Kind;

    public Task CarryOutAsync(Deadline deadline, RequestId request) => waiting.ScanAsync($"{CitizenCase.StreamKind}/{deadline.About}");
}
