using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;

namespace Aufruf.Tests.Running;

/// <summary>A desk without a screen: the real SignalR client, keeping what a clerk would see.</summary>
internal sealed class DeskWatcher : IAsyncDisposable
{
    private readonly TestHub _hub;
    private readonly HubConnection _connection;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, JsonNode> _tickets = [];
    private readonly Dictionary<string, JsonNode> _counters = [];
    private JsonObject _picture = [];

    private DeskWatcher(TestHub hub, string area, string counter, string token)
    {
        _hub = hub;
        _connection = new HubConnectionBuilder()
            .WithUrl(new Uri(hub.Address, $"/live/desk?area={area}&counter={counter}"), o => o.AccessTokenProvider = () =>
                Task.FromResult<string?>(token))
            .Build();
        _connection.On<JsonObject>("Snapshot", snapshot => Take(snapshot, whole: true));
        _connection.On<JsonObject>("Changed", change => Take(change, whole: false));
    }

    public static async Task<DeskWatcher> ConnectAsync(TestHub hub, string area, string counter, string token)
    {
        var desk = new DeskWatcher(hub, area, counter, token);
        await desk._connection.StartAsync();
        await desk.UntilAsync(d => d["queue"] is not null, "a first picture");
        return desk;
    }

    /// <summary>The latest values of what is neither a ticket nor a counter.</summary>
    public JsonNode? this[string name]
    {
        get
        {
            lock (_gate)
            {
                return _picture[name];
            }
        }
    }

    /// <summary>A ticket by its number; null when the desk does not show it.</summary>
    public JsonNode? Ticket(string number)
    {
        lock (_gate)
        {
            return _tickets.Values.FirstOrDefault(t => (string?)t["number"] == number);
        }
    }

    public JsonNode? Counter(string id)
    {
        lock (_gate)
        {
            return _counters.GetValueOrDefault(id);
        }
    }

    public string? StateOf(string number) => (string?)Ticket(number)?["state"];

    /// <summary>Number of the ticket this desk would call now.</summary>
    public string? Next
    {
        get
        {
            lock (_gate)
            {
                return _picture["next"] is { } next ? (string?)_tickets[(string)next["ticket"]!]["number"] : null;
            }
        }
    }

    public Task UntilAsync(Func<DeskWatcher, bool> shows, string what) =>
        _hub.UntilAsync(() => Task.FromResult(shows(this)), $"The desk shows {what}", seconds: 30);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private void Take(JsonObject news, bool whole)
    {
        lock (_gate)
        {
            if (whole)
            {
                _tickets.Clear();
                _counters.Clear();
                _picture = [];
            }

            foreach (var ticket in news["tickets"]!.AsArray())
            {
                _tickets[(string)ticket!["id"]!] = ticket;
            }

            foreach (var gone in news["gone"]?.AsArray() ?? [])
            {
                _tickets.Remove((string)gone!);
            }

            foreach (var counter in news["counters"]!.AsArray())
            {
                _counters[(string)counter!["id"]!] = counter;
            }

            foreach (var (name, value) in news)
            {
                _picture[name] = value?.DeepClone();
            }
        }
    }
}
