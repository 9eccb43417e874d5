using System.Net.Http.Json;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Offices;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Aufruf.Tests.Browser;

/// <summary>Two floors: one board shows the calls of both, and a desk downstairs calls from upstairs too.</summary>
public sealed class TwoFloorsTests(Chromium chromium, TwoFloorsHall hall) : IClassFixture<TwoFloorsHall>
{
    private const string Upstairs = "alsdorf.rathaus.obergeschoss";

    private InnerHub Hub => (InnerHub)hall.Hub;

    private string BoardAddress => $"/board/?board=alsdorf.rathaus.treppe#token={hall.Hub.DisplayToken}";

    [Fact]
    public async Task A_board_of_two_areas_shows_the_calls_of_both_with_their_places_and_says_which_of_them_is_old()
    {
        await hall.EmptyAsync();
        await using var board = await chromium.OpenAsync();
        await board.Page.Clock.InstallAsync();
        var isSilent = false;
        await board.Page.RouteWebSocketAsync("**/live/board**", screen =>
        {
            var hub = screen.ConnectToServer();
            screen.OnMessage(message => hub.Send(message.Text!));
            hub.OnMessage(message =>
            {
                // Heartbeats of both areas may come as one message: each record ends with this character.
                var heard = message.Text!.Split('\u001e', StringSplitOptions.RemoveEmptyEntries)
                    .Where(record => !isSilent || !record.Contains(Upstairs, StringComparison.Ordinal)).Select(record => record + '\u001e');
                if (string.Concat(heard) is { Length: > 0 } records)
                {
                    screen.Send(records);
                }
            });
        });
        await board.GoAsync(hall.Hub.Address, BoardAddress);
        await board.IsAsync("data-state", "idle");
        await board.SaysAsync("#area", "Obergeschoss, Wartebereich 1");
        var below = await hall.CallAsync("3");
        await board.ShowsAsync("#hero-number", below);
        await board.SaysAsync("#hero-place", "Erdgeschoss");
        await board.UntilCountAsync("chimes", 1);
        await hall.ActAsync("3", "arrived");
        await board.IsAsync("data-state", "quiet");
        var above = (await hall.Hub.TakeAsync("fahrzeug")).Number;
        await CallUpstairsAsync();
        await board.ShowsAsync("#hero-number", above);
        await board.SaysAsync("#hero-place", "Obergeschoss");
        await board.SaysAsync("#announce", $"{above}, Schalter 11, Wartebereich 2");
        await board.ShowsAsync("#rows > li:first-child .number", below);
        await board.SaysAsync("#rows > li:first-child .place", "Erdgeschoss");
        Assert.Equal(2, await board.ChimesAsync());
        await board.HasNoBarrierAsync("board of two areas");
        await board.PictureAsync("board-two-areas");

        // Nothing comes from upstairs any more: its data is old, and that of the ground floor is not.
        isSilent = true;
        for (var seconds = 0; seconds < 12; seconds++)
        {
            await board.PassAsync(1_000);
            await Task.Delay(1_000, TestContext.Current.CancellationToken); // Real heartbeats of the other area come meanwhile.
        }

        await board.SeesAsync("#stale");
        await board.SaysAsync("#stale-text", "Wartebereich 2 · Obergeschoss: nicht aktuell");
        Assert.DoesNotContain("Wartebereich 1", await board.At("#stale-text").InnerTextAsync(), StringComparison.Ordinal);
        await board.IsAsync("data-state", "quiet");
        await Assertions.Expect(board.At("#rows > li.old .number")).ToHaveTextAsync(above);
        await board.SaysAsync("#rows > li.old .place", "Stand");
        await board.HasNoBarrierAsync("board of two areas, one old");
        await board.PictureAsync("board-two-areas-one-old");
        board.ComplainedOfNothing();
    }

    [Fact]
    public async Task A_clerk_with_both_floors_sees_the_next_one_upstairs_and_calls_with_the_big_button()
    {
        await hall.EmptyAsync();
        using (var seat = await hall.Hub.Clerk.PostAsJsonAsync($"/api/v1/areas/{TestHub.Area}/counters/2/log-in",
            new { requestId = Guid.CreateVersion7(), profile = "beide", move = true }, TestContext.Current.CancellationToken))
        {
            Assert.True(seat.IsSuccessStatusCode);
        }

        await using var desk = await chromium.OpenAsync(1280, 800);
        await desk.EnterAsync(hall.Hub, Hall.DeskAddress("2"));
        await desk.IsAsync("data-mode", "idle");
        var above = (await hall.Hub.TakeAsync("fahrzeug")).Number;
        await desk.SaysAsync("#primary-hint", $"{above} · Fahrzeug anmelden");
        await desk.SaysAsync("#waiting-list .next .what small", "wartet in: Wartebereich 2 · Obergeschoss");
        var later = (await hall.Hub.TakeAsync("fahrzeug")).Number;
        await Assertions.Expect(desk.At("#waiting-list > *")).ToHaveCountAsync(2);
        await desk.At("#waiting-list > li:nth-child(2) .more").ClickAsync();
        await Assertions.Expect(desk.At("#waiting-list .menu button:visible")).ToHaveCountAsync(1); // The rest is for its own area.
        await desk.HasNoBarrierAsync("desk of two floors");
        await desk.PictureAsync("desk-two-floors");
        await desk.At("#waiting-list .menu button:visible").ClickAsync();
        await desk.ShowsAsync("#ticket-number", later);
        await hall.ActAsync("2", "finish");
        await desk.IsAsync("data-mode", "idle");
        await desk.At("#primary").ClickAsync();
        await desk.IsAsync("data-mode", "called");
        await desk.ShowsAsync("#ticket-number", above);
        await desk.SaysAsync("#tags", "aus: Wartebereich 2 · Obergeschoss");
        await Assertions.Expect(desk.At("#waiting-list > *")).ToHaveCountAsync(0);
        desk.ComplainedOfNothing();
        await hall.ActAsync("2", "finish");
        await hall.ActAsync("2", "close");
    }

    /// <summary>By a button: the clerk of the tests sits downstairs.</summary>
    private async Task CallUpstairsAsync()
    {
        var (office, area) = Hub.Services.GetRequiredService<OfficeDirectory>().FindArea(Upstairs)!.Value;
        var answer = await Hub.Services.GetRequiredService<IQueues>().HandleAsync(
            office.QueueOf(area, Hub.Clock.GetUtcNow()), new(Guid.CreateVersion7()), new QueueCommand.CallNext(new("11")));
        Assert.Null(answer.Refusal);
    }
}

/// <summary>The demo office with two floors.</summary>
public sealed class TwoFloorsHall : Hall
{
    protected override async Task<string?> OfficeAsync() =>
        await File.ReadAllTextAsync(Repository.PathOf("hub", "demo", "two-floors", "alsdorf.rathaus.json"));
}
