using System.Data.Common;
using System.Globalization;
using Aufruf.Grains.Reports;
using Microsoft.Data.Sqlite;

namespace Aufruf.Simulation.Hub;

/// <summary>The database with the rows of the reports: SQLite in memory. It answers as the journal's database does.</summary>
/// <remarks>A transaction happens at one moment. A hub may die before it, and after it without hearing of it.</remarks>
internal sealed class RowsDatabase : IDisposable
{
    private static long s_last;

    private readonly string _address = string.Create(CultureInfo.InvariantCulture,
        $"Data Source=rows-{Interlocked.Increment(ref s_last)};Mode=Memory;Cache=Shared");

    // SQLite drops it with its last connection.
    private readonly SqliteConnection _keeper;

    public RowsDatabase()
    {
        _keeper = new(_address);
        _keeper.Open();
    }

    /// <param name="answer">Waits, and fails while the database is down.</param>
    public ReportStore Open(Func<Task> answer) => ReportStore.InSqlite(new Source(_address, answer));

    public void Dispose() => _keeper.Dispose();

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
