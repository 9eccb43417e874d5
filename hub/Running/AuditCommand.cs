using System.Data.Common;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Clustering;

namespace Aufruf.Hub.Running;

/// <summary>"audit": verifies the journal and names each fault. It changes nothing in the journal.</summary>
/// <remarks>A file named after the seal keeps the ends of all streams. A later audit compares the journal with them.</remarks>
internal static class AuditCommand
{
    private const string Usage = "Usage: audit [--database FILE] [--seal SEAL|FILE], audit --accept true, "
        + "or --ConnectionStrings:Aufruf for PostgreSQL.";

    public static async Task<int> RunAsync(string[] args)
    {
        var configuration = CommandSettings.Read([.. args.Select(arg => arg == "--accept" ? "--accept=true" : arg)]);
        if (CommandSettings.JournalFile(configuration) is { } file && !File.Exists(file))
        {
            await Console.Error.WriteLineAsync($"{file} does not exist. {Usage}");
            return 2;
        }

        var ends = "";
        if (configuration["seal"] is { } seal && !TryFindEnds(seal, configuration, out ends))
        {
            Console.WriteLine($"BROKEN  No audit with the seal '{seal}' is kept here, or its file was changed.");
            return 1;
        }

        try
        {
            return configuration["accept"] == "true" ? await AcceptAsync(configuration) : await VerifyAsync(configuration, ends);
        }
        catch (DbException error)
        {
            await Console.Error.WriteLineAsync($"The journal cannot be read: {error.Message}");
            return 2;
        }
    }

    private static async Task<int> VerifyAsync(IConfiguration configuration, string ends)
    {
        await using var journal = await CommandSettings.OpenJournalAsync(configuration, readOnly: true);
        var report = await JournalAudit.VerifyAsync(journal, CancellationToken.None, ends, mustBeJson: true);
        foreach (var fault in report.Faults)
        {
            Console.WriteLine($"BROKEN  {fault}");
        }

        if (report.Faults.Count > 0)
        {
            Console.WriteLine("Restore a backup with './run restore FILE'. After an examination, "
                + "'./run audit --accept' signs the journal as it is.");
            return 1;
        }

        Console.WriteLine($"SOUND   {report.Entries} entries in {report.Streams} streams; seal {report.Seal}");
        Console.WriteLine(journal.Key is null ? "The key of the anchors is not here: their signatures were not verified." : "");
        Keep(configuration, report);
        return 0;
    }

    private static async Task<int> AcceptAsync(IConfiguration configuration)
    {
        var file = CommandSettings.JournalFile(configuration);
        var data = file is null ? CommandSettings.Data(configuration) : Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".";
        using var folder = new DataFolder(data); // Refused while a hub runs.
        if (file is not null)
        {
            await using var journal = new SqliteJournal(file);
            await journal.AcceptAsync(CommandSettings.KeyBeside(file));
        }
        else
        {
            await AcceptInPostgresAsync(configuration.GetConnectionString("Aufruf") ?? "", CommandSettings.KeyIn(data));
        }

        Console.WriteLine($"{file ?? "The PostgreSQL journal"} is signed as it is.");
        return 0;
    }

    private static async Task AcceptInPostgresAsync(string postgres, string key)
    {
        await using var database = Npgsql.NpgsqlDataSource.Create(postgres);
        await using var alone = await PostgresPost.TryStopHubsAsync(database)
            ?? throw new StartRefusedException("A hub runs on this database. Stop all hubs first.");
        await using var journal = new PostgresJournal(database);
        await journal.AcceptAsync(key);
        await SharedKeyFiles.AcceptAsync(database, key);
    }

    private static void Keep(IConfiguration configuration, JournalAudit.Report report)
    {
        var folder = Folders(configuration).First();
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, report.Seal + ".txt"), report.Ends);
            Console.WriteLine($"Write the seal down. 'audit --seal {report.Seal}' compares the journal with it later.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.WriteLine($"The ends of the streams could not be kept for a later comparison: {error.Message}");
        }
    }

    private static bool TryFindEnds(string seal, IConfiguration configuration, out string ends)
    {
        var file = Folders(configuration).Select(folder => Path.Combine(folder, Path.GetFileName(seal) + ".txt")).Append(seal)
            .FirstOrDefault(File.Exists);
        ends = file is null ? "" : File.ReadAllText(file);
        return file is not null && JournalAudit.SealOf(ends) == Path.GetFileNameWithoutExtension(file);
    }

    // Beside the database, and in the hub's data for a copy elsewhere.
    private static IEnumerable<string> Folders(IConfiguration configuration) =>
        [
            .. CommandSettings.JournalFile(configuration) is { } file
                ? (string[])[Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".", "audits")] : [],
            Path.Combine(CommandSettings.Data(configuration), "audits"),
        ];
}
