using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Flows;

/// <summary>The disk runs full during opening hours.</summary>
public sealed class FullDiskTests : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private bool _mounted;

    [Fact]
    public async Task On_a_full_disk_nothing_is_promised_and_when_there_is_room_again_the_numbers_go_on()
    {
        var disk = Directory.CreateDirectory(_folder.File("disk")).FullName;
        _mounted = await RunAsync("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk) == 0;
        const string why = "This machine does not let us mount a small disk.";
        Assert.True(_mounted || Environment.GetEnvironmentVariable("AUFRUF_REQUIRE_ALL") != "1", why);
        Assert.SkipUnless(_mounted, why);
        var data = Path.Combine(disk, "data");
        await using var hub = await TestHub.StartAsync(data: data, options: ["--Hub:KioskTicketsPerMinute=10000"]);
        var acknowledged = new List<string> { (await hub.TakeAsync()).Number, (await hub.TakeAsync()).Number };

        var filler = Path.Combine(disk, "filler");
        Fill(filler);
        await UntilRefusedAsync(hub, acknowledged);
        using (var ready = await hub.Anybody.GetAsync("/health/ready", TestContext.Current.CancellationToken))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        }

        await hub.UntilAsync(() => Task.FromResult(hub.Words.Contains("is full: free some space", StringComparison.Ordinal)),
            "The log says what is wrong", seconds: 5);
        Fill(Path.Combine(disk, "filler.more")); // The hub may have closed a file meanwhile, and so left some room.
        await UntilRefusedAsync(hub, acknowledged);
        await EveryLookIsRefusedAsync(hub);
        File.Delete(filler);
        File.Delete(Path.Combine(disk, "filler.more"));
        await hub.UntilAsync(hub.IsReadyAsync, "The hub is ready again without a restart", seconds: 10);
        acknowledged.Add((await hub.TakeAsync()).Number);
        Assert.Equal(acknowledged.Distinct().Order(), acknowledged); // Each once, in order.
        Assert.Equal(Enumerable.Range(1, acknowledged.Count).Select(n => $"A{n:000}"), acknowledged);
        Assert.DoesNotContain(hub.Words.Split('\n'), line => line.Contains("cannot be written", StringComparison.Ordinal)
            && !line.Contains("is full", StringComparison.Ordinal));
        var (code, words) = await HubCommand.RunAsync("audit", $"--Hub:Data={data}");
        Assert.True(code == 0, words);
        Assert.Equal(0, await hub.StopAsync());
    }

    /// <summary>The database has some room of its own. Then it is full, and says so.</summary>
    private static async Task UntilRefusedAsync(TestHub hub, List<string> acknowledged)
    {
        for (var tried = 0; ; tried++)
        {
            using var answer = await WishAsync(hub);
            if (answer.StatusCode is not HttpStatusCode.Created)
            {
                Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json"),
                    (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
                return;
            }

            acknowledged.Add((await answer.Content.ReadFromJsonAsync<Taken>(TestContext.Current.CancellationToken))!.Number);
            Assert.InRange(tried, 0, 2000);
        }
    }

    /// <summary>A look at personal data that cannot be noted shows nothing, and says why.</summary>
    private static async Task EveryLookIsRefusedAsync(TestHub hub)
    {
        var now = TestContext.Current.CancellationToken;
        foreach (var look in (Func<Task<HttpResponseMessage>>[])
        [
            () => hub.Clerk.PostAsJsonAsync(
                $"/api/v1/areas/{TestHub.Area}/tickets/find", new { requestId = Guid.NewGuid(), text = "A0" }, now),
            () => hub.Clerk.GetAsync($"/api/v1/offices/{TestHub.Office}/appointments", now),
            () => hub.Clerk.GetAsync($"/api/v1/offices/{TestHub.Office}/plans/unplanned", now),
        ])
        {
            using var refused = await look();
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Contains("\"reason\":\"journal-unavailable\"", await refused.Content.ReadAsStringAsync(now), StringComparison.Ordinal);
        }
    }

    private static Task<HttpResponseMessage> WishAsync(TestHub hub) => hub.AtKiosk.PostAsJsonAsync(
        $"/api/v1/kiosks/{TestHub.Kiosk}/tickets", new { requestId = Guid.CreateVersion7(), service = "ausweis", language = "de" },
            TestContext.Current.CancellationToken);

    private static void Fill(string file)
    {
        using var filler = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            for (var block = new byte[4096]; ;)
            {
                filler.Write(block);
            }
        }
        catch (IOException)
        {
            // Full: that is what we want.
        }
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_mounted)
        {
            Assert.Equal(0, await RunAsync("umount", "-l", _folder.File("disk")));
        }

        _folder.Dispose();
    }
}
