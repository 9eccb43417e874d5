namespace Aufruf.Tests.Running;

/// <summary>Two hubs on one PostgreSQL that send mails to one server. A test kills the first one and asks the other.</summary>
internal sealed class DyingPair : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private HubProcess? _dying;
    private InnerHub? _living;

    private DyingPair()
    {
    }

    public MailServer Mails { get; } = new();

    public HubProcess Dying => _dying!;

    public InnerHub Living => _living!;

    public static async Task<DyingPair> StartAsync(Postgres postgres)
    {
        var pair = new DyingPair();
        pair._dying = await HubProcess.StartAsync(data: SteadyClock.DataIn(pair._folder, "dying"), options:
            [$"--ConnectionStrings:Aufruf={await postgres.NewDatabaseAsync()}", "--Hub:Mail:Host=localhost",
                $"--Hub:Mail:Port={pair.Mails.Port}", "--Hub:Mail:Tls=None", "--Hub:Mail:From=termine@alsdorf.example"]);
        pair._living = await TestHub.JoinAsync(pair._dying, data: SteadyClock.DataIn(pair._folder, "living"));
        return pair;
    }

    public async ValueTask DisposeAsync()
    {
        if (_living is not null)
        {
            await _living.DisposeAsync();
        }

        if (_dying is not null)
        {
            await _dying.DisposeAsync();
        }

        await Mails.DisposeAsync();
        _folder.Dispose();
    }
}
