using System.Data.Common;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Aufruf.Grains;
using Npgsql;

namespace Aufruf.Hub.Clustering;

/// <summary>Carries the news of the hubs by PostgreSQL's notifications. All hear the same in the same order; nothing is stored.
/// </summary>
/// <remarks>Its connection also says that a hub runs: 'audit --accept' is refused as long as it is open.</remarks>
internal sealed class PostgresPost(
    NpgsqlDataSource database, ILocalSiloDetails self, Lazy<IHubNewsReader> reader, Vault vault, TimeProvider clock,
    ILogger<PostgresPost> log) : BackgroundService, IHubPost
{
    /// <summary>Held shared by every running hub.</summary>
    public const int RunningLock = 4161;

    private const string News = "aufruf_hubs";

    // A notification of PostgreSQL has less than 8,000 bytes; the largest slip has a third of it.
    private const int MostBytes = 7_900;

    // Seconds of the busiest hour. Beyond it the oldest is lost, as when the database is away.
    private readonly Channel<string> _outgoing = Channel.CreateBounded<string>(
        new BoundedChannelOptions(4096) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });
    private readonly Channel<string> _heard = Channel.CreateUnbounded<string>(new() { SingleReader = true });

    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(30);

    private sealed record Letter(string Hub, HubNews News);

    public string Me { get; } = self.SiloAddress.ToParsableString();

    public void Send(HubNews news)
    {
        var letter = JsonSerializer.Serialize(new Letter(Me, news));
        if (Encoding.UTF8.GetByteCount(letter) > MostBytes)
        {
            throw new InvalidOperationException($"A message to the other hubs is longer than {MostBytes} bytes.");
        }

        _outgoing.Writer.TryWrite(letter);
    }

    /// <summary>Null while a hub runs; otherwise none starts to listen before it is disposed.</summary>
    public static async Task<IAsyncDisposable?> TryStopHubsAsync(NpgsqlDataSource database)
    {
        var connection = await database.OpenConnectionAsync();
        await using var ask = new NpgsqlCommand($"SELECT pg_try_advisory_lock({RunningLock})", connection);
        if (await ask.ExecuteScalarAsync() is true)
        {
            return connection;
        }

        await connection.DisposeAsync();
        return null;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(SendAllAsync(stoppingToken), ListenAsync(stoppingToken), ReadAllAsync(stoppingToken));

    private async Task SendAllAsync(CancellationToken stoppingToken)
    {
        while (await _outgoing.Reader.WaitToReadAsync(stoppingToken))
        {
            var letters = new List<string>();
            while (letters.Count < 100 && _outgoing.Reader.TryRead(out var next))
            {
                letters.Add(next);
            }

            try
            {
                await using var send = database.CreateCommand($"SELECT pg_notify('{News}', letter) FROM unnest($1) AS letter");
                send.Parameters.Add(new() { Value = letters.ToArray() });
                await send.ExecuteNonQueryAsync(stoppingToken);
            }
            catch (DbException error)
            {
                HubLog.NewsNotSent(log, letters.Count, error.Message); // Listening begins again, and each hub names its devices anew.
                await Task.Delay(TryAgain, clock, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(stoppingToken);
                connection.Notification += (_, told) => Hear(told);
                await using (var listen = new NpgsqlCommand(
                    $"SELECT pg_advisory_lock_shared({RunningLock}); LISTEN {News}; LISTEN {StoredVaultKeys.Destroyed}", connection))
                {
                    await listen.ExecuteNonQueryAsync(stoppingToken);
                }

                vault.ForgetAll();
                reader.Value.Missed();
                while (true)
                {
                    if (!await connection.WaitAsync(AskAgain, stoppingToken))
                    {
                        await using var ask = new NpgsqlCommand("SELECT 1", connection); // A cut network says nothing by itself.
                        await ask.ExecuteNonQueryAsync(stoppingToken);
                    }
                }
            }
            catch (Exception error) when (error is DbException or IOException or TimeoutException)
            {
                await Task.Delay(TryAgain, clock, stoppingToken);
            }
        }
    }

    private void Hear(NpgsqlNotificationEventArgs told)
    {
        if (told.Channel == News)
        {
            _heard.Writer.TryWrite(told.Payload);
        }
        else
        {
            vault.Forget(Subject.Parse(told.Payload));
        }
    }

    private async Task ReadAllAsync(CancellationToken stoppingToken)
    {
        await foreach (var letter in _heard.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                if (JsonSerializer.Deserialize<Letter>(letter) is { } read)
                {
                    await reader.Value.TakeAsync(read.Hub, read.News);
                }
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                HubLog.NewsNotRead(log, error.Message); // A hub of another build may know other news.
            }
        }
    }
}
