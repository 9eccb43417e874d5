using System.Runtime.CompilerServices;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Hub;

/// <summary>A hub that stops keeps nothing in memory, so many of them can run one after another in one process.</summary>
public sealed class LetGoTests
{
    [Fact]
    public async Task A_hub_that_has_stopped_leaves_memory()
    {
        var services = await StartAndStopAsync();
        for (var tries = 0; services.IsAlive && tries < 100; tries++)
        {
            GC.Collect();
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.False(services.IsAlive, "Something still holds the services of a hub that has stopped.");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> StartAndStopAsync()
    {
        await using var hub = await TestHub.StartAsync();
        using var answer = await hub.Anybody.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        return new(hub.Services);
    }
}
