using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

/// <summary>A closure over bookings through the true hub: previewed, planned, sent, and carried out once also across a crash.</summary>
[Trait("Needs", "process")]
public sealed class PlanFlowTests : IAsyncDisposable
{
    private const string Address = $"/api/v1/offices/{TestHub.Office}/plans";

    private static readonly string[] WrittenTo = ["Anna Ünal", "Bert Beck"];

    private readonly MailServer _server = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_sick_call_is_planned_and_sent_once_and_the_plan_says_who_was_reached()
    {
        await using var hub = await TestHub.StartAtNineAsync(await AppointmentDay.OfficeAsync(), "--Hub:Mail:Host=localhost",
            $"--Hub:Mail:Port={_server.Port}", "--Hub:Mail:Tls=None", "--Hub:Mail:From=termine@alsdorf.example",
            "--Hub:Mail:Timeout=00:00:20");
        var day = new AppointmentDay(hub);
        var eleven = new DateTimeOffset(hub.Clock.GetUtcNow().Date.AddHours(hub.Clock.GetUtcNow().Hour + 2), TimeSpan.Zero);
        await day.BookAsync("Anna Ünal", at: eleven, mail: "anna@example.org");
        await day.BookAsync("Bert Beck", at: eleven, mail: "bert@example.org");
        await day.BookAsync("Cem Celik", at: eleven.AddMinutes(10));
        await hub.UntilAsync(() => Task.FromResult(_server.Arrived.Count == 2), "The mails of the bookings arrive");

        var closure = Closure(eleven);
        var preview = await PostAsync(hub, $"{Address}/preview", closure);
        Assert.Equal(3, preview.AsArray().Count);
        Assert.Empty((await LookAsync(hub, Address))["plans"]!.AsArray());
        await day.BookAsync("Dora", at: eleven.AddMinutes(20), mail: "dora@example.org");
        await hub.UntilAsync(() => Task.FromResult(_server.Arrived.Count == 3), "Dora's mail arrives: a preview closes nothing");

        var request = Guid.CreateVersion7();
        var plan = await PostAsync(hub, Address, new { requestId = request, closure });
        Assert.Equal(plan["id"]!.ToString(), (await PostAsync(hub, Address, new { requestId = request, closure }))["id"]!.ToString());
        Assert.Equal(["move", "move", "call", "move"], Steps(plan));
        var times = plan["lines"]!.AsArray().Select(line => (string?)line!["step"]!["from"]).Where(from => from is not null).ToArray();
        Assert.Equal((3, 3), (times.Length, times.Distinct().Count()));
        using var late = await hub.Clerk.PostAsJsonAsync(AppointmentDay.List, new
        {
            requestId = Guid.CreateVersion7(),
            calendar = $"{TestHub.Office}.offen",
            services = new[] { new { service = "ausweis", persons = 1 } },
            from = eleven.AddMinutes(30),
            kind = "at-counter",
            language = "de",
            name = "Emil",
        }, Stop);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode); // The time is closed for clerks, too.

        // The clerk would rather cancel for Bert. Dora's appointment is cancelled before the plan is sent.
        var page = $"{Address}/{request}";
        var bert = Line(plan, "Bert Beck");
        await PostAsync(hub, $"{page}/lines/{bert["number"]}/step", new { requestId = Guid.NewGuid(), step = new { action = "cancel" } });
        var dora = Line(plan, "Dora");
        var place = dora["place"]!;
        await PostAsync(hub, $"{AppointmentDay.List}/{place["week"]}/{place["id"]}/cancel", new { requestId = Guid.NewGuid() });
        await hub.UntilAsync(() => Task.FromResult(_server.Arrived.Count == 4), "The mail of Dora's cancellation arrives");

        // The hub dies while it carries the plan out. Afterwards each line was carried out once.
        await hub.Services.GetRequiredService<IGrainFactory>().GetGrain<IPlansGrain>(Plans.StreamOf(TestHub.Office))
            .Handle(new(Guid.NewGuid()), new PlanCommand.Send(new(request), new("beck")));
        await hub.StopAsync();
        await hub.StartAgainAsync();
        await hub.UntilAsync(async () => (await LookAsync(hub, page))["lines"]!.AsArray()
            .All(line => line!["state"]!.ToString() is not "sending"), "Every line is settled");
        await hub.UntilAsync(() => Task.FromResult(_server.Arrived.Count == 6), "Two citizens get a mail");
        await PostAsync(hub, $"{page}/send", new { requestId = Guid.NewGuid() });
        await PostAsync(hub, $"{page}/lines/{Line(plan, "Cem Celik")["number"]}/called", new { requestId = Guid.NewGuid() });

        plan = await LookAsync(hub, page);
        Assert.Equal(("done", "called"), (Line(plan, "Cem Celik")["state"]!.ToString(), Line(plan, "Cem Celik")["reached"]!.ToString()));
        Assert.Equal(("done", "moved"), (Line(plan, "Anna Ünal")["state"]!.ToString(), Line(plan, "Anna Ünal")["now"]!.ToString()));
        Assert.Equal(("done", "cancelled"), (Line(plan, "Bert Beck")["state"]!.ToString(), Line(plan, "Bert Beck")["now"]!.ToString()));
        Assert.Equal("overtaken", Line(plan, "Dora")["state"]!.ToString());
        await hub.UntilAsync(async () => (await LookAsync(hub, page)) is var now && WrittenTo.All(name =>
            Line(now, name)["reached"]!.ToString() == "mail-sent"), "Both mails have left the outbox");
        var list = JsonNode.Parse(await hub.Clerk.GetStringAsync(AppointmentDay.List, Stop))!.AsArray();
        Assert.Single(list, row => (string?)row!["name"] == "Anna Ünal" && (string?)row["state"] == "confirmed");

        var mails = _server.Arrived.Skip(4).ToDictionary(mail => mail.To.ToString());
        Assert.Equal(2, mails.Count);
        Assert.All(mails.Values, mail =>
            Assert.Contains("Der Grund: Erkrankung im Bürgerservice", mail.TextBody, StringComparison.Ordinal));
        Assert.Contains("Das Amt muss ihn leider absagen.", mails["bert@example.org"].TextBody, StringComparison.Ordinal);

        var withdrawn = await PostAsync(hub, $"{page}/withdraw", new { requestId = Guid.NewGuid() });
        Assert.Equal("beck", (string?)withdrawn["lines"]![0]!["by"]);
        await day.BookAsync("Emil", at: eleven.AddMinutes(30));
    }

    private static object Closure(DateTimeOffset eleven)
    {
        var local = TimeZoneInfo.ConvertTime(eleven, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        return new
        {
            calendar = "offen",
            first = $"{local:yyyy-MM-dd}",
            last = $"{local:yyyy-MM-dd}",
            from = $"{local:HH:mm}",
            to = $"{local.AddHours(1):HH:mm}",
            counters = 10,
            reason = "Erkrankung im Bürgerservice",
        };
    }

    private static IEnumerable<string> Steps(JsonNode plan) =>
        plan["lines"]!.AsArray().Select(line => line!["step"]!["action"]!.ToString());

    private static JsonNode Line(JsonNode plan, string name) => plan["lines"]!.AsArray().Single(line => (string?)line!["name"] == name)!;

    private static async Task<JsonNode> LookAsync(InnerHub hub, string address) =>
        JsonNode.Parse(await hub.Clerk.GetStringAsync(address))!;

    private static async Task<JsonNode> PostAsync(InnerHub hub, string address, object body)
    {
        using var answer = await hub.Clerk.PostAsJsonAsync(address, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }
}
