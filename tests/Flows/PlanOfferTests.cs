using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aufruf.Contracts;
using Aufruf.Domain.Deadlines;
using Aufruf.Domain.Appointments;
using Aufruf.Grains.Deadlines;
using Aufruf.Hub.Running;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

/// <summary>A plan offers times to citizens by mail: chosen, refused, not answered, overtaken. And a true hub dies right after
/// "send".</summary>
[Trait("Needs", "process")]
public sealed partial class PlanOfferTests : IAsyncDisposable
{
    private const string Address = $"/api/v1/offices/{TestHub.Office}/plans";

    private readonly MailServer _server = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string[] Settings => ["--Hub:Mail:Host=localhost", $"--Hub:Mail:Port={_server.Port}", "--Hub:Mail:Tls=None",
        "--Hub:Mail:From=termine@alsdorf.example", "--Hub:Mail:Timeout=00:00:20"];

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_citizen_chooses_an_offered_time_refuses_all_or_does_not_answer_and_then_a_clerk_calls()
    {
        await using var hub = await TestHub.StartAtNineAsync(await AppointmentDay.OfficeAsync(), Settings);
        var ten = hub.Clock.GetUtcNow().AddDays(4).AddHours(1);
        ten = ten.AddTicks(-(ten.Ticks % TimeSpan.TicksPerHour));
        var day = new AppointmentDay(hub);
        foreach (var name in (string[])["anna", "bert", "cem", "dora"])
        {
            await day.BookAsync(name, at: ten, mail: $"{name}@example.org");
        }

        // Emil has a held slot when the closure comes.
        var appointments = hub.Services.GetRequiredService<IAppointments>();
        var held = (await appointments.HoldAsync(new(TestHub.Office, $"{TestHub.Office}.offen", [new(new("ausweis"))], ten,
            AppointmentKind.AtCounter, "de"), new(Guid.NewGuid()))).View!;
        await UntilMailsAsync(hub, 4);
        var plan = await PostAsync(hub.Clerk, Address, new { requestId = Guid.NewGuid(), closure = Closure(ten) });
        Assert.Equal(["offer", "offer", "offer", "offer"], Lines(plan).Select(line => line["step"]!["action"]!.ToString()));
        Assert.All(Lines(plan), line => Assert.Equal(3, line["step"]!["times"]!.AsArray().Count));
        var page = $"{Address}/{plan["id"]}";
        await PostAsync(hub.Clerk, $"{page}/send", new { requestId = Guid.NewGuid() });
        await UntilMailsAsync(hub, 8);
        Assert.All(Lines(await LookAsync(hub, page)), line => Assert.Equal("offered", line["state"]!.ToString()));
        Assert.Contains("Der Grund: Erkrankung", MailTo("anna", 4).TextBody, StringComparison.Ordinal);

        await appointments.PreconfirmAsync(held.Week, held.Code, new("emil", "emil@example.org"), new(Guid.NewGuid()));
        await UntilMailsAsync(hub, 9);
        using (var confirmed = await PressAsync(hub, Link(MailTo("emil", 8).TextBody, "/confirm/"), []))
        {
            Assert.Equal(HttpStatusCode.OK, confirmed.StatusCode);
        }

        await hub.UntilAsync(async () => Lines(await LookAsync(hub, page)).Any(line => (string?)line["name"] == "emil"),
            "Emil's booking becomes a line");
        Assert.Equal(5, Lines(await LookAsync(hub, page)).Count());

        // Anna chooses the second time, and in another tab the first one.
        var anna = Link(MailTo("anna", 4).TextBody, "/choose/");
        var seen = await hub.Anybody.GetStringAsync(anna, Stop);
        using (var chosen = await PressAsync(hub, anna, [new("time", "2")]))
        {
            Assert.Equal(HttpStatusCode.OK, chosen.StatusCode);
        }

        using (var other = await PressAsync(hub, anna, [new("time", "1")], seen))
        {
            Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        }

        var bert = Link(MailTo("bert", 4).TextBody, "/choose/");
        var first = await hub.Anybody.GetStringAsync(bert, Stop);
        using (var nothing = await PressAsync(hub, bert, []))
        {
            Assert.Equal(HttpStatusCode.BadRequest, nothing.StatusCode);
        }

        using (var refused = await PressAsync(hub, bert, [new("time", "none")], first))
        {
            Assert.Contains("Danke f", await refused.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        }

        var dora = Line(await LookAsync(hub, page), "dora");
        await PostAsync(hub.Clerk, $"{AppointmentDay.List}/{dora["place"]!["week"]}/{dora["place"]!["id"]}/cancel",
            new { requestId = Guid.NewGuid() });
        await hub.UntilAsync(async () => Line(await LookAsync(hub, page), "dora")["state"]!.ToString() == "overtaken",
            "Dora has cancelled");
        var now = await LookAsync(hub, page);
        Assert.Equal(("done", "moved"), (Line(now, "anna")["state"]!.ToString(), Line(now, "anna")["now"]!.ToString()));
        Assert.Equal(Line(now, "anna")["step"]!["times"]![1]!["from"]!.ToString(), Line(now, "anna")["movedTo"]!.ToString());
        Assert.Equal(("declined", "call"), (Line(now, "bert")["state"]!.ToString(), Line(now, "bert")["step"]!["action"]!.ToString()));
        await UntilMailsAsync(hub, 12); // Emil's and Anna's confirmation, Dora's cancellation.
        var (booked, moved) = (MailTo("anna", 0), MailTo("anna", 5));
        Assert.Contains("SEQUENCE:1", BookingCitizen.CalendarOf(moved), StringComparison.Ordinal);
        Assert.Equal(Uid().Match(BookingCitizen.CalendarOf(booked)!).Value, Uid().Match(BookingCitizen.CalendarOf(moved)!).Value);
        Assert.Contains("Sie haben Ihren Termin verschoben", moved.TextBody, StringComparison.Ordinal);

        // Cem does not answer. His deadline is carried out twice.
        var until = Line(now, "cem")["until"]!.GetValue<DateTimeOffset>();
        var (handler, deadlines) = (hub.Services.GetServices<IDeadlineHandler>().Single(h => h.Kind == "plan-offer"),
            (await hub.Services.GetRequiredService<IGrainFactory>().GetGrain<IWheelGrain>(Wheel.StreamOf("alsdorf", until)).View())
                .Open.Values.Where(deadline => deadline.Kind == "plan-offer").ToArray());
        Assert.Equal(4, deadlines.Length);
        hub.Clock.Skipped += TimeSpan.FromDays(2);
        foreach (var deadline in deadlines.Concat(deadlines))
        {
            await handler.CarryOutAsync(deadline, new(Guid.NewGuid()));
        }

        Assert.Equal(["done", "declined", "unanswered", "overtaken", "open"],
            Lines(await LookAsync(hub, page)).OrderBy(line => (string?)line["name"]).Select(line => line["state"]!.ToString()));
        Assert.Contains("Dieses Angebot gilt nicht mehr",
            await hub.Anybody.GetStringAsync(Link(MailTo("cem", 4).TextBody, "/choose/"), Stop), StringComparison.Ordinal);
        await PostAsync(hub.Clerk, $"{page}/lines/{Line(now, "cem")["number"]}/called", new { requestId = Guid.NewGuid() });
        var events = (await WrittenEvent.ReadAsync(hub.Data)).Where(e => e.Stream.StartsWith("calendar/", StringComparison.Ordinal))
            .ToArray();
        Assert.Equal(12, events.Count(IsOffer));
        Assert.Equal(11, events.Count(e => e.Type == "hold-ended")); // All but the one that Anna has chosen.
        await OfferAgainAsync(hub, page, bert, first, Line(now, "anna")["movedTo"]!.GetValue<DateTimeOffset>());
        await ChangeTheCalendarAsync(hub, Line(now, "anna")["movedTo"]!.GetValue<DateTimeOffset>());
    }

    /// <summary>An import that takes Anna's new day says so, changes no booking, and leads to a plan.</summary>
    private async Task ChangeTheCalendarAsync(InnerHub hub, DateTimeOffset anna)
    {
        var office = JsonNode.Parse(await File.ReadAllTextAsync(hub.OfficeFile, Stop))!;
        office["calendars"]![0]!["exceptions"] = new JsonArray(new JsonObject
        {
            ["on"] = $"{anna:yyyy-MM-dd}",
        });
        using var folder = new TempFolder();
        var file = folder.Write("new.json", office.ToJsonString());
        var sentence = "alsdorf.rathaus: 1 booking no longer fits, the first on ";
        Assert.Contains(sentence, await OfficesAsync(hub, "check", file), StringComparison.Ordinal);
        var words = await OfficesAsync(hub, "import", file);
        Assert.Contains(sentence, words, StringComparison.Ordinal);
        Assert.Contains("/staff/alsdorf.rathaus/plans", words, StringComparison.Ordinal);
        await hub.UntilAsync(async () => (await LookAsync(hub, $"{Address}/unplanned")).AsArray()
            .Any(hit => hit!["from"]!.GetValue<DateTimeOffset>() == anna), "The hub names the booking");
        var plan = await PostAsync(hub.Clerk, Address, new { requestId = Guid.NewGuid() });
        Assert.Equal("confirmed", Line(plan, "anna")["now"]!.ToString());
        Assert.Empty((await LookAsync(hub, $"{Address}/unplanned")).AsArray());

        office.AsObject().Remove("calendars");
        Assert.Contains("calendar 'offen' is gone from the configuration, but it has",
            await OfficesAsync(hub, "import", folder.Write("none.json", office.ToJsonString())), StringComparison.Ordinal);
    }

    private static async Task<string> OfficesAsync(InnerHub hub, string verb, string file)
    {
        await using var output = new StringWriter();
        await OfficesCommand.RunAsync([verb, file, "--by", "anna", $"--Hub:Data={hub.Data}"], hub.Clock, output);
        return output.ToString();
    }

    [Fact]
    public async Task A_hub_that_is_killed_right_after_send_carries_out_each_line_once()
    {
        await using var hub = await HubProcess.StartAsync(await AppointmentDay.OfficeAsync(), options: Settings);
        var ten = TimeProvider.System.GetUtcNow().AddDays(4);
        ten = ten.AddTicks(-(ten.Ticks % TimeSpan.TicksPerDay)).AddHours(10);
        var (day, names) = (new AppointmentDay(hub), (string[])["anna", "bert", "cem", "dora", "emil", "fatma"]);
        foreach (var name in names)
        {
            await day.BookAsync(name, at: ten, mail: $"{name}@example.org");
        }

        await UntilMailsAsync(hub, 6);
        var plan = await PostAsync(hub.Clerk, Address, new { requestId = Guid.NewGuid(), closure = Closure(ten) });
        var page = $"{Address}/{plan["id"]}";
        foreach (var name in (string[])["cem", "dora"])
        {
            await PostAsync(hub.Clerk, $"{page}/lines/{Line(plan, name)["number"]}/step",
                new { requestId = Guid.NewGuid(), step = new { action = "cancel" } });
        }

        foreach (var name in (string[])["emil", "fatma"])
        {
            var move = Line(plan, name)["choices"]!.AsArray().First(step => step!["action"]!.ToString() == "move");
            await PostAsync(hub.Clerk, $"{page}/lines/{Line(plan, name)["number"]}/step", new { requestId = Guid.NewGuid(), step = move });
        }

        var request = Guid.NewGuid();
        var sending = SendAsync();
        await hub.UntilAsync(async () => (await WrittenEvent.ReadAsync(hub.Data)).Any(e => e.Type == "plan-sent"),
            "The plan is being sent");
        await hub.KillAsync();
        await sending;
        await hub.StartAgainAsync();
        await SendAsync(); // The clerk presses once more.
        await hub.UntilAsync(async () => Lines(await LookAsync(hub, page)).All(line => line["state"]!.ToString() is "done" or "offered"),
            "Each line is settled");
        await hub.UntilAsync(async () => await UnsettledAsync(hub) == 0, "12 mails leave, or may have left");

        var events = await WrittenEvent.ReadAsync(hub.Data);
        Assert.Equal(12, events.Count(e => e.Type == "message-queued"));
        Assert.All(names, name => Assert.InRange(_server.Arrived.Count(mail => mail.To.ToString() == $"{name}@example.org"), 1, 2));
        // A mail that the kill has cut off is not repeated: staff decide on it.
        Assert.InRange(_server.Arrived.Count, 12 - events.Count(e => e.Type == "sending-uncertain"), 12);
        Assert.Equal((1, 2, 6), (events.Count(e => e.Type == "plan-sent"), events.Count(e => e.Type == "plan-offered"),
            events.Count(IsOffer)));
        Assert.Equal((2, 2), (events.Count(e => e.Type == "appointment-moved"), events.Count(e => e.Type == "appointment-cancelled")));

        async Task SendAsync()
        {
            try
            {
                using var answer = await hub.Clerk.PostAsJsonAsync($"{page}/send", new { requestId = request }, Stop);
            }
            catch (HttpRequestException)
            {
                // The hub is dead.
            }
        }
    }

    private static bool IsOffer(WrittenEvent written) => written.Type == "slot-held"
        && written.Body.GetProperty("appointment").GetProperty("plan").ValueKind is not JsonValueKind.Null;

    /// <summary>Of the twelve mails: those that have not left, and are not left to staff.</summary>
    private static async Task<int> UnsettledAsync(HubProcess hub) =>
        12 - (await WrittenEvent.ReadAsync(hub.Data)).Count(e => e.Type is "message-sent" or "sending-uncertain");

    private Task UntilMailsAsync(TestHub hub, int count) =>
        hub.UntilAsync(() => Task.FromResult(_server.Arrived.Count >= count), $"{count} mails arrive");

    private MimeKit.MimeMessage MailTo(string name, int skip) =>
        _server.Arrived.Skip(skip).First(mail => mail.To.ToString() == $"{name}@example.org");

    private static string Link(string? text, string part) => new Uri(
        Regex.Matches(text ?? "", @"http://\S+").Select(match => match.Value).First(link => link.Contains(part, StringComparison.Ordinal)))
        .PathAndQuery;

    /// <summary>Opens the page and presses its button, as a browser without JavaScript does.</summary>
    private static async Task<HttpResponseMessage> PressAsync(
        TestHub hub, string link, KeyValuePair<string, string>[] more, string? page = null)
    {
        page ??= await hub.Anybody.GetStringAsync(link, Stop);
        return await hub.Anybody.PostAsync(link,
            new FormUrlEncodedContent([.. Hidden().Matches(page).Select(field =>
            new KeyValuePair<string, string>(field.Groups[1].Value, field.Groups[2].Value)), .. more]), Stop);
    }

    private static object Closure(DateTimeOffset at) => new
    {
        calendar = "offen",
        first = $"{at:yyyy-MM-dd}",
        last = $"{at:yyyy-MM-dd}",
        from = "00:00",
        to = "24:00",
        counters = 10,
        reason = "Erkrankung",
    };

    private static IEnumerable<JsonNode> Lines(JsonNode plan) => plan["lines"]!.AsArray().Select(line => line!);

    private static JsonNode Line(JsonNode plan, string name) => Lines(plan).Single(line => (string?)line["name"] == name);

    private static async Task<JsonNode> LookAsync(TestHub hub, string address) =>
        JsonNode.Parse(await hub.Clerk.GetStringAsync(address, Stop))!;

    private static async Task<JsonNode> PostAsync(HttpClient clerk, string address, object body)
    {
        using var answer = await clerk.PostAsJsonAsync(address, body, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    [GeneratedRegex("""name="(form|attempt)" value="([^"]+)""")]
    private static partial Regex Hidden();

    [GeneratedRegex("UID:[^\r\n]+")]
    private static partial Regex Uid();
}
