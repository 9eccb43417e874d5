using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Aufruf.Contracts;
using Aufruf.Tests.Browser;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

/// <summary>The page that says how long personal data are kept, and what another period would change.</summary>
public sealed class RetentionPageTests(AppointmentHub today, Chromium chromium) : IClassFixture<AppointmentHub>
{
    private const string Address = "/staff/alsdorf/town/retention";

    [Fact]
    public async Task Other_days_show_their_effect_on_booked_appointments_before_they_go_into_the_draft_of_the_office()
    {
        var hub = today.Hub;
        await today.Day.BookAsync("Anna Ünal");
        var data = hub.Services.GetRequiredService<IKeptData>();
        await hub.UntilAsync(async () => (await data.FindAsync("alsdorf")).Calendars.Any(calendar => calendar.Kept.Count == 1),
            "The end of the appointment's data is set");
        var kept = await data.FindAsync("alsdorf");
        Assert.Equal(["offen 7 1", "streng 7 0"], kept.Calendars.Select(one => $"{one.Id} {one.Days} {one.Kept.Count}"));
        Assert.Empty((await data.FindAsync("als")).Calendars); // Not a part of a name.

        var person = await hub.HireAsync("alsdorf", "anna", ("administrator", "alsdorf"));
        await using var anna = await chromium.OpenAsync(1280, 900, o => (o.JavaScriptEnabled, o.Locale) = (true, "de"));
        await anna.EnterAsync(hub, Address, person: person);
        await anna.SaysAsync("#kind-appointment", "Vorhanden: 1.");
        await anna.SaysAsync("#kind-access", "Unbegrenzt");
        await anna.SaysAsync("#kind-wish", "7 Tage nach dem letzten gewünschten Tag");
        await anna.HasNoBarrierAsync("retention");
        await anna.FitsANarrowScreenAsync();

        var days = anna.At("input[name='days']").First;
        await days.FillAsync("366");
        await anna.At("button[value='show']").ClickAsync();
        await anna.SaysAsync("#faults", "Geben Sie eine ganze Zahl von 0 bis 365 ein.");
        Assert.Equal("366", await days.InputValueAsync());
        await anna.HasNoBarrierAsync("retention, wrong days");
        await days.FillAsync("3");
        await anna.At("button[value='show']").ClickAsync();
        await anna.SaysAsync("#effect", "7 Tage werden zu 3 Tagen.");
        await anna.SaysAsync("#effect", "deren Daten ihr bisheriges Ende behalten: 1.");
        await anna.HasNoBarrierAsync("retention, effect");
        var desk = await DeskAsync();
        Assert.Null(desk["draft"]); // Shown only.

        await anna.At("#save").ClickAsync();
        await anna.SaysAsync("#done", "Gespeichert.");
        desk = await DeskAsync();
        var draft = JsonNode.Parse((string)desk["draft"]!["text"]!)!;
        Assert.Equal([3, null], draft["calendars"]!.AsArray().Select(one => (int?)one!["rules"]!["keptDays"]));
        await anna.GoAsync(hub.Address, $"{Address}?lang=en");
        Assert.Equal("3", await anna.At("input[name='days']").First.InputValueAsync());
        await anna.SaysAsync("#kind-message", "Usually 14 days");
        await anna.HasNoBarrierAsync("retention in English");
    }

    private async Task<JsonNode> DeskAsync() => (await today.Hub.Clerk.GetFromJsonAsync<JsonNode>(
        new Uri($"/api/v1/offices/{TestHub.Office}/configuration", UriKind.Relative), TestContext.Current.CancellationToken))!;
}
