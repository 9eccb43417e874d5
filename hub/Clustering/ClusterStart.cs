using Aufruf.Grains.Journal;
using Npgsql;

namespace Aufruf.Hub.Clustering;

/// <summary>Prepares the database before the hub joins the others: their commands come as soon as it has joined.</summary>
internal sealed class ClusterStart(NpgsqlDataSource database, GroupCommitJournal journal) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await ClusterTables.PrepareAsync(database);
        await ((PostgresJournal)journal).PrepareAsync();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
