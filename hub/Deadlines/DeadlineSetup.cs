using Aufruf.Contracts;
using Aufruf.Grains;
using Aufruf.Grains.Deadlines;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Running;
using Microsoft.Data.Sqlite;

namespace Aufruf.Hub.Deadlines;

internal static class DeadlineSetup
{
    public static void AddDeadlines(this IServiceCollection services)
    {
        services.AddSingleton<Func<string, IWheelGrain>>(s =>
            stream => s.GetRequiredService<IGrainFactory>().GetGrain<IWheelGrain>(stream));
        services.AddSingleton<LateDeadlines>().AddSingleton<Wheels>().AddSingleton<IDeadlines>(s => s.GetRequiredService<Wheels>());
        services.AddSingleton<IDeadlineHandler, KeyRetention>().AddSingleton<ISteadyClock>(s => s.GetRequiredService<ClockWatch>());
        services.AddHostedService(s => s.GetRequiredService<Wheels>()).AddHealthChecks().AddCheck<Wheels>("deadlines");
    }

    /// <summary>Reminders of a hub that is alone, in a file beside its journal.</summary>
    public static void UseSqliteReminders(this ISiloBuilder silo, string file)
    {
        var address = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 10 }.ToString();
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".");
        try
        {
            using var connection = new SqliteConnection(address);
            connection.Open();
            using var schema = connection.CreateCommand();
            schema.CommandText = ReminderTables;
            schema.ExecuteNonQuery();
        }
        catch (SqliteException error)
        {
            throw new StartRefusedException(SqliteJournal.Explain(file, error));
        }

        // Orleans knows Microsoft.Data.Sqlite by this name; under its own name the hub does not start.
        silo.UseAdoNetReminderService(o => (o.Invariant, o.ConnectionString) = ("System.Data.SQLite", address));
    }

    // Orleans' packages bring no SQL: they read each statement from the table OrleansQuery. Keys and parameters are those of Orleans 10.4.
    private const string ReminderTables = """
        PRAGMA journal_mode = WAL;
        CREATE TABLE IF NOT EXISTS OrleansQuery(QueryKey TEXT PRIMARY KEY, QueryText TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS reminders(
            ServiceId TEXT NOT NULL, GrainId TEXT NOT NULL, ReminderName TEXT NOT NULL, StartTime TEXT NOT NULL, Period INTEGER NOT NULL,
            GrainHash INTEGER NOT NULL, Version INTEGER NOT NULL, PRIMARY KEY(ServiceId, GrainId, ReminderName));
        INSERT OR REPLACE INTO OrleansQuery VALUES
            ('UpsertReminderRowKey', 'INSERT INTO reminders(ServiceId, GrainId, ReminderName, StartTime, Period, GrainHash, Version)
                VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0)
                ON CONFLICT(ServiceId, GrainId, ReminderName) DO UPDATE SET StartTime = excluded.StartTime, Period = excluded.Period,
                    GrainHash = excluded.GrainHash, Version = Version + 1
                RETURNING Version AS version'),
            ('ReadReminderRowsKey', 'SELECT GrainId, ReminderName, StartTime, Period, Version FROM reminders
                WHERE ServiceId = @ServiceId AND GrainId = @GrainId'),
            ('ReadReminderRowKey', 'SELECT GrainId, ReminderName, StartTime, Period, Version FROM reminders
                WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName'),
            ('ReadRangeRows1Key', 'SELECT GrainId, ReminderName, StartTime, Period, Version FROM reminders
                WHERE ServiceId = @ServiceId AND GrainHash > @BeginHash AND GrainHash <= @EndHash'),
            ('ReadRangeRows2Key', 'SELECT GrainId, ReminderName, StartTime, Period, Version FROM reminders
                WHERE ServiceId = @ServiceId AND (GrainHash > @BeginHash OR GrainHash <= @EndHash)'),
            ('DeleteReminderRowKey', 'DELETE FROM reminders WHERE ServiceId = @ServiceId AND GrainId = @GrainId
                AND ReminderName = @ReminderName AND Version = @Version; SELECT changes() AS row_count'),
            ('DeleteReminderRowsKey', 'DELETE FROM reminders WHERE ServiceId = @ServiceId');
        """;
}
