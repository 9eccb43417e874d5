using Npgsql;

namespace Aufruf.Hub.Clustering;

/// <summary>The tables of Orleans in PostgreSQL: which hubs there are, and the reminders.</summary>
/// <remarks>Orleans' packages bring no SQL. They read the text of each statement from the table OrleansQuery by its key. Names of keys,
/// parameters and columns are those of Orleans 10.4; an unknown key is left alone.</remarks>
internal static class ClusterTables
{
    // One row counts the changes of all hubs' rows. Orleans changes a hub only if the count is still the one that it read.
    private const string Schema = """
        SELECT pg_advisory_xact_lock(4157);
        CREATE TABLE IF NOT EXISTS OrleansQuery(QueryKey text PRIMARY KEY, QueryText text NOT NULL);
        CREATE TABLE IF NOT EXISTS hub_changes(DeploymentId text PRIMARY KEY, Version int NOT NULL);
        CREATE TABLE IF NOT EXISTS hubs(
            DeploymentId text NOT NULL, Address text NOT NULL, Port int NOT NULL, Generation int NOT NULL, SiloName text NOT NULL,
            HostName text NOT NULL, Status int NOT NULL, ProxyPort int NOT NULL, SuspectTimes text, StartTime timestamptz NOT NULL,
            IAmAliveTime timestamptz NOT NULL, PRIMARY KEY(DeploymentId, Address, Port, Generation));
        CREATE TABLE IF NOT EXISTS reminders(
            ServiceId text NOT NULL, GrainId text NOT NULL, ReminderName text NOT NULL, StartTime timestamptz NOT NULL,
            Period bigint NOT NULL, GrainHash int NOT NULL, Version int NOT NULL, PRIMARY KEY(ServiceId, GrainId, ReminderName));
        CREATE INDEX IF NOT EXISTS reminders_by_hash ON reminders(ServiceId, GrainHash);
        """;

    private const string Hub = "DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation";
    private const string Changed = "UPDATE hub_changes SET Version = Version + 1 WHERE DeploymentId = @DeploymentId AND Version = @Version";
    private const string ReadHubs = """
        SELECT c.Version, h.Address, h.Port, h.Generation, h.SiloName, h.HostName, h.Status, h.ProxyPort, h.SuspectTimes, h.StartTime,
            h.IAmAliveTime FROM hub_changes c LEFT JOIN hubs h ON h.DeploymentId = c.DeploymentId
        """;

    private const string ReadReminders =
        "SELECT GrainId, ReminderName, StartTime, Period, Version FROM reminders WHERE ServiceId = @ServiceId";

    // Orleans' number of the status "dead".
    private const int Dead = 6;

    private static readonly (string Key, string Text)[] Queries =
    [
        ("InsertMembershipVersionKey", """
            WITH made AS (INSERT INTO hub_changes(DeploymentId, Version) VALUES (@DeploymentId, 0) ON CONFLICT DO NOTHING RETURNING 1)
            SELECT count(*) = 1 FROM made
            """),
        ("InsertMembershipKey", $"""
            WITH changed AS ({Changed} AND NOT EXISTS (SELECT 1 FROM hubs WHERE {Hub}) RETURNING 1),
            made AS (INSERT INTO hubs(DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime,
                    IAmAliveTime)
                SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
                FROM changed RETURNING 1)
            SELECT count(*) = 1 FROM made
            """),
        ("UpdateMembershipKey", $"""
            WITH changed AS ({Changed} AND EXISTS (SELECT 1 FROM hubs WHERE {Hub}) RETURNING 1),
            made AS (UPDATE hubs SET Status = @Status, SuspectTimes = @SuspectTimes, IAmAliveTime = @IAmAliveTime
                WHERE {Hub} AND EXISTS (SELECT 1 FROM changed) RETURNING 1)
            SELECT count(*) = 1 FROM made
            """),
        ("UpdateIAmAlivetimeKey", $"UPDATE hubs SET IAmAliveTime = @IAmAliveTime WHERE {Hub}"),
        ("MembershipReadAllKey", $"{ReadHubs} WHERE c.DeploymentId = @DeploymentId"),
        ("MembershipReadRowKey", $"""
            {ReadHubs} AND h.Address = @Address AND h.Port = @Port AND h.Generation = @Generation WHERE c.DeploymentId = @DeploymentId
            """),
        ("GatewaysQueryKey", """
            SELECT Address, ProxyPort, Generation FROM hubs
            WHERE DeploymentId = @DeploymentId AND Status = @Status AND ProxyPort > 0
            """),
        ("DeleteMembershipTableEntriesKey", """
            WITH gone AS (DELETE FROM hubs WHERE DeploymentId = @DeploymentId) DELETE FROM hub_changes WHERE DeploymentId = @DeploymentId
            """),
        ("CleanupDefunctSiloEntriesKey", $"""
            DELETE FROM hubs WHERE DeploymentId = @DeploymentId AND Status = {Dead} AND IAmAliveTime < @IAmAliveTime
            """),
        ("UpsertReminderRowKey", """
            INSERT INTO reminders(ServiceId, GrainId, ReminderName, StartTime, Period, GrainHash, Version)
            VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0)
            ON CONFLICT (ServiceId, GrainId, ReminderName) DO UPDATE SET StartTime = excluded.StartTime, Period = excluded.Period,
                GrainHash = excluded.GrainHash, Version = reminders.Version + 1
            RETURNING Version
            """),
        ("ReadReminderRowsKey", $"{ReadReminders} AND GrainId = @GrainId"),
        ("ReadReminderRowKey", $"{ReadReminders} AND GrainId = @GrainId AND ReminderName = @ReminderName"),
        ("ReadRangeRows1Key", $"{ReadReminders} AND GrainHash > @BeginHash AND GrainHash <= @EndHash"),
        ("ReadRangeRows2Key", $"{ReadReminders} AND (GrainHash > @BeginHash OR GrainHash <= @EndHash)"),
        ("DeleteReminderRowKey", """
            WITH gone AS (DELETE FROM reminders WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName
                AND Version = @Version RETURNING 1)
            SELECT count(*) = 1 FROM gone
            """),
        ("DeleteReminderRowsKey", "DELETE FROM reminders WHERE ServiceId = @ServiceId"),
    ];

    /// <summary>Creates what is missing. Hubs that start together do it one after the other.</summary>
    public static async Task PrepareAsync(NpgsqlDataSource database)
    {
        await using var batch = database.CreateBatch();
        foreach (var statement in Schema.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            batch.BatchCommands.Add(new(statement));
        }

        foreach (var (key, text) in Queries)
        {
            batch.BatchCommands.Add(new("""
                INSERT INTO OrleansQuery(QueryKey, QueryText) VALUES ($1, $2)
                ON CONFLICT (QueryKey) DO UPDATE SET QueryText = excluded.QueryText
                """)
            { Parameters = { new() { Value = key }, new() { Value = text } } });
        }

        await batch.ExecuteNonQueryAsync(); // One transaction.
    }
}
