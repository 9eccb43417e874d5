using Aufruf.Grains.Journal;

namespace Aufruf.Hub.Running;

/// <summary>"audit": verifies the journal's chain of hashes and names the first bad entry. Changes nothing.</summary>
internal static class AuditCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var configuration = CommandConfiguration.Of(args);
        await using var journal = Open(configuration);
        if (journal is null)
        {
            return 2;
        }

        try
        {
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

    private static GroupCommitJournal? Open(IConfiguration configuration)
    {
        if (configuration.GetConnectionString("Aufruf") is { Length: > 0 } postgres)
        {
            return new PostgresJournal(Npgsql.NpgsqlDataSource.Create(postgres));
        }

        var file = configuration["database"] ?? Path.Combine(configuration["Hub:Data"] ?? new HubOptions().Data, "aufruf.db");
        if (File.Exists(file))
        {
            return new SqliteJournal(file, readOnly: true);
        }

        Console.Error.WriteLine($"{file} does not exist. Usage: audit [--database FILE], or --ConnectionStrings:Aufruf for PostgreSQL.");
        return null;
    }
}

/// <summary>Settings of a command: appsettings.json, environment, command line, as for the server.</summary>
internal static class CommandConfiguration
{
    public static IConfiguration Of(string[] args) => new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
        .AddEnvironmentVariables()
        .AddCommandLine(args)
        .Build();
}
