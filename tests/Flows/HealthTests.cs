using Aufruf.Tests.Running;

namespace Aufruf.Tests.Flows;

/// <summary>An operator on the hub's machine reads what is wrong, in sentences, and since when.</summary>
public class HealthTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_trouble_is_told_in_a_sentence_and_no_citizen_or_clerk_is_named()
    {
        await using var hub = await TestHub.StartAsync();
        var ticket = await hub.TakeAsync();
        using (await hub.ActAsync("3", "log-in"))
        using (await hub.ActAsync("3", "call-next"))
        {
            // Somebody is being served.
        }

        var good = await File.ReadAllTextAsync(hub.OfficeFile, Now);
        foreach (var (broken, words) in ((string, string)[])
            [("{", "alsdorf.rathaus.json, line 1: not valid JSON"), (good.Replace("\"letter\": \"A\"", "\"letter\": \"O\"",
                StringComparison.Ordinal), "areas[0].services[0].letter"),
                (good.Replace("Europe/Berlin", "W. Europe Standard Time", StringComparison.Ordinal), "'Europe/Berlin'")])
        {
            await File.WriteAllTextAsync(hub.OfficeFile, broken, Now);
            await hub.UntilTroubleAsync("offices", words);
            await hub.UntilTroubleAsync("offices", "The last good version of alsdorf.rathaus is in force.");
        }

        await File.WriteAllTextAsync(Path.Combine(hub.Offices, "neu.json"), "[]", Now);
        await hub.UntilTroubleAsync("offices", "neu.json");
        Assert.EndsWith("The file is not used.", (await hub.TroublesAsync("offices")).Single(t => t.Contains("neu.json",
            StringComparison.Ordinal)), StringComparison.Ordinal);

        await using (await RawDevice.ConnectAsync(hub, "box-3"))
        {
            // It leaves at once.
        }

        await hub.UntilTroubleAsync("devices", "Device alsdorf.rathaus/box-3 cannot be reached. Check its power and network.");
        hub.Clock.Step = TimeSpan.FromMinutes(5);
        await hub.UntilTroubleAsync("clock", "The clock has stepped by +0.00:0");
        await hub.UntilTroubleAsync("devices", "Device alsdorf.rathaus/printer-1 has not connected since the hub started.");

        var all = await hub.Anybody.GetStringAsync("/health/ready", Now);
        foreach (var personal in (string[])[ticket.Number, "first-clerk", hub.ClerkToken, ticket.StatusPath.Split('/')[^1]])
        {
            Assert.DoesNotContain(personal, all, StringComparison.Ordinal);
        }

        File.Delete(Path.Combine(hub.Offices, "neu.json"));
        await File.WriteAllTextAsync(hub.OfficeFile, good, Now);
        await hub.UntilAsync(async () => (await hub.TroublesAsync("offices")).Count == 0, "The mended file is in force");
    }
}
