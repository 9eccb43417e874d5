namespace Aufruf.Tests.Running;

/// <summary>Two hubs inside the tests that share one PostgreSQL. The first one starts alone, so the grains of today live in it.</summary>
public sealed class TwoHubs(Postgres postgres) : IAsyncLifetime
{
    private InnerHub? _first, _second;

    internal string Database { get; private set; } = "";

    internal InnerHub First => _first!;

    internal InnerHub Second => _second!;

    public async ValueTask InitializeAsync()
    {
        Database = await postgres.NewDatabaseAsync();
        _first = await TestHub.StartAsync(options: [$"--ConnectionStrings:Aufruf={Database}"]);
        _second = await TestHub.JoinAsync(First);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var hub in new[] { _second, _first }.OfType<InnerHub>())
        {
            await hub.DisposeAsync();
        }
    }
}
