using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Edge.Protocol;
using Aufruf.Tests.Running;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

/// <summary>The machine's clock steps, and is corrected: screens follow it, and no day ends by mistake.</summary>
public class ClockStepTests
{
    private const double CorrectedWithin = 10;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_a_step_and_back_every_screen_shows_the_true_day_and_nothing_of_it_has_ended()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.TakeAsync();
        using (var entered = await hub.Clerk.PostAsJsonAsync($"/api/v1/areas/{TestHub.Area}/tickets",
            new { requestId = Guid.NewGuid(), service = "ausweis", language = "de", remark = "Rollstuhl" }, Stop))
        {
            Assert.Equal(HttpStatusCode.Created, entered.StatusCode);
        }

        using var called = await hub.ActAsync("3", "call-next");
        var today = (await ScreensAsync(hub)).Queue;

        foreach (var (days, restarts) in new[] { (1, true), (-1, false), (8, true) })
        {
            var step = $"a step of {days} days, restart: {restarts}";
            hub.Clock.Step = TimeSpan.FromDays(days);
            await hub.UntilAsync(async () => (await ScreensAsync(hub)).Queue == Moved(today, days), $"All screens follow {step}",
                seconds: CorrectedWithin);
            if (restarts)
            {
                Assert.Equal(0, await hub.StopAsync());
                await hub.StartAgainAsync();
            }

            await using (var box = await RawDevice.ConnectAsync(hub, "box-3"))
            {
                await box.AskAsync(box.Press()); // On the wrong day.
                hub.Clock.Step = TimeSpan.Zero;
                await hub.UntilAsync(async () => (await ScreensAsync(hub)).Queue == today, $"All screens come back after {step}",
                    seconds: CorrectedWithin);
                await box.UntilFaceAsync(face => face is { Number: "A001", State: FaceState.Called });
            }

            Assert.StartsWith("The clock has stepped by ", Assert.Single(await hub.TroublesAsync("clock")), StringComparison.Ordinal);
        }

        Assert.Contains("The clock has stepped by +", hub.Words, StringComparison.Ordinal);
        Assert.Contains("The clock has stepped by -", hub.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(await WrittenEvent.ReadAsync(hub.Data), e => e.Type == "day-ended");
        await using var desk = await DeskWatcher.ConnectAsync(hub, TestHub.Area, "3", hub.ClerkToken);
        Assert.Equal("called", desk.StateOf("A001"));
        await hub.UntilAsync(() => Task.FromResult((string?)desk.Ticket("A002")!["remark"] == "Rollstuhl"), "The desk shows the remark");
        Assert.Equal("A003", (await hub.TakeAsync()).Number);
    }

    [Fact]
    public async Task A_boot_with_yesterdays_date_takes_no_ticket_into_yesterdays_queue_once_the_clock_is_right()
    {
        var hub = new InnerHub(null, []);
        await using var _ = hub;
        (hub.Clock.Skipped, hub.Clock.Step) = (TestHub.UntilNine, TimeSpan.FromDays(-1));
        await File.WriteAllTextAsync(hub.OfficeFile, await File.ReadAllTextAsync(TestHub.DemoOffice, Stop), Stop);
        await hub.StartAgainAsync();
        var clerk = await hub.HireInChargeAsync(TestHub.Office, TestHub.FirstClerk);
        await hub.TakeAsync();
        var yesterday = (await ScreensAsync(hub, clerk)).Queue;
        hub.Clock.Step = TimeSpan.Zero;

        // A kiosk that has not heard of it yet, and one that has.
        using (var old = await hub.AtKiosk.PostAsJsonAsync($"/api/v1/kiosks/{TestHub.Kiosk}/tickets",
            new { requestId = Guid.NewGuid(), service = "ausweis", language = "de", queue = yesterday }, Stop))
        {
            Assert.Equal(HttpStatusCode.Conflict, old.StatusCode);
            Assert.Contains("day-is-over", await old.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        }

        Assert.Contains(Moved(yesterday, 1), (await hub.TakeAsync()).StatusPath, StringComparison.Ordinal);
        await hub.UntilAsync(async () => (await ScreensAsync(hub, clerk)).Queue == Moved(yesterday, 1), "All screens show today",
            seconds: CorrectedWithin);
        Assert.Contains("1 tickets of alsdorf.rathaus.erdgeschoss were taken on", hub.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_boot_with_tomorrows_date_counts_contacts_and_answers_portals_once_the_clock_is_right()
    {
        var hub = new InnerHub(null, []);
        await using var _ = hub;
        (hub.Clock.Skipped, hub.Clock.Step) = (TestHub.UntilNine, TimeSpan.FromDays(1));
        await File.WriteAllTextAsync(hub.OfficeFile, await File.ReadAllTextAsync(TestHub.DemoOffice, Stop), Stop);
        await hub.StartAgainAsync();
        hub.Clock.Step = TimeSpan.Zero;
        var grains = hub.Services.GetRequiredService<IGrainFactory>();
        foreach (var contact in (string[])["a1", "b2", "c3"])
        {
            var counted = new Counted(new(Guid.NewGuid()), new CalendarWeekKey("alsdorf", "rathaus", "buergerservice", new(2026, 11, 23)),
                hub.Clock.GetUtcNow().AddDays(1));
            Assert.Null((await grains.GetGrain<IContactLimitsGrain>(ContactLimits.StreamOf("alsdorf", contact)).Handle(
                new(Guid.NewGuid()), new ContactLimitsCommand.Count(contact, counted, Most: 1))).Refusal);
        }

        Assert.Null(await grains.GetGrain<ITicketPagesGrain>("7").FindAsync("no such", "code"));
    }

    private static string Moved(string queue, int days) =>
        queue[..^10] + DateOnly.ParseExact(queue[^10..], "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(days)
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The queue that board, desk and kiosk show; empty while they differ.</summary>
    private static async Task<(string Queue, string[] All)> ScreensAsync(TestHub hub, string? clerk = null)
    {
        await using var board = await BoardWatcher.ConnectAsync(hub);
        await using var desk = await DeskWatcher.ConnectAsync(hub, TestHub.Area, "3", clerk ?? hub.ClerkToken);
        await using var kiosk = new HubConnectionBuilder().WithUrl(new Uri(hub.Address, $"/live/kiosk?kiosk={TestHub.Kiosk}"),
            o => o.AccessTokenProvider = () => Task.FromResult<string?>(hub.KioskToken)).Build();
        var shown = "";
        kiosk.On<JsonElement>("Show", view => shown = view.GetProperty("services")[0].GetProperty("queue").GetString()!);
        await kiosk.StartAsync(Stop);
        await hub.UntilAsync(() => Task.FromResult(board.Queue.Length > 0 && shown.Length > 0), "Board and kiosk show a queue");
        string[] all = [board.Queue, (string)desk["queue"]!, shown];
        return (all.Distinct().Count() == 1 ? all[0] : "", all);
    }
}
