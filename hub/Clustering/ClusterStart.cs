using System.Data.Common;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Running;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Aufruf.Hub.Clustering;

/// <summary>Prepares the database before the hub joins the others: their commands come as soon as it has joined.</summary>
/// <remarks>A second time it changes nothing.</remarks>
internal sealed class ClusterStart(NpgsqlDataSource database, GroupCommitJournal journal, IVaultKeys vault, IOptions<HubOptions> options)
    : IHostedService
{
    /// <exception cref="StartRefusedException">The database cannot be used.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ClusterTables.PrepareAsync(database);
            await SharedKeyFiles.PrepareAsync(database, (PostgresJournal)journal, (StoredVaultKeys)vault,
                CommandSettings.KeyIn(options.Value.Data), CommandSettings.VaultKeyIn(options.Value.Data));
        }
        catch (DbException error)
        {
            throw new StartRefusedException($"The database of ConnectionStrings:Aufruf cannot be used: {error.Message}");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
