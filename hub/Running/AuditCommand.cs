using Aufruf.Grains.Journal;

namespace Aufruf.Hub.Running;

/// <summary>"audit": verifies the journal's chain of hashes and names the first bad entry. It changes nothing.</summary>
internal static class AuditCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var configuration = CommandSettings.Read(args);
        if (CommandSettings.JournalFile(configuration) is { } file && !File.Exists(file))
        {
            await Console.Error.WriteLineAsync(
                $"{file} does not exist. Usage: audit [--database FILE], or --ConnectionStrings:Aufruf for PostgreSQL.");
            return 2;
        }

        try
        {
            await using var journal = CommandSettings.OpenJournal(configuration, readOnly: true);
            var report = await JournalAudit.VerifyAsync(journal, CancellationToken.None);
            if (report.Fault is { } fault)
            {
                Console.WriteLine($"BROKEN  {fault}");
                Console.WriteLine($"{report.Entries - 1} entries before it are sound.");
                return 1;
            }

            Console.WriteLine($"SOUND   {report.Entries} entries in {report.Streams} streams; seal {report.Seal}");
            return 0;
        }
        catch (System.Data.Common.DbException error)
        {
            await Console.Error.WriteLineAsync($"The journal cannot be read: {error.Message}");
            return 2;
        }
    }
}
