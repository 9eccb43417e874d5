using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Running;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Aufruf.Hub.Clustering;

/// <summary>Prepares the database before the hub joins the others: their commands come as soon as it has joined.</summary>
internal sealed class ClusterStart(NpgsqlDataSource database, GroupCommitJournal journal, IVaultKeys vault, IOptions<HubOptions> options)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await ClusterTables.PrepareAsync(database);
        await SharedKeyFiles.PrepareAsync(database, (PostgresJournal)journal, (StoredVaultKeys)vault,
            CommandSettings.KeyIn(options.Value.Data), CommandSettings.VaultKeyIn(options.Value.Data));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
