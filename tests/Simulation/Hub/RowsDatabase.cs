using System.Data.Common;
using System.Globalization;
using Aufruf.Grains.Reports;
using Microsoft.Data.Sqlite;

namespace Aufruf.Simulation.Hub;

/// <summary>The database with the rows of the reports: SQLite in memory. It answers as the journal's database does.</summary>
/// <remarks>A transaction happens at one moment. A hub may die before it, and after it without hearing of it.</remarks>
internal sealed class RowsDatabase(World world) : IDisposable
{
    private static long s_last;

    private readonly string _address = string.Create(CultureInfo.InvariantCulture,
        $"Data Source=rows-{Interlocked.Increment(ref s_last)};Mode=Memory;Cache=Shared");

    // SQLite drops it with its last connection.
    private SqliteConnection? _keeper;

    /// <param name="journal">The database fails and stands still with this one.</param>
    public ReportStore Open(SimulatedJournal journal)
    {
        if (_keeper is null)
        {
            _keeper = new(_address);
            _keeper.Open();
        }

        // Slower than the journal: then a projection rests for seconds, and what is to be saved gathers.
        return ReportStore.InSqlite(new Source(_address, async () =>
        {
            await world.Scheduler.PauseAsync(world.Pause(0.01, 0.08));
            await journal.AnswerAsync();
        }));
    }

    public void Dispose() => _keeper?.Dispose();

    private sealed class Source(string address, Func<Task> answer) : DbDataSource
    {
        public override string ConnectionString => address;

        protected override DbConnection CreateDbConnection() => new Connection(address, answer);

        // The base class would go on with another thread.
        protected override async ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken)
        {
            await answer();
            cancellationToken.ThrowIfCancellationRequested();
            return OpenDbConnection();
        }
    }

    private sealed class Connection(string address, Func<Task> answer) : SqliteConnection(address)
    {
        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await answer();
        }
    }
}
