using System.Diagnostics;
using Aufruf.Tests.Edge;

namespace Aufruf.Tests.Browser;

/// <summary>A board without its hub: it says so, and comes back without help.</summary>
public sealed class BoardCutOffTests(Chromium chromium, Hall hall) : IClassFixture<Hall>
{
    private static readonly TimeSpan CutFor = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_board_cut_off_for_half_a_minute_says_that_it_is_not_current_and_heals_within_two_seconds()
    {
        await hall.EmptyAsync();
        var before = await hall.CallAsync("3");
        await using var wire = new CutWire(hall.Hub.Http);
        await using var board = await chromium.OpenAsync();
        await board.GoAsync(wire.Address, hall.BoardAddress);
        await board.ShowsAsync("#hero-number", before);

        await wire.CutAsync();
        var cut = Stopwatch.StartNew();
        await board.IsAsync("data-state", "stale", 20);
        Assert.InRange(cut.Elapsed.TotalSeconds, 9, 17); // 15 s after the last sign of life, and those come every 5 s.
        await board.SaysAsync("#stale-text", "Anzeige nicht aktuell");
        await board.ShowsAsync("#hero-number", before);
        await Microsoft.Playwright.Assertions.Expect(board.At("#waiting")).ToBeHiddenAsync();
        await board.PictureAsync("board-stale");
        await board.HasNoBarrierAsync("board, stale");

        // The length of the fault itself, in which the hall goes on without the board.
        await hall.ActAsync("3", "arrived");
        await Task.Delay(TimeSpan.FromTicks(Math.Max(0, (CutFor - cut.Elapsed).Ticks)), TestContext.Current.CancellationToken);
        var meanwhile = await hall.CallAsync("1");
        Assert.Equal(0, await board.ChimesAsync());

        wire.Mend();
        await board.IsAsync("data-state", "calling", 2);
        await board.ShowsAsync("#hero-number", meanwhile);
        await board.ShowsAsync("#rows > li:first-child .number", before);
        await board.UntilCountAsync("chimes", 1); // It is younger than 20 s: somebody still looks up for it.
        board.ComplainedOfNothing(exceptTheNetwork: true);
    }

    [Fact]
    public async Task A_board_whose_hub_was_killed_and_came_back_shows_the_same_calls_and_does_not_sound()
    {
        await hall.EmptyAsync();
        var first = await hall.CallAsync("3");
        await hall.ActAsync("3", "arrived");
        await using var board = await chromium.OpenAsync();
        await board.GoAsync(hall.Hub.Address, hall.BoardAddress);
        await board.IsAsync("data-state", "quiet");
        var second = await hall.CallAsync("1");
        await board.ShowsAsync("#hero-number", second);
        await board.UntilCountAsync("chimes", 1);

        var told = board.Snapshots;
        await hall.Hub.KillAsync();
        await hall.Hub.StartAgainAsync();
        await Patience.Until("the board has heard the whole from the new hub", () => board.Snapshots > told);

        await board.ShowsAsync("#hero-number", second);
        await board.ShowsAsync("#rows > li:first-child .number", first);
        Assert.Equal(1, await board.ChimesAsync());
        Assert.DoesNotContain("unauthorised", await board.StatesAsync());

        await hall.ActAsync("1", "recall");
        await board.UntilCountAsync("chimes", 2);
        board.ComplainedOfNothing(exceptTheNetwork: true);
    }
}
