using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR.Client;

namespace Aufruf.Tests.Running;

/// <summary>A board without a screen: the real SignalR client, keeping what a board would show.</summary>
internal sealed class BoardWatcher : IAsyncDisposable
{
    private readonly HubConnection _connection;
    private readonly Channel<Dictionary<string, string>> _pictures = Channel.CreateUnbounded<Dictionary<string, string>>();
    private Dictionary<string, string> _calls = [];
    private long _version;

    /// <summary>How many wait, by letter.</summary>
    public ConcurrentDictionary<string, int> Waiting { get; } = [];

    /// <summary>The queue it shows.</summary>
    public string Queue { get; private set; } = "";

    private BoardWatcher(TestHub hub)
    {
        _connection = new HubConnectionBuilder()
            .WithUrl(new Uri(hub.Address, $"/live/board?board={TestHub.Board}"), o => o.AccessTokenProvider = () =>
                Task.FromResult<string?>(hub.DisplayToken))
            .Build();
        _connection.On<JsonElement>("Snapshot", snapshot =>
        {
            _calls = snapshot.GetProperty("calls").EnumerateArray().ToDictionary(c => c.GetProperty("number").GetString()!, c =>
                c.GetProperty("counter").GetString()!);
            foreach (var group in snapshot.GetProperty("groups").EnumerateArray())
            {
                Waiting[group.GetProperty("letter").GetString()!] = group.GetProperty("waiting").GetInt32();
            }

            (Queue, _version) = (snapshot.GetProperty("queue").GetString()!, snapshot.GetProperty("version").GetInt64());
            _pictures.Writer.TryWrite(_calls);
        });
        _connection.On<JsonElement>("Changed", change =>
        {
            Assert.Equal(_version, change.GetProperty("from").GetInt64());
            _version = change.GetProperty("to").GetInt64();
            foreach (var changed in change.GetProperty("waiting").EnumerateObject())
            {
                Waiting[changed.Name] = changed.Value.GetInt32();
            }

            _calls = new(_calls);
            foreach (var call in change.GetProperty("calls").EnumerateArray())
            {
                _calls[call.GetProperty("number").GetString()!] = call.GetProperty("counter").GetString()!;
            }

            foreach (var number in change.GetProperty("ended").EnumerateArray())
            {
                _calls.Remove(number.GetString()!);
            }

            _pictures.Writer.TryWrite(_calls);
        });
    }

    public static async Task<BoardWatcher> ConnectAsync(TestHub hub)
    {
        var board = new BoardWatcher(hub);
        await board._connection.StartAsync();
        return board;
    }

    /// <summary>Waits until the board shows a number at a counter.</summary>
    public async Task<Dictionary<string, string>> UntilShownAsync(string number, string counter)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await foreach (var calls in _pictures.Reader.ReadAllAsync(patience.Token))
        {
            if (calls.GetValueOrDefault(number) == counter)
            {
                return calls;
            }
        }

        throw new InvalidOperationException("The board's connection has ended.");
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
