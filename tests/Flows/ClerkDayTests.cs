using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Flows;

/// <summary>A clerk's whole day, through HTTP and live connections of the true hub.</summary>
public class ClerkDayTests
{
    private static readonly string[] Also = ["abholung"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_that_a_clerk_does_in_a_day()
    {
        await using var hub = await TestHub.StartAsync(office: await TwoAreasAsync());
        var bertsToken = await hub.HireInChargeAsync(TestHub.Office, "bert");
        using var bert = hub.As(bertsToken);
        await using var desk = await DeskWatcher.ConnectAsync(hub, TestHub.Area, "1", hub.ClerkToken);
        await using var upstairs = await DeskWatcher.ConnectAsync(hub, $"{TestHub.Office}.obergeschoss", "11", bertsToken);
        Assert.Equal(("first-clerk", "bert"), ((string?)desk["clerk"], (string?)upstairs["clerk"]));
        var queue = (string)desk["queue"]!;

        // The clerk takes a seat. Two come by themselves, a third is entered with priority and a remark, and is next.
        await ActAsync(hub.Clerk, "1", "log-in", new { requestId = Guid.NewGuid(), queue, profile = "ausweise" });
        await desk.UntilAsync(d => (string?)d.Counter("1")?["profile"] == "ausweise", "the work profile");
        await hub.TakeAsync();
        await hub.TakeAsync();
        using (var entered = await hub.Clerk.PostAsJsonAsync($"/api/v1/areas/{TestHub.Area}/tickets",
            new
            {
                requestId = Guid.NewGuid(),
                queue,
                service = "ausweis",
                also = Also,
                language = "de",
                priority = "kind",
                remark = "Rollstuhl, bitte Tür öffnen"
            }, Stop))
        {
            Assert.Equal(HttpStatusCode.Created, entered.StatusCode);
        }

        await desk.UntilAsync(d => (string?)d.Ticket("A003")?["remark"] == "Rollstuhl, bitte Tür öffnen", "the remark in clear");
        Assert.Equal(("priority", "kind"), ((string?)desk.Ticket("A003")!["class"], (string?)desk.Ticket("A003")!["priority"]));

        // Called, come, set aside and gone on with.
        await ActAsync(hub.Clerk, "1", "call", new { requestId = Guid.NewGuid(), ticket = (string?)desk.Ticket("A003")!["id"] });
        await ActAsync(hub.Clerk, "1", "arrived");
        await ActAsync(hub.Clerk, "1", "park", new { requestId = Guid.NewGuid(), until = TimeProvider.System.GetUtcNow().AddMinutes(10) });
        await desk.UntilAsync(d => d.StateOf("A003") == "parked" && (string?)d["undo"]?["became"] == "parked",
            "the parked ticket, and that it can be taken back");
        await ActAsync(hub.Clerk, "1", "resume", new { requestId = Guid.NewGuid(), ticket = (string?)desk.Ticket("A003")!["id"] });
        await ActAsync(hub.Clerk, "1", "switch-service", new { requestId = Guid.NewGuid(), service = "abholung" });
        await ActAsync(hub.Clerk, "1", "finish",
            new { requestId = Guid.NewGuid(), given = new[] { new { service = "ausweis", quantity = 2 } }, forPickup = true });
        await desk.UntilAsync(d => d.StateOf("A003") == "pickup" && d.Ticket("A003")!["parts"]!.AsArray().Count >= 3,
            "who comes back for the document, with the parts of the visit");

        // Sent to another counter, put back behind two calls, and that taken back again.
        await ActAsync(hub.Clerk, "2", "open"); // Somebody is there, so nobody else may call who is sent there.
        await ActAsync(hub.Clerk, "1", "call-next");
        await ActAsync(hub.Clerk, "1", "transfer", new { requestId = Guid.NewGuid(), to = new { counter = "2" } });
        await desk.UntilAsync(d => (string?)d.Ticket("A001")?["forCounter"] == "2", "where it was sent");
        await hub.UntilAsync(async () => // A press in the first moment of a new state is held back.
        {
            using var answer = await hub.ActAsync("1", "call-next", seen: (long?)desk.Counter("1")!["revision"]);
            return answer.IsSuccessStatusCode;
        }, "that the hand has seen the new state");
        await ActAsync(hub.Clerk, "1", "return", new { requestId = Guid.NewGuid(), way = "after", after = 2 });
        await desk.UntilAsync(d => d.StateOf("A002") == "waiting" && (bool?)d.Ticket("A002")!["heldBack"] is true,
            "that it waits for others");
        await ActAsync(hub.Clerk, "1", "undo");
        await desk.UntilAsync(d => d.StateOf("A002") == "called" && d["undo"] is null, "the step taken back");
        await ActAsync(hub.Clerk, "1", "missed");
        await ActAsync(hub.Clerk, "1", "call", new { requestId = Guid.NewGuid(), ticket = (string?)desk.Ticket("A002")!["id"] });
        await ActAsync(hub.Clerk, "1", "missed"); // The second and last chance.
        await desk.UntilAsync(d => d.StateOf("A002") == "missed", "who did not come");
        await OfTicketAsync(hub.Clerk, desk.Ticket("A002")!, "reactivate");
        await OfTicketAsync(hub.Clerk, desk.Ticket("A002")!, "prioritise", new { requestId = Guid.NewGuid(), reason = "notlage" });
        await desk.UntilAsync(d => d.StateOf("A002") == "waiting" && (string?)d.Ticket("A002")!["priority"] == "notlage",
            "who is back in the queue");

        // Fetching the document.
        await ActAsync(hub.Clerk, "1", "call", new { requestId = Guid.NewGuid(), ticket = (string?)desk.Ticket("A003")!["id"] });
        await ActAsync(hub.Clerk, "1", "presence", new { requestId = Guid.NewGuid(), presence = "pause" });
        await ActAsync(hub.Clerk, "1", "finish");
        await desk.UntilAsync(d => d.Ticket("A003") is null && (string?)d.Counter("1")!["presence"] == "pause",
            "the visit over and the pause begun");

        // Help is called in the hall and heard upstairs.
        await ActAsync(hub.Clerk, "1", "emergency");
        await upstairs.UntilAsync(d => (string?)d["emergencies"]?.AsArray().FirstOrDefault()?["label"] == "1", "the call for help");
        var call = upstairs["emergencies"]![0]!;
        await ActAsync(bert, (string)call["counter"]!, "emergency-accept", new { requestId = Guid.NewGuid(), from = "11" },
            (string)call["area"]!);
        await desk.UntilAsync(d => (string?)d["emergencies"]?[0]?["coming"]?.AsArray().FirstOrDefault()?["label"] == "11", "who comes");
        await ActAsync(hub.Clerk, "1", "emergency-end");
        await upstairs.UntilAsync(d => d["emergencies"]!.AsArray().Count == 0, "that it is over");

        // A service is stopped and released; a citizen gives the ticket back.
        await OfServiceAsync(hub.Clerk, "wohnsitz", "stop");
        using (var refused = await hub.AtKiosk.PostAsJsonAsync($"/api/v1/kiosks/{TestHub.Kiosk}/tickets",
            new { requestId = Guid.NewGuid(), service = "wohnsitz", language = "de" }, Stop))
        {
            Assert.Equal((HttpStatusCode.Conflict, "service-stopped"),
                (refused.StatusCode, (string?)(await refused.Content.ReadFromJsonAsync<JsonObject>(Stop))!["reason"]));
        }

        await desk.UntilAsync(d => (string?)d["stopped"]?[0]?["kind"] == "by-clerk", "what is stopped");
        await OfServiceAsync(hub.Clerk, "wohnsitz", "release");
        var mine = await hub.TakeAsync("wohnsitz");
        using (var given = await hub.Anybody.PostAsJsonAsync($"/api/v1/tickets/{mine.StatusPath["/t/".Length..]}/cancel",
            new { requestId = Guid.NewGuid() }, Stop))
        {
            Assert.Equal("cancelled", (string?)(await given.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>(Stop))![
                "state"]);
        }

        await desk.UntilAsync(d => d.StateOf(mine.Number) == "cancelled", "what was given back");

        // A seat in the hall, then upstairs: the one in the hall is empty.
        await ActAsync(hub.Clerk, "12", "log-in", new { requestId = Guid.NewGuid(), move = true }, $"{TestHub.Office}.obergeschoss");
        await desk.UntilAsync(d => (bool?)d.Counter("1")!["open"] is false && d.Counter("1")!["clerk"] is null, "that the seat is empty");

        // No remark anywhere but on desks.
        Assert.DoesNotContain("Rollstuhl", hub.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(await WrittenEvent.ReadAsync(hub.Data), e =>
            e.Body.GetRawText().Contains("Rollstuhl", StringComparison.Ordinal));
        foreach (var file in Directory.EnumerateFiles(hub.Data, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock",
            StringComparison.Ordinal)))
        {
            await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var text = new StreamReader(open, System.Text.Encoding.Latin1);
            Assert.DoesNotContain("Rollstuhl", await text.ReadToEndAsync(Stop), StringComparison.Ordinal);
        }

        Assert.True(File.Exists(Path.Combine(hub.Data, "vault.db")));
    }

    [Fact]
    public async Task A_citizen_gives_the_ticket_back_on_its_page_without_JavaScript()
    {
        await using var hub = await TestHub.StartAsync();
        var mine = await hub.TakeAsync();
        using var page = await hub.Anybody.GetAsync(mine.StatusPath, Stop);
        Assert.Contains("<form method=\"post\"", await page.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.False(page.Headers.Contains("Set-Cookie"));
        using var form = new FormUrlEncodedContent([]);
        using var given = await hub.Anybody.PostAsync(mine.StatusPath + "?lang=en", form, Stop); // Follows to the page as it is then.
        Assert.Contains("<p id=\"state\">Cancelled</p>", await given.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Stop),
            StringComparison.Ordinal);

        var called = await hub.TakeAsync();
        await ActAsync(hub.Clerk, "1", "call-next");
        using var tooLate = await hub.Anybody.PostAsync(called.StatusPath + "?lang=en", form, Stop);
        var text = await tooLate.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Stop);
        Assert.Contains("It is your turn", text, StringComparison.Ordinal);
        Assert.Contains("cannot be given back", text, StringComparison.Ordinal);
        using var unknown = await hub.Anybody.PostAsync(mine.StatusPath[..^1] + "!", form, Stop);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private static async Task ActAsync(HttpClient clerk, string counter, string action, object? body = null, string area =
        TestHub.Area) =>
        await PostAsync(clerk, $"/api/v1/areas/{area}/counters/{counter}/{action}", body);

    private static Task OfTicketAsync(HttpClient clerk, JsonNode ticket, string action, object? body = null) =>
        PostAsync(clerk, $"/api/v1/areas/{TestHub.Area}/tickets/{(string?)ticket["id"]}/{action}", body);

    private static Task OfServiceAsync(HttpClient clerk, string service, string action) =>
        PostAsync(clerk, $"/api/v1/areas/{TestHub.Area}/services/{service}/{action}", null);

    private static async Task PostAsync(HttpClient clerk, string path, object? body)
    {
        using var answer = await clerk.PostAsJsonAsync(path, body ?? new { requestId = Guid.NewGuid() }, Stop);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(Stop)}");
    }

    /// <summary>The demo office with an area upstairs.</summary>
    internal static async Task<string> TwoAreasAsync()
    {
        var root = JsonNode.Parse(await File.ReadAllTextAsync(TestHub.DemoOffice, Stop))!;
        root["areas"]!.AsArray().Add(JsonNode.Parse("""
            {
              "id": "obergeschoss",
              "name": { "de": "Obergeschoss" },
              "services": [{ "id": "trauung", "letter": "X", "name": { "de": "Trauung" }, "usualMinutes": 30 }],
              "counters": [{ "id": "11", "label": "11", "services": ["trauung"] }, { "id": "12", "label": "12", "services": ["trauung"] }]
            }
            """));
        return root.ToJsonString();
    }
}
