using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Running.Backups;

namespace Aufruf.Hub.Running;

/// <summary>The settings of a command: appsettings.json, environment, command line, as for the server.</summary>
internal static class CommandSettings
{
    public static IConfiguration Read(string[] args) => new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
        .AddEnvironmentVariables()
        .AddCommandLine(args)
        .Build();

    /// <summary>The SQLite file; null when a PostgreSQL is configured.</summary>
    public static string? JournalFile(IConfiguration configuration) => configuration.GetConnectionString("Aufruf") is { Length: > 0 } ? null
        : configuration["database"] ?? Path.Combine(Data(configuration), "aufruf.db");

    public static string Data(IConfiguration configuration) => configuration["Hub:Data"] ?? new HubOptions().Data;

    /// <summary>The key that signs a SQLite journal, a file beside it.</summary>
    public static string KeyBeside(string file) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".", KeyFolder.JournalKey);

    /// <summary>The key that signs a PostgreSQL journal. It is not in the database.</summary>
    public static string KeyIn(string data) => Path.Combine(data, "journal-postgresql.key");

    /// <summary>The key that opens the keys of personal values.</summary>
    public static string VaultKeyIn(string data) => Path.Combine(data, "vault.key");

    /// <summary>The keys of personal values, beside the journal.</summary>
    public static StoredVaultKeys VaultKeys(string? postgres, string data) =>
        VaultKeyIn(data) is var keyFile && postgres is { Length: > 0 }
            ? StoredVaultKeys.InPostgres(Npgsql.NpgsqlDataSource.Create(postgres), keyFile)
            : StoredVaultKeys.InSqlite(Path.Combine(data, "vault.db"), keyFile);

    /// <summary>A command stands in the journal with the account of the operating system. No person's name has a ':'.</summary>
    public static string By => $"command:{Environment.UserName}";

    public static async Task<GroupCommitJournal> OpenJournalAsync(IConfiguration configuration, bool readOnly)
    {
        if (JournalFile(configuration) is { } file)
        {
            var apart = Path.Combine(KeyFolder.Of(file), KeyFolder.JournalKey);
            return new SqliteJournal(file, readOnly, File.Exists(apart) ? apart : KeyBeside(file));
        }

        var journal = new PostgresJournal(Npgsql.NpgsqlDataSource.Create(configuration.GetConnectionString("Aufruf") ?? ""),
            KeyIn(Data(configuration)));
        await (readOnly ? journal.PrepareToReadAsync() : journal.PrepareAsync());
        return journal;
    }
}
