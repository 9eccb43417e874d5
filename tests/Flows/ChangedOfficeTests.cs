using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aufruf.Edge.Protocol;
using Aufruf.Tests.Running;
using Microsoft.AspNetCore.SignalR.Client;

namespace Aufruf.Tests.Flows;

/// <summary>The configuration is edited while people wait.</summary>
public class ChangedOfficeTests
{
    [Fact]
    public async Task A_new_service_shows_at_the_kiosk_within_two_seconds_and_an_old_ones_tickets_are_still_called()
    {
        await using var hub = await TestHub.StartAsync();
        await using var kiosk = new HubConnectionBuilder().WithUrl(new Uri(hub.Address, $"/live/kiosk?kiosk={TestHub.Kiosk}")).Build();
        var shown = new ConcurrentStack<string[]>();
        kiosk.On<JsonElement>("Show", view =>
            shown.Push([.. view.GetProperty("services").EnumerateArray().Select(s => s.GetProperty("id").GetString()!)]));
        await kiosk.StartAsync(TestContext.Current.CancellationToken);
        await hub.TakeAsync("fuehrerschein");
        await using var box = await RawDevice.ConnectAsync(hub, "box-3");

        await ChangeAsync(hub, root =>
        {
            var area = root["areas"]![0]!;
            area["services"]!.AsArray().RemoveAt(4); // The driving licence is no longer offered,
            foreach (var counter in area["counters"]!.AsArray())
            {
                var services = counter!["services"]!.AsArray();
                services.Where(s => s!.GetValue<string>() == "fuehrerschein").ToList().ForEach(s => services.Remove(s));
            }

            area["services"]!.AsArray()
                .Add(JsonNode.Parse("""{ "id": "fund", "letter": "G", "name": { "de": "Fundsachen" }, "usualMinutes": 3 }"""));
            area["counters"]!.AsArray().Add(JsonNode.Parse("""{ "id": "5", "label": "5", "services": ["fund"] }"""));
        });
        await hub.UntilAsync(() => Task.FromResult(shown.TryPeek(out var now) && now.Contains("fund") && !now.Contains("fuehrerschein")),
            "The kiosk shows it", seconds: 2);

        Assert.Equal("G001", (await hub.TakeAsync("fund")).Number);
        using (var called = await hub.ActAsync("5", "call-next"))
        {
            Assert.Equal(HttpStatusCode.OK, called.StatusCode); // who waited longest for what no counter lists is everybody's,
        }

        using (await hub.ActAsync("5", "arrived"))
        using (var next = await hub.ActAsync("5", "call-next"))
        {
            Assert.Equal(HttpStatusCode.OK, next.StatusCode); // and the new service's own ticket after it.
        }

        var called2 = (await WrittenEvent.ReadAsync(hub.Data)).Where(e => e.Type == "ticket-called").ToList();
        Assert.Equal(2, called2.Count);
        Assert.Equal(EventOutcome.Refused, (await box.AskAsync(box.Press())).Outcome); // The queue is empty.
    }

    [Fact]
    public async Task A_broken_file_changes_nothing_and_the_log_says_where_it_is_broken()
    {
        await using var hub = await TestHub.StartAsync();
        var good = await File.ReadAllTextAsync(hub.OfficeFile, TestContext.Current.CancellationToken);
        foreach (var (broken, expected) in new[]
        {
            (good[..(good.Length / 2)], "not valid JSON"),
            (good.Replace("\"usualMinutes\": 10", "\"usualMinutes\": \"lang\"", StringComparison.Ordinal),
                "expected a whole number of minutes from 1 to 240"),
            (good.Replace("\"1\": \"left\"", "\"1 [\": \"left\"", StringComparison.Ordinal), "'1 [' is not a counter of this office"),
            (good.Replace("Europe/Berlin", "Europe/Alsdorf", StringComparison.Ordinal), "is not a time zone"),
        })
        {
            await File.WriteAllTextAsync(hub.OfficeFile, broken, TestContext.Current.CancellationToken);
            await hub.UntilAsync(() => Task.FromResult(hub.Words.Contains(expected, StringComparison.Ordinal)), $"The log says: {expected}",
                () => hub.HasEnded, seconds: 10);
            var line = hub.Words.Split('\n').First(l => l.Contains(expected, StringComparison.Ordinal));
            Assert.Contains("alsdorf.rathaus.json", line, StringComparison.Ordinal);
            Assert.Contains("the office goes on as it was", line, StringComparison.Ordinal);
            await hub.TakeAsync();
        }

        var lineToMend = good[..good.IndexOf("\"usualMinutes\": 10", StringComparison.Ordinal)].Count(c => c == '\n') + 1;
        Assert.Contains($"line {lineToMend}, ", hub.Words, StringComparison.Ordinal);
        await File.WriteAllTextAsync(hub.OfficeFile, good.Replace("Bürgeramt Alsdorf", "Bürgeramt", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        await hub.UntilAsync(() => Task.FromResult(hub.Words.Contains("the new configuration is in effect", StringComparison.Ordinal)),
            "The mended file is in effect", seconds: 10);
        Assert.Equal("A005", (await hub.TakeAsync()).Number);
    }

    [Fact]
    public async Task An_area_in_which_people_wait_does_not_vanish()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.TakeAsync();
        await ChangeAsync(hub, root => RenameArea(root, "obergeschoss"));
        await hub.UntilAsync(() => Task.FromResult(hub.Words.Contains(
            "area 'erdgeschoss' is gone from the configuration, but 1 tickets wait there today", StringComparison.Ordinal)),
            "The log objects", seconds: 10);
        Assert.Equal("A002", (await hub.TakeAsync()).Number);

        using (var called = await hub.ActAsync("3", "call-next"))
        {
            Assert.Equal(HttpStatusCode.OK, called.StatusCode);
        }

        File.Delete(hub.OfficeFile);
        await hub.UntilAsync(() => Task.FromResult(hub.Words.Contains("no office file found", StringComparison.Ordinal)),
            "The log misses the file", seconds: 10);
        Assert.Equal("A003", (await hub.TakeAsync()).Number);
    }

    private static void RenameArea(JsonNode root, string name)
    {
        root["areas"]![0]!["id"] = name;
        root["kiosks"]![0]!["areas"]![0] = name;
    }

    private static async Task ChangeAsync(TestHub hub, Action<JsonNode> change)
    {
        var root = JsonNode.Parse(await File.ReadAllTextAsync(hub.OfficeFile))!;
        change(root);
        await File.WriteAllTextAsync(hub.OfficeFile, root.ToJsonString());
    }
}
