using Aufruf.Tests.Edge;

namespace Aufruf.Tests.Browser;

/// <summary>A board without its hub: it says so, and comes back without help.</summary>
public sealed class BoardCutOffTests(Chromium chromium, Hall hall) : IClassFixture<Hall>
{
    [Fact]
    public async Task A_board_cut_off_for_half_a_minute_says_that_it_is_not_current_and_heals_within_two_seconds()
    {
        await hall.EmptyAsync();
        await using var wire = new CutWire(hall.Hub.Http);
        await using var board = await chromium.OpenAsync();
        await board.Page.Clock.InstallAsync();
        await board.GoAsync(wire.Address, hall.BoardAddress);
        await board.IsAsync("data-state", "idle");
        // From here on the board's clock moves only where the test moves it. The call is the last sign of life.
        await board.Page.Clock.PauseAtAsync(await board.Page.EvaluateAsync<DateTime>("new Date(Date.now() + 1000)"));
        var before = await hall.CallAsync("3");
        await board.ShowsAsync("#hero-number", before);

        await wire.CutAsync();
        await board.Page.Clock.RunForAsync(14_500);
        await board.IsAsync("data-state", "calling");
        await board.Page.Clock.RunForAsync(1_000); // 15 s after the last sign of life; those come every 5 s.
        await board.IsAsync("data-state", "stale");
        await board.SaysAsync("#stale-text", "Anzeige nicht aktuell");
        await board.ShowsAsync("#hero-number", before);
        await Microsoft.Playwright.Assertions.Expect(board.At("#waiting")).ToBeHiddenAsync();
        await board.PictureAsync("board-stale");
        await board.Page.Clock.ResumeAsync(); // axe waits by the page's clock.
        await board.HasNoBarrierAsync("board, stale");

        // The hall goes on without the board.
        await hall.ActAsync("3", "arrived");
        await board.Page.Clock.RunForAsync(14_500);
        var meanwhile = await hall.CallAsync("1");
        Assert.Equal(1, await board.ChimesAsync());

        wire.Mend();
        await board.Page.Clock.RunForAsync(2_000);
        await board.IsAsync("data-state", "calling");
        await board.ShowsAsync("#hero-number", meanwhile);
        await board.ShowsAsync("#rows > li:first-child .number", before);
        await board.UntilCountAsync("chimes", 2); // It is younger than 20 s: somebody still looks up for it.
        board.ComplainedOfNothing(exceptTheNetwork: true);
    }

    [Fact]
    public async Task A_board_whose_hub_went_away_and_came_back_shows_the_same_calls_and_does_not_sound()
    {
        await hall.EmptyAsync();
        await using var wire = new CutWire(hall.Hub.Http);
        var first = await hall.CallAsync("3");
        await hall.ActAsync("3", "arrived");
        await using var board = await chromium.OpenAsync();
        await board.GoAsync(wire.Address, hall.BoardAddress);
        await board.IsAsync("data-state", "quiet");
        var second = await hall.CallAsync("1");
        await board.ShowsAsync("#hero-number", second);
        await board.UntilCountAsync("chimes", 1);

        var told = board.Snapshots;
        await wire.CutAsync();
        await hall.Hub.StopAsync();
        await hall.Hub.StartAgainAsync();
        wire.Mend();
        await Patience.Until("the board has heard the whole from the new hub", () => board.Snapshots > told, 60);

        await board.ShowsAsync("#hero-number", second);
        await board.ShowsAsync("#rows > li:first-child .number", first);
        Assert.Equal(1, await board.ChimesAsync());
        Assert.DoesNotContain("unauthorised", await board.StatesAsync());

        await hall.ActAsync("1", "recall");
        await board.UntilCountAsync("chimes", 2);
        board.ComplainedOfNothing(exceptTheNetwork: true);
    }
}
