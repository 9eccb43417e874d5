using Aufruf.Grains.Journal;

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
    public static string KeyBeside(string file) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".", "journal.key");

    public static GroupCommitJournal OpenJournal(IConfiguration configuration, bool readOnly) => JournalFile(configuration) is { } file
        ? new SqliteJournal(file, readOnly, KeyBeside(file))
        : new PostgresJournal(Npgsql.NpgsqlDataSource.Create(configuration.GetConnectionString("Aufruf") ?? ""));
}
