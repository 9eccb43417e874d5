using System.Net;
using System.Text.Json.Nodes;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Grains;
using Aufruf.Hub.Appointments;
using Aufruf.Hub.Offices;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

public sealed partial class PlanOfferTests
{
    /// <summary>Bert gets other times. A page with the first ones neither books nor frees any of them, and his new address stays.</summary>
    private static async Task OfferAgainAsync(InnerHub hub, string page, string link, string first, DateTimeOffset anna)
    {
        var plan = await LookAsync(hub, page);
        await ChangeAsync(hub, page, Line(plan, "emil"), new JsonObject { ["action"] = "call" });
        await ChangeAsync(hub, page, Line(plan, "bert"),
            Line(plan, "bert")["choices"]!.AsArray().First(step => step!["action"]!.ToString() == "offer")!);
        var ended = await EndedAsync(hub);
        await PostAsync(hub.Clerk, $"{page}/send", new { requestId = Guid.NewGuid() });
        Assert.Equal("offered", Line(await LookAsync(hub, page), "bert")["state"]!.ToString());
        foreach (var old in (string[])["none", "1"]) // The form that he has sent already, and the same page with another answer.
        {
            using var answer = await PressAsync(hub, link, [new("time", old)], first);
            Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        }

        var bert = Line(await LookAsync(hub, page), "bert");
        await hub.Services.GetRequiredService<PlanRound>().CarryOutAnswerAsync( // A process repeats the first answer.
            hub.Services.GetRequiredService<OfficeDirectory>().Find(TestHub.Office)!, PlanId.Of(Guid.Parse(plan["id"]!.ToString())),
            bert["number"]!.GetValue<int>());
        Assert.Equal(("offered", ended), (bert["state"]!.ToString(), await EndedAsync(hub)));

        var (appointments, code) = (hub.Services.GetRequiredService<IAppointments>(), link.Split('/')[3]);
        Assert.True(CalendarWeekKey.TryParse(link.Split('/')[2], out var parsed));
        var week = parsed.Value;
        var view = (await appointments.AskNewMailAsync(week, code, "bert.neu@example.org", new(Guid.NewGuid()))).View!;
        var secrets = hub.Services.GetRequiredService<AppointmentSecrets>();
        Assert.Null(await appointments.ChangeMailAsync(week, view.Id,
            secrets.NewMailOf(view.Id, secrets.ContactOf("alsdorf", "bert.neu@example.org")), new(Guid.NewGuid())));
        var times = bert["step"]!["times"]!.AsArray().Select(time => time!["from"]!.GetValue<DateTimeOffset>()).ToList();
        using var chosen = await PressAsync(hub, link, [new("time", $"{times.FindIndex(time => time.Date != anna.Date) + 1}")]);
        Assert.Equal(HttpStatusCode.OK, chosen.StatusCode);
        Assert.Equal("done", Line(await LookAsync(hub, page), "bert")["state"]!.ToString());
        Assert.Equal("bert.neu@example.org", (await appointments.ViewAsync(week, code))?.Citizen?.Mail);
    }

    private static Task<JsonNode> ChangeAsync(InnerHub hub, string page, JsonNode line, JsonNode step) =>
        PostAsync(hub.Clerk, $"{page}/lines/{line["number"]}/step", new { requestId = Guid.NewGuid(), step });

    private static async Task<int> EndedAsync(InnerHub hub) =>
        (await WrittenEvent.ReadAsync(hub.Data)).Count(e => e.Type == "hold-ended");
}
