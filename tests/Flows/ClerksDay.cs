using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Flows;

/// <summary>Clerks of a cluster who call, serve and transfer. It keeps all that was acknowledged.</summary>
internal sealed class ClerksDay(Cluster cluster)
{
    private readonly ConcurrentQueue<Acknowledged> _acts = new();
    private readonly ConcurrentQueue<string> _numbers = new();

    /// <param name="Begun">When the clerk pressed; as <see cref="Stopwatch.GetTimestamp"/> counts.</param>
    internal sealed record Acknowledged(Guid Request, string Action, long Begun, long Answered);

    /// <summary>A visit that another test has left open at the counter ends with the call.</summary>
    private static JsonObject Over => new() { ["became"] = "served" };

    public int Count => _acts.Count;

    /// <summary>The number given last.</summary>
    public string Last => _numbers.Last();

    public int Transfers => _acts.Count(act => act.Action == "transfer");

    public async Task TakeAsync(int count, string service = "ausweis")
    {
        using var kiosk = cluster.As(cluster.First.KioskToken);
        for (var taken = 0; taken < count; taken++)
        {
            var request = Guid.CreateVersion7();
            var (status, body) = await Cluster.InsistAsync(kiosk, $"/api/v1/kiosks/{TestHub.Kiosk}/tickets",
                new() { ["requestId"] = request, ["service"] = service, ["language"] = "de" });
            Assert.True(status is HttpStatusCode.Created, $"{status} {body}");
            _numbers.Enqueue((string)body["number"]!);
        }
    }

    /// <summary>Each counter serves until nobody waits.</summary>
    public Task ServeAsync(string area, params string[] counters) => EachAsync(area, counters, async act =>
    {
        while (await act("call-next", Over))
        {
            await act("arrived", []);
            await act("finish", []);
        }
    });

    /// <summary>Each counter sends whom it calls to the other area, until it is enough.</summary>
    public Task TransferAsync(string area, string[] counters, string to, string service, Func<bool> isEnough) =>
        EachAsync(area, counters, async act =>
        {
            while (!isEnough())
            {
                if (await act("call-next", Over))
                {
                    await act("arrived", []);
                    await act("transfer", new() { ["to"] = new JsonObject { ["area"] = to, ["service"] = service } });
                }
                else
                {
                    await Task.Delay(20); // All are on their way.
                }
            }
        });

    /// <summary>One try of each counter to call, at one hub, with an answer or without.</summary>
    public Task TryToCallAtAsync(Uri hub, string area, params string[] counters) => Task.WhenAll(counters.Select(async counter =>
    {
        using var clerk = cluster.As(cluster.ClerkOf(area), hub);
        clerk.Timeout = TimeSpan.FromSeconds(30);
        var (request, begun) = (Guid.CreateVersion7(), Stopwatch.GetTimestamp());
        var (status, _) = await Cluster.TryAsync(clerk, $"/api/v1/areas/{area}/counters/{counter}/call-next",
            new() { ["requestId"] = request, ["became"] = "served" });
        if (status is HttpStatusCode.OK)
        {
            _acts.Enqueue(new(request, "call-next", begun, Stopwatch.GetTimestamp()));
        }
    }));

    public async Task UntilAsync(Func<bool> happened, Task clerks)
    {
        while (!happened() && !clerks.IsCompleted)
        {
            await Task.Delay(5);
        }

        if (!happened())
        {
            await clerks; // Why they have ended.
            Assert.Fail("The clerks have ended too early.");
        }
    }

    /// <summary>How long no clerk could call: from a moment to the first answer to a call that was made after it.</summary>
    public double SecondsToFirstCall(long since) => Stopwatch.GetElapsedTime(since, _acts
        .Where(act => act.Action == "call-next" && act.Begun > since).Min(act => act.Answered)).TotalSeconds;

    /// <summary>Every acknowledged command stands in the journal once, and no number is given twice.</summary>
    /// <returns>The events of this day's tickets: their numbers, by the type of the event.</returns>
    public async Task<ILookup<string, string>> HoldsAsync()
    {
        var events = await cluster.ReadAsync();
        var entries = events.GroupBy(e => e.Request).ToDictionary(g => g.Key, g => g.Select(e => (e.Stream, e.Version)).Distinct().Count());
        Assert.All(_acts, act => Assert.True(entries.GetValueOrDefault(act.Request) == 1,
            $"{act.Action} {act.Request} was acknowledged and stands in {entries.GetValueOrDefault(act.Request)} entries."));
        Assert.Distinct(_numbers);
        Assert.Distinct(events.Where(e => e.Type == "ticket-taken").Select(e => e.Body.GetProperty("number").GetString()));
        return Happened(events);
    }

    /// <summary>The tickets that are not served, or whose transfers are not closed, with their events; null: none is left.</summary>
    public async Task<string?> LeftAsync()
    {
        var happened = Happened(await cluster.ReadAsync());
        string[] left =
        [
            .. from one in happened.SelectMany(type => type.Select(number => (type.Key, Number: number)))
                   .GroupBy(one => one.Number, one => one.Key)
               let closed = one.Count(type => type == "transfer-closed")
               where !one.Contains("ticket-served") || one.Count(type => type == "ticket-transferred") != closed
               select $"{one.Key}: {string.Join(", ", one.CountBy(type => type))}",
        ];
        var missing = Transfers - happened["transfer-closed"].Count();
        return left.Length > 0 ? string.Join('\n', left) : missing > 0 ? $"{missing} transfers" : null;
    }

    private ILookup<string, string> Happened(IReadOnlyList<WrittenEvent> events)
    {
        var numbers = events.Where(e => e.Type == "ticket-taken")
            .Select(e => (Id: e.Body.GetProperty("ticket").GetString()!, Number: e.Body.GetProperty("number").GetString()!))
            .Where(ticket => _numbers.Contains(ticket.Number)).ToDictionary(ticket => ticket.Id, ticket => ticket.Number);
        return events.Where(e => e.Body.TryGetProperty("ticket", out var ticket) && ticket.ValueKind is JsonValueKind.String
            && numbers.ContainsKey(ticket.GetString()!)).ToLookup(e => e.Type, e => numbers[e.Body.GetProperty("ticket").GetString()!]);
    }

    private Task EachAsync(string area, string[] counters, Func<Func<string, JsonObject, Task<bool>>, Task> work) =>
        Task.WhenAll(counters.Select(counter => Task.Run(async () =>
        {
            using var clerk = cluster.As(cluster.ClerkOf(area));
            await work((action, parts) => ActAsync(clerk, area, counter, action, parts));
        })));

    /// <returns>False: nobody waits.</returns>
    private async Task<bool> ActAsync(HttpClient clerk, string area, string counter, string action, JsonObject parts)
    {
        var (request, begun) = (Guid.CreateVersion7(), Stopwatch.GetTimestamp());
        parts["requestId"] = request;
        var (status, body) = await Cluster.InsistAsync(clerk, $"/api/v1/areas/{area}/counters/{counter}/{action}", parts);
        if (status is HttpStatusCode.OK)
        {
            _acts.Enqueue(new(request, action, begun, Stopwatch.GetTimestamp()));
        }

        Assert.True(status is HttpStatusCode.OK || (action == "call-next" && (string?)body["reason"] == "nobody-waiting"),
            $"{action} at {counter}: {status} {body}");
        return status is HttpStatusCode.OK;
    }
}
