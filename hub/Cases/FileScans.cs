using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Deadlines;
using Aufruf.Grains.Deadlines;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Appointments;
using Aufruf.Hub.Connectors;
using Aufruf.Hub.Deadlines;

namespace Aufruf.Hub.Cases;

/// <summary>Files of a case that came while the scanner was away.</summary>
internal sealed class WaitingFiles(CaseSeals seals, CaseFiles files, VirusScanner scanner, IGrainFactory grains)
{
    /// <summary>Those that still wait, by the answers.</summary>
    public static IEnumerable<string> Of(CitizenCase found, IReadOnlyDictionary<string, string> answers) => answers
        .Where(answer => answer.Key.EndsWith(FileAnswer.WaitsOf(""), StringComparison.Ordinal) && !found.Scans.ContainsKey(answer.Value))
        .Select(answer => answer.Value);

    /// <summary>Lets the scanner look at them.</summary>
    /// <returns>True: it said its word on all.</returns>
    public async Task<bool> ScanAsync(string stream)
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

        return !isOpen;
    }
}

/// <summary>A case has new answers: files among them may wait for the scanner. Then a deadline asks it again.</summary>
internal sealed class FileScans(WaitingFiles waiting, IDeadlines deadlines, FollowUpNeeds needs, ILogger<FileScans> log)
    : FollowUp("file scans", CitizenCase.StreamKind, needs, log, "case-submitted", "answers-added")
{
    public const string Kind = "file-scan";

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    protected override async Task CarryOutAsync(JournalEntry entry)
    {
        if (!await waiting.ScanAsync(entry.Stream))
        {
            var (key, due) = (entry.Stream[(CitizenCase.StreamKind.Length + 1)..], entry.At + Pause);
            await deadlines.SetAsync(CitizenCase.AuthorityOf(entry.Stream),
                Bookings.RequestOf($"{Kind} {entry.Stream} {due.UtcTicks}"), new(Kind, key, due));
        }
    }
}

/// <summary>Asks the scanner again. While it is away, the deadline stays due and is tried again.</summary>
internal sealed class FileScanDue(WaitingFiles waiting) : IDeadlineHandler
{
    public string Kind => FileScans.Kind;

    public async Task CarryOutAsync(Deadline deadline, RequestId request)
    {
        if (!await waiting.ScanAsync($"{CitizenCase.StreamKind}/{deadline.About}"))
        {
            throw new InvalidOperationException("The virus scanner does not answer.");
        }
    }
}
