using Aufruf.Edge.Protocol;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Edge;

[Trait("Needs", "process")]
public sealed class PowerCutTests
{
    private static readonly int PowerCuts = Proof.Times(check: 6, full: 20);

    /// <summary>Each round: start, press, see that it was taken, pull the plug a random moment later; the hub answers in half of the
    /// rounds.</summary>
    [Fact]
    public async Task Power_cuts_lose_no_press_and_double_none()
    {
        var data = Directory.CreateTempSubdirectory("aufruf-cut-").FullName;
        await File.WriteAllTextAsync(Path.Combine(data, "password"), "secret", TestContext.Current.CancellationToken);
        await using var hub = new FakeHub("alsdorf.rathaus", Ports.Next());
        await hub.StartAsync();
        string[] args = ["--device", "box-3", "--office", "alsdorf.rathaus", "--pin-map", PinMaps.File("button-box.json"),
            "--hub", $"127.0.0.1:{hub.Port}", "--data", data];
        var random = new Random(20261123);
        var taken = 0L;

        for (var round = 0; round < PowerCuts; round++)
        {
            hub.IsAnswering = random.Next(2) == 0;
            using var edge = EdgeProcess.Start(Ports.Next(), args);
            Assert.Equal(taken, await edge.LastSeqAsync());
            await Task.WhenAll(edge.PostAsync("press/next"), edge.PostAsync("press/recall"));
            taken += 2;
            var seen = 0L;
            for (var look = 0; look < 500 && seen < taken; look++)
            {
                seen = await edge.LastSeqAsync();
            }

            Assert.Equal(taken, seen);
            await Task.Delay(random.Next(150), TestContext.Current.CancellationToken);
            await edge.KillAsync();
        }

        hub.IsAnswering = true;
        using var last = EdgeProcess.Start(Ports.Next(), args);
        await Patience.Until($"{taken} presses", () => hub.Effects.Count >= taken, seconds: 30);
        Assert.Equal(Enumerable.Range(1, (int)taken).Select(i => (long)i), hub.Effects.Values.Select(e => e.Seq).Order());

        // Whatever was heard twice was the same thing twice: one number belongs to one id, and one id to one number.
        var copies = hub.Heard.Select(e => (e.Id, e.Seq, e.Boot)).Distinct().ToList();
        Assert.Equal(taken, copies.Count);
        Assert.Equal(taken, hub.Effects.Values.Count(e => e.Type == DeviceEventTypes.ButtonPressed));
        Assert.True(hub.Heard.Count > taken, "No press was ever sent twice: this test has tested nothing.");
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task Another_origins_page_cannot_press_a_button()
    {
        var data = Directory.CreateTempSubdirectory("aufruf-page-").FullName;
        var panel = Ports.Next();
        using var edge = EdgeProcess.Start(panel, "--device", "box-3", "--office", "alsdorf.rathaus", "--pin-map",
            PinMaps.File("button-box.json"),
            "--hub", "127.0.0.1:1", "--data", data);
        await edge.LastSeqAsync();
        Assert.Equal(403, await edge.PostAsync("press/next", "http://other.example"));
        Assert.Equal(204, await edge.PostAsync("press/next", $"http://localhost:{panel}"));
        Assert.Equal(404, await edge.PostAsync("press/none", $"http://localhost:{panel}"));
        var seen = 0L;
        for (var look = 0; look < 500 && seen == 0; look++)
        {
            seen = await edge.LastSeqAsync();
        }

        Assert.Equal(1, seen);
    }
}
