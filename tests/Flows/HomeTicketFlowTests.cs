using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Gateway;
using Aufruf.Portal.Texts;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

/// <summary>A number that is taken at home, from the portal's form without a script to the call at the counter.</summary>
public sealed class HomeTicketFlowTests
{
    private const string Form = "/number?service=ausweis&office=rathaus";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_number_taken_at_home_is_called_after_its_citizen_has_come_and_is_lost_without()
    {
        await using var hub = await TestHub.StartAtNineAsync((await File.ReadAllTextAsync(TestHub.DemoOffice, Now))
            .Replace("\"cap\": 12", "\"cap\": 2", StringComparison.Ordinal)
            .Replace("\"checkInByPhone\": false", "\"checkInByPhone\": true", StringComparison.Ordinal));
        await hub.UntilAsync(async () => (await PageAsync(hub, "/service/ausweis")).Contains(Form, StringComparison.Ordinal),
            "The page of the service leads to the form");
        foreach (var words in PortalTexts.OfCitizens)
        {
            Assert.Contains(words["number.arrive.text"], await PageAsync(hub, $"{Form}&lang={words.Language}"),
                StringComparison.Ordinal);
        }

        // Sent twice, a form gives one number.
        var (first, page) = await TakeAsync(hub, "0193579a51c0700080000000000000a1");
        Assert.Contains("data-state=\"coming\"", page, StringComparison.Ordinal);
        Assert.Contains(">A001</span>", page, StringComparison.Ordinal);
        Assert.Equal(first, (await TakeAsync(hub, "0193579a51c0700080000000000000a1")).Path);
        foreach (var words in PortalTexts.OfCitizens)
        {
            Assert.Contains($"id=\"state\">{words["coming"]}<",
                await PageAsync(hub, $"{first}?lang={words.Language}"),
                StringComparison.Ordinal);
        }

        // The cap, with the time of the next try, and then the caller's own limit.
        var (second, _) = await TakeAsync(hub, "0193579a51c0700080000000000000a2");
        Assert.Contains("Versuchen Sie es wieder: heute, 09:5", (await TakeAsync(hub, "0193579a51c0700080000000000000a3")).Page,
            StringComparison.Ordinal);
        await TakeAsync(hub, "0193579a51c0700080000000000000a4");
        Assert.Contains("20 Minuten noch einmal", (await TakeAsync(hub, "0193579a51c0700080000000000000a5")).Page,
            StringComparison.Ordinal);

        // An absent citizen is not called. One who comes early waits until the time that was said.
        await ActAsync(hub, "1", "log-in");
        Assert.Equal("nobody-waiting", await ActAsync(hub, "1", "call-next"));
        var walkIn = await hub.TakeAsync();
        var byNumber = await CheckInAsync(hub, "a001");
        Assert.Equal(("A001", "", null), ((string?)byNumber["number"], (string?)byNumber["statusPath"], byNumber["qrPath"]));
        Assert.Equal("A001", (string?)(await CheckInAsync(hub, $"https://aufruf.example{first}?lang=de"))["number"]);
        Assert.Equal("", await ActAsync(hub, "1", "call-next"));
        Assert.Contains("data-state=\"called\"", await PageAsync(hub, walkIn.StatusPath), StringComparison.Ordinal);
        hub.Clock.Skipped += TimeSpan.FromMinutes(21);
        Assert.Equal("", await ActAsync(hub, "1", "arrived"));
        Assert.Equal("", await ActAsync(hub, "1", "call-next"));
        Assert.Contains("data-state=\"called\"", await PageAsync(hub, first), StringComparison.Ordinal);

        // With the phone; a clerk takes it back.
        using (var here = await hub.Anybody.PostAsync(second, Fields(("do", "come-in")), Now))
        {
            Assert.Contains("data-state=\"waiting\"", await here.Content.ReadAsStringAsync(Now), StringComparison.Ordinal);
        }

        var (queue, code) = (second.Split('/')[2], second.Split('/')[3]);
        var id = (await hub.Services.GetRequiredService<IQueues>().ViewAsync(QueueKey.Parse(queue))).Queue.Find(new TicketCode(code))!.Id;
        using (var back = await hub.Clerk.PostAsJsonAsync($"/api/v1/areas/{TestHub.Area}/tickets/{id}/undo-come-in",
            new { requestId = Guid.CreateVersion7() }, Now))
        {
            Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        }

        Assert.Contains("data-state=\"coming\"", await PageAsync(hub, second), StringComparison.Ordinal);

        // Not there in time: the page says it, and the kiosk.
        hub.Clock.Skipped += TimeSpan.FromHours(1);
        await hub.UntilAsync(async () => (await PageAsync(hub, second)).Contains("data-state=\"lapsed\"", StringComparison.Ordinal),
            "The number is lost");
        Assert.Equal("home-ticket-lapsed", (string?)(await CheckInAsync(hub, code))["reason"]);
        var office = await hub.Services.GetRequiredService<IOfficePages>().NowAsync("alsdorf");
        Assert.Null(office.Single().Services.First(s => s.Id.Value == "ausweis").Home!.Refusal); // There is room again.
    }

    private static FormUrlEncodedContent Fields(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private static async Task<string> PageAsync(InnerHub hub, string path) =>
        WebUtility.HtmlDecode(await hub.Anybody.GetStringAsync(new Uri(path, UriKind.Relative), Now));

    /// <summary>Sends the form, and follows to the page of the number, or stays at the form.</summary>
    private static async Task<(string Path, string Page)> TakeAsync(InnerHub hub, string form)
    {
        using var answer = await hub.Anybody.PostAsync(new Uri(Form, UriKind.Relative), Fields(("form", form)), Now);
        return (answer.RequestMessage!.RequestUri!.AbsolutePath, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Now)));
    }

    private static async Task<JsonNode> CheckInAsync(InnerHub hub, string code)
    {
        using var answer = await hub.AtKiosk.PostAsJsonAsync($"/api/v1/kiosks/{TestHub.Kiosk}/check-ins",
            new { requestId = Guid.CreateVersion7(), code }, Now);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Now))!;
    }

    /// <summary>The refusal's reason; empty when it was done.</summary>
    private static async Task<string> ActAsync(InnerHub hub, string counter, string action)
    {
        using var answer = await hub.ActAsync(counter, action);
        return (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Now))?["reason"] ?? "";
    }
}
