using Aufruf.Tests.Running;

namespace Aufruf.Tests.Browser;

/// <summary>A clerk closes counters, changes a step of the plan, sends it and sees the result. The pages have no script.</summary>
public sealed class PlanPageTests(Chromium chromium)
{
    private const string Path = $"/staff/{TestHub.Office}/plans";

    [Fact]
    public async Task A_clerk_enters_a_closure_changes_a_step_sends_the_plan_and_sees_who_was_reached()
    {
        await using var hub = await TestHub.StartAtNineAsync(await AppointmentDay.OfficeAsync());
        var day = new AppointmentDay(hub);
        var eleven = new DateTimeOffset(hub.Clock.GetUtcNow().Date.AddHours(hub.Clock.GetUtcNow().Hour + 2), TimeSpan.Zero);
        var local = TimeZoneInfo.ConvertTime(eleven, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        await day.BookAsync("Anna Ünal", at: eleven, mail: "anna@example.org");
        await day.BookAsync("Cem Celik", at: eleven.AddMinutes(10));

        await using var desk = await chromium.OpenAsync(1280, 900, o => o.Locale = "de");
        await desk.EnterAsync(hub, Path);
        await desk.SeesAsync("#nothing");
        await desk.HasNoBarrierAsync("plans");
        await desk.At("#first").FillAsync($"{local:yyyy-MM-dd}");
        await desk.At("#from").FillAsync($"{local:HH:mm}");
        await desk.At("#to").FillAsync($"{local.AddHours(1):HH:mm}");
        await desk.At("#counters").FillAsync("10");
        await desk.At("#reason").FillAsync("Erkrankung");
        await desk.At("#reason").PressAsync("Enter"); // Enter only looks.
        await desk.SaysAsync("#preview", "2 Termine sind betroffen:");
        await desk.SaysAsync("#preview", "Cem Celik: Anrufen");
        await desk.SeesAsync("#nothing");
        await desk.At("button", "Schließen und Plan anlegen").ClickAsync();

        await desk.SaysAsync("tbody tr:nth-child(1)", "Anna Ünal");
        await desk.HasNoBarrierAsync("plan");
        await desk.FitsANarrowScreenAsync();
        await desk.PictureAsync("plan-de");
        await desk.At("tbody tr:nth-child(1) select").SelectOptionAsync("cancel");
        await desk.At("button", "Plan senden").ClickAsync();
        await desk.SaysAsync("tbody tr:nth-child(1)", "Absagen");
        await desk.SaysAsync("tbody tr:nth-child(1)", "Erledigt");
        await desk.At("tbody tr:nth-child(2) button", "Ich habe angerufen").ClickAsync();
        await desk.SaysAsync("tbody tr:nth-child(2)", "Angerufen");
        await desk.HasNoBarrierAsync("result");
        await desk.At("button", "Schließung zurücknehmen").ClickAsync();
        await desk.SaysAsync("main", "Der Plan ist zurückgenommen");
        var elsewhere = await desk.Page.GotoAsync(new Uri(hub.Address, "/staff/alsdorf.other/plans").ToString());
        Assert.Equal(404, elsewhere?.Status);
    }
}
