using System.Globalization;
using System.Text.Json;
using Aufruf.Edge.Protocol;
using Aufruf.Grains.Journal;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Flows;

public class KilledHubTests(ITestOutputHelper output)
{
    // CI kills 200 times (AUFRUF_KILLS); at a desk 20 are enough to feel safe.
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("AUFRUF_KILLS") ?? "20", CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_hub_killed_between_press_and_acknowledgement_has_every_press_in_its_journal_exactly_once()
    {
        await using var hub = await HubProcess.StartAsync();
        using var folder = new TempFolder();
        await hub.TakeAsync();
        var presses = new List<Guid>();
        var answeredBeforeDeath = 0;
        await using (var box = new CoreBox(hub, "box-3", folder.File("edge.db")))
        {
            await hub.UntilAsync(() => Task.FromResult(box.Face is not null), "The box has its first face");
            presses.Add(box.Press(Buttons.Next));
            await hub.UntilAsync(() => Task.FromResult(box.Waiting == 0 && box.Face?.State is FaceState.Called), "A001 is called");

            var random = new Random(7); // When the blow falls; the same every time, so far as a kill can be.
            for (var kill = 0; kill < Kills; kill++)
            {
                var shown = box.Face!.Rev;
                presses.Add(box.Press(Buttons.Recall));
                var blow = TimeSpan.FromMilliseconds(random.NextDouble() * 5);
                for (var began = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(began) < blow;)
                {
                    Thread.SpinWait(20);
                }

                await hub.KillAsync();
                answeredBeforeDeath += box.Waiting == 0 ? 1 : 0;
                await hub.StartAgainAsync();
                await hub.UntilAsync(() => Task.FromResult(box.Waiting == 0 && box.Face!.Rev > shown), $"Press {kill + 1} is settled and its face shown");
            }
        }

        await hub.StopAsync();
        await using var journal = new SqliteJournal(Path.Combine(hub.Data, "aufruf.db"), readOnly: true);
        var entries = new Dictionary<Guid, List<string>>();
        await foreach (var entry in journal.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            using var json = JsonDocument.Parse(entry.Entry);
            var request = json.RootElement.GetProperty("request").GetGuid();
            entries.TryAdd(request, []);
            entries[request].AddRange(json.RootElement.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("$type").GetString()!));
        }

        output.WriteLine($"{Kills} kills, {answeredBeforeDeath} presses were answered before the blow, {Kills - answeredBeforeDeath} were sent again");
        Assert.All(presses.Skip(1), press => Assert.Equal(["ticket-recalled"], entries.GetValueOrDefault(press) ?? []));
        Assert.Null((await JournalAudit.VerifyAsync(journal, TestContext.Current.CancellationToken)).Fault);
    }
}
