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
        await using var kiosk = new HubConnectionBuilder().WithUrl(new Uri(hub.Address, $"/live/kiosk?kiosk={TestHub.Kiosk}"),
            o => o.AccessTokenProvider = () => Task.FromResult<string?>(hub.KioskToken)).Build();
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
            "area 'erdgeschoss' is gone from the configuration, but 1 tickets are there today (A001)", StringComparison.Ordinal)),
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_place_that_a_ticket_needs_is_lost_to_a_file_whether_the_hub_runs_or_starts_with_it(bool starts)
    {
        await using var hub = await TestHub.StartAsync();
        var good = await File.ReadAllTextAsync(hub.OfficeFile, TestContext.Current.CancellationToken);
        await hub.TakeAsync("wohnsitz"); // C001 is called to counter 3,
        await OkAsync(hub.ActAsync("3", "call-next"));
        await hub.TakeAsync("fuehrerschein"); // and a driving licence waits.
        await hub.TakeAsync("ausweis");
        (string Lost, Action<JsonNode> Change, string[] Words)[] losses =
        [
            ("an area", root => RenameArea(root, "obergeschoss"), ["area 'erdgeschoss' is gone", "3 tickets are there", "A001", "C001"]),
            ("a serving counter", root => Remove(root, "3"), ["counter '3' is gone", "1 tickets are there or kept for it (C001)"]),
            ("an office", _ => { }, ["area 'erdgeschoss' is gone", "3 tickets are there"]),
        ];
        foreach (var (lost, change, words) in losses)
        {
            var said = hub.Words.Length;
            await (starts ? hub.StopAsync() : Task.FromResult(0));
            if (lost == "an office")
            {
                File.Delete(hub.OfficeFile);
                await File.WriteAllTextAsync(Path.Combine(hub.Offices, "zwei.json"), TestOffice.WithCounters(1, "zwei"),
                    TestContext.Current.CancellationToken);
            }
            else
            {
                await ChangeAsync(hub, change);
            }

            await (starts ? hub.StartAgainAsync() : Task.CompletedTask);
            foreach (var word in words)
            {
                await hub.UntilTroubleAsync("offices", word);
                await hub.UntilAsync(() => Task.FromResult(hub.Words[said..].Contains(word, StringComparison.Ordinal)),
                    $"The log says {word}");
            }

            await OkAsync(hub.ActAsync("3", "recall")); // It is still served.
            Assert.DoesNotContain("not read yet", hub.Words, StringComparison.Ordinal);
            File.Delete(Path.Combine(hub.Offices, "zwei.json"));
            await File.WriteAllTextAsync(hub.OfficeFile, good, TestContext.Current.CancellationToken);
            await hub.UntilAsync(async () => (await hub.TroublesAsync("offices")).Count == 0, $"The file without loss of {lost} is taken");
        }

        // A service may go: its tickets are called by every counter. An empty counter may go, and so may one whose visit is over.
        await (starts ? hub.StopAsync() : Task.FromResult(0));
        await ChangeAsync(hub, root =>
        {
            Remove(root, "1");
            var area = root["areas"]![0]!;
            area["services"]!.AsArray().RemoveAt(4);
            foreach (var services in area["counters"]!.AsArray().Select(counter => counter!["services"]!.AsArray()))
            {
                services.Where(s => s!.GetValue<string>() == "fuehrerschein").ToList().ForEach(s => services.Remove(s));
            }
        });
        await (starts ? hub.StartAgainAsync() : Task.CompletedTask);
        await hub.UntilAsync(async () =>
        {
            using var gone = await hub.ActAsync("1", "recall");
            return gone.StatusCode is HttpStatusCode.NotFound;
        }, "Counter 1 is gone");
        await OkAsync(hub.ActAsync("3", "arrived"));
        await OkAsync(hub.ActAsync("3", "call-next"));
        await OkAsync(hub.ActAsync("2", "call-next"));
        var called = (await WrittenEvent.ReadAsync(hub.Data)).Count(e => e.Type == "ticket-called");
        Assert.Equal(3, called);

        static async Task OkAsync(Task<HttpResponseMessage> acting)
        {
            using var answer = await acting;
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        }
    }

    private static void Remove(JsonNode root, string counter)
    {
        var area = root["areas"]![0]!;
        area["counters"]!.AsArray().Remove(area["counters"]!.AsArray().Single(c => (string)c!["id"]! == counter));
        foreach (var board in area["boards"]!.AsArray())
        {
            board!["arrows"]!.AsObject().Remove(counter);
        }

        var devices = root["devices"]!.AsArray();
        devices.Where(d => (string?)d!["counter"] == counter).ToList().ForEach(d => devices.Remove(d));
    }

    private static void RenameArea(JsonNode root, string name)
    {
        root["areas"]![0]!["id"] = name;
        root["kiosks"]![0]!["areas"]![0] = name;
    }

    private static async Task ChangeAsync(TestHub hub, Action<JsonNode> change)
    {
        var root = JsonNode.Parse(await File.ReadAllTextAsync(hub.OfficeFile))!;
        root.AsObject().Remove("calendars"); // They would hold the services that these changes take away.
        change(root);
        await File.WriteAllTextAsync(hub.OfficeFile, root.ToJsonString());
    }
}
