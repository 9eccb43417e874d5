using System.Net;
using System.Text.Json.Nodes;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Browser;

/// <summary>One hub for the tests of a class: the demo office.</summary>
public class Hall : IAsyncLifetime
{
    private static readonly string[] NextSteps = ["finish", "call-next"];

    private TestHub? _hub;

    internal TestHub Hub => _hub ?? throw new InvalidOperationException("The hub was not started.");

    /// <summary>Where a board is opened: signed in once, by its address.</summary>
    internal string BoardAddress => $"/board/?board={TestHub.Board}#token={Hub.DisplayToken}";

    internal static string DeskAddress(string counter) => $"/desk/?area={TestHub.Area}&counter={counter}";

    internal string KioskAddress => $"/kiosk/?kiosk={TestHub.Kiosk}#token={Hub.KioskToken}";

    protected virtual Task<string?> OfficeAsync() => Task.FromResult<string?>(null);

    protected virtual string[] Counters => ["1", "2", "3", "4"];

    public virtual async ValueTask InitializeAsync() => _hub = await StartAsync(await OfficeAsync());

    private protected virtual async Task<TestHub> StartAsync(string? office) => await TestHub.StartAsync(office);

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A citizen who is called to a counter at once.</summary>
    internal async Task<string> CallAsync(string counter, string service = "ausweis")
    {
        var taken = await Hub.TakeAsync(service);
        await ActAsync(counter, "call-next");
        return taken.Number;
    }

    internal async Task ActAsync(string counter, string action)
    {
        using var answer = await Hub.ActAsync(counter, action);
        Assert.True(answer.StatusCode == HttpStatusCode.OK,
            $"{action} at {counter}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>Empties the hall for the next test: counter 3 serves everybody who waits.</summary>
    internal async Task EmptyAsync()
    {
        for (var someone = true; someone;)
        {
            foreach (var step in NextSteps)
            {
                using var answer = await Hub.ActAsync("3", step);
                someone = answer.IsSuccessStatusCode;
            }
        }

        foreach (var counter in Counters)
        {
            using var answer = await Hub.ActAsync(counter, "finish");
            using var closed = await Hub.ActAsync(counter, "close"); // The clerk of the tests sits nowhere.
        }
    }
}

/// <summary>As a large town: nine counters, each for everything, and more calls than a board has rows.</summary>
public sealed class WideHall : Hall
{
    protected override string[] Counters => [.. Enumerable.Range(1, 9).Select(n => $"{n}")];

    protected override async Task<string?> OfficeAsync()
    {
        var office = JsonNode.Parse(await File.ReadAllTextAsync(TestHub.DemoOffice))!;
        var counters = office["areas"]![0]!["counters"]!.AsArray();
        var all = counters.Single(c => (string?)c!["id"] == "3")!["services"]!;
        for (var n = 5; n <= 9; n++)
        {
            counters.Add(new JsonObject { ["id"] = $"{n}", ["label"] = $"{n}", ["services"] = all.DeepClone() });
        }

        return office.ToJsonString();
    }
}
