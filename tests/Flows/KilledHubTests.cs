using System.Text.Json;
using Aufruf.Edge.Protocol;
using Aufruf.Grains.Journal;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Flows;

public class KilledHubTests(ITestOutputHelper output)
{
    // Each kill costs a start of the hub, 6 s of a processor. Both sides of the answer are hit for certain in endure only.
    private static readonly int Kills = Proof.Times(check: 3, full: 200);

    [Fact]
    public async Task A_hub_killed_between_press_and_acknowledgement_has_every_press_in_its_journal_exactly_once()
    {
        // The hub ignores a press that waited longer. A start takes 15 s on a busy machine.
        await using var hub = await HubProcess.StartAsync(options: "--Hub:StalePress=00:05:00");
        using var folder = new TempFolder();
        await hub.TakeAsync();
        var presses = new List<Guid>();
        var (answered, writtenOnly, lost) = (0, 0, 0);
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
                // A hub that has just started needs long for its first press: from 1 ms to a quarter second, all orders of size alike.
                var blow = TimeSpan.FromMilliseconds(Math.Pow(2, random.NextDouble() * 8));
                for (var began = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(began) < blow;)
                {
                    Thread.SpinWait(20);
                }

                await hub.KillAsync();
                var written = (await EntriesAsync(hub)).ContainsKey(presses[^1]);
                (answered, writtenOnly, lost) = box.Waiting == 0 ? (answered + 1, writtenOnly, lost) : written
                    ? (answered, writtenOnly + 1, lost) : (answered, writtenOnly, lost + 1);
                Assert.True(written || box.Waiting == 1, "An acknowledged press is in the journal.");
                await hub.StartAgainAsync();
                await hub.UntilAsync(() => Task.FromResult(box.Waiting == 0 && box.Face!.Rev > shown),
                    $"Press {kill + 1} is settled and its face shown");
            }
        }

        await AnswersAnOldPressAsync(hub);
        await hub.StopAsync();
        output.WriteLine(
            $"{Kills} kills: {answered} presses were answered before the blow, {writtenOnly} were written but not answered, "
            + $"{lost} had not been written");
        var entries = await EntriesAsync(hub);
        Assert.All(presses.Skip(1), press => Assert.Equal(["ticket-recalled"], entries.GetValueOrDefault(press) ?? []));
        Assert.True(Kills < 100 || (answered > 0 && answered < Kills), "The blows fell before and after the answer.");
        await using var journal = new SqliteJournal(Path.Combine(hub.Data, "aufruf.db"), readOnly: true);
        Assert.Null((await JournalAudit.VerifyAsync(journal, TestContext.Current.CancellationToken)).Fault);
    }

    /// <summary>A box is connected when the hub is killed. Its press, settled before, comes again and has no second effect.</summary>
    private static async Task AnswersAnOldPressAsync(HubProcess hub)
    {
        await using var box = await RawDevice.ConnectAsync(hub, "box-3");
        var press = box.Press(Buttons.Recall);
        Assert.Equal(EventOutcome.Accepted, (await box.AskAsync(press)).Outcome);
        await hub.KillAsync();
        await hub.UntilAsync(() => Task.FromResult(!box.IsConnected), "The device notices");
        await hub.StartAgainAsync();
        await box.ConnectAgainAsync();

        Assert.Equal(EventOutcome.Accepted, (await box.AskAsync(press with { Sent = press.Sent + 60_000 })).Outcome);
        Assert.Equal(["ticket-recalled"], (await EntriesAsync(hub))[press.Id]);
    }

    /// <summary>The events in the journal, by request.</summary>
    private static async Task<Dictionary<Guid, List<string>>> EntriesAsync(HubProcess hub)
    {
        await using var journal = new SqliteJournal(Path.Combine(hub.Data, "aufruf.db"), readOnly: true);
        var entries = new Dictionary<Guid, List<string>>();
        await foreach (var entry in journal.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            using var json = JsonDocument.Parse(entry.Entry);
            var request = json.RootElement.GetProperty("request").GetGuid();
            entries.TryAdd(request, []);
            entries[request].AddRange(json.RootElement.GetProperty("events").EnumerateArray()
                .Select(e => e.GetProperty("$type").GetString()!));
        }

        return entries;
    }
}
