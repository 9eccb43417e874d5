using Aufruf.Tests.Flows;
using Aufruf.Tests.Running;

[assembly: AssemblyFixture(typeof(GuardedHub))]

namespace Aufruf.Tests.Flows;

/// <summary>One hub with two offices for all tests that only try doors: the demo office and "fremd.amt", whose clerk has a key
/// too.</summary>
public sealed class GuardedHub : IAsyncLifetime
{
    public const string OtherOffice = "fremd.amt";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private TestHub? _hub;

    internal HttpClient OtherClerk { get; private set; } = new();

    internal string OtherToken { get; private set; } = "";

    public ValueTask InitializeAsync() => default;

    /// <summary>The hub, started when first asked for.</summary>
    internal async Task<TestHub> HubAsync()
    {
        await _gate.WaitAsync();
        try
        {
            return _hub ??= await StartAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<TestHub> StartAsync()
    {
        var hub = await TestHub.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(hub.Offices, "fremd.json"), TestOffice.WithCounters(3, "fremd"));
        await hub.UntilAsync(() => Task.FromResult(File.Exists(Path.Combine(hub.Data, "edge", "knopf-3", "password"))),
            "The second office has its device passwords");
        OtherToken = await hub.HireInChargeAsync(OtherOffice, TestHub.FirstClerk);
        OtherClerk = hub.As(OtherToken);
        return hub;
    }

    public async ValueTask DisposeAsync()
    {
        OtherClerk.Dispose();
        _gate.Dispose();
        if (_hub is not null)
        {
            await _hub.DisposeAsync();
        }
    }
}
