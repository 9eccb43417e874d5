using Microsoft.Playwright;

namespace Aufruf.Tests.Browser;

/// <summary>The board as people in the hall see it.</summary>
public sealed class BoardTests(Chromium chromium, WideHall hall) : IClassFixture<WideHall>
{
    [Fact]
    public async Task An_empty_hall_is_welcomed()
    {
        await using var board = await OpenAsync();
        await board.IsAsync("data-state", "idle");
        await board.ShowsAsync("#welcome-label", "Willkommen Welcome");
        await board.SaysAsync("#office", "Bürgeramt Alsdorf");
        Assert.Equal(0, await board.ChimesAsync());
        board.ComplainedOfNothing();
    }

    [Fact]
    public async Task A_recall_pulses_and_sounds_again()
    {
        await using var board = await OpenAsync();
        await board.IsAsync("data-state", "idle");
        var number = await hall.CallAsync("3");
        await board.ShowsAsync("#hero-number", number);
        await board.UntilCountAsync("chimes", 1);
        await board.UntilCountAsync("pulses", 1);
        await hall.ActAsync("3", "recall");
        await board.UntilCountAsync("chimes", 2);
        await board.UntilCountAsync("pulses", 2);
        await board.ShowsAsync("#hero-number", number);
        await board.SaysAsync("#announce", "2");
        board.ComplainedOfNothing();
    }

    [Fact]
    public async Task A_citizen_who_has_come_leaves_the_hero_and_stands_in_the_list()
    {
        await using var board = await OpenAsync();
        var number = await hall.CallAsync("2");
        await board.IsAsync("data-state", "calling");
        await hall.ActAsync("2", "arrived");
        await board.IsAsync("data-state", "quiet");
        await board.ShowsAsync("#rows > li:first-child .number", number);
        await board.ShowsAsync("#rows > li:first-child .counter", "2");
        board.ComplainedOfNothing();
    }

    [Fact]
    public async Task More_calls_than_rows_take_turns_and_none_is_missing()
    {
        await hall.EmptyAsync();
        var numbers = new List<string>();
        for (var counter = 1; counter <= 9; counter++)
        {
            numbers.Add(await hall.CallAsync($"{counter}", counter == 4 ? "auskunft" : "ausweis"));
        }

        await using var board = await chromium.OpenAsync();
        await board.Page.Clock.InstallAsync();
        await board.GoAsync(hall.Hub.Address, hall.BoardAddress);
        await board.ShowsAsync("#hero-number", numbers[^1]);
        await board.SaysAsync("#page", "/2");
        var missing = numbers.SkipLast(1).ToHashSet();
        for (var turn = 0; turn < 20 && missing.Count > 0; turn++)
        {
            missing.ExceptWith(await board.At("#rows > li:not(.empty) .number").AllInnerTextsAsync());
            await board.PassAsync(3_000); // A page of rows is shown for 7 s.
        }

        Assert.Empty(missing);

        Assert.Equal(0, await board.ChimesAsync()); // They were called before this page could know them.
        board.ComplainedOfNothing();
    }

    [Fact]
    public async Task A_tall_screen_shows_the_same_with_five_rows()
    {
        await hall.EmptyAsync();
        for (var counter = 1; counter <= 6; counter++)
        {
            await hall.CallAsync($"{counter}", counter == 4 ? "auskunft" : "wohnsitz");
        }

        await using var board = await chromium.OpenAsync(1080, 1920);
        await board.GoAsync(hall.Hub.Address, hall.BoardAddress);
        await board.IsAsync("data-state", "calling");
        await board.SeesAsync("#hero-number");
        await Assertions.Expect(board.At("#rows > li:not(.empty)")).ToHaveCountAsync(5);
        var (hero, list) = (await board.At("#hero").BoundingBoxAsync(), await board.At("#rows").BoundingBoxAsync());
        Assert.True(hero!.Y + hero.Height <= list!.Y && list.Y + list.Height <= 1920,
            "The hero stands above the list, and the list ends on the screen.");
        await board.PictureAsync("board-portrait");
        board.ComplainedOfNothing();
    }

    [Fact]
    public async Task The_foot_of_the_board_keeps_its_parts_apart()
    {
        await using var board = await OpenAsync();
        await board.SeesAsync("#waiting .name:text('Wohnsitz anmelden')");
        foreach (var (width, height) in new[] { (1920, 1080), (1080, 1920), (1366, 768), (3840, 2160) })
        {
            await board.Page.SetViewportSizeAsync(width, height);
            Assert.Empty(await board.Page.EvaluateAsync<string[]>("""
                () => {
                  const box = what => document.querySelector(what).getBoundingClientRect();
                  const within = (what, frame) => [...document.querySelectorAll(what)].filter(e => !e.hidden).every(e => {
                    const [a, b] = [e.getBoundingClientRect(), box(frame)];
                    return a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
                  });
                  return Object.entries({
                    "who waits is inside its field": within('#waiting li', '#waiting') && within('#waiting b', '#waiting'),
                    "the note is inside its field": within('#note-words', '#note'),
                    "the note ends before the clock": box('#note').right <= box('.side').left,
                    "the foot is on the screen": within('.foot > :not([hidden])', '.frame'),
                  }).filter(([, holds]) => !holds).map(([rule]) => `${innerWidth}: ${rule}`);
                }
                """));
        }
    }

    [Fact]
    public async Task A_board_with_a_wrong_token_says_in_words_that_it_is_not_signed_in()
    {
        await using var board = await chromium.OpenAsync();
        await board.GoAsync(hall.Hub.Address, hall.BoardAddress + "wrong");
        await board.IsAsync("data-state", "unauthorised");
        await board.SaysAsync("#refused-label", "Diese Anzeige ist nicht angemeldet");
        await board.PictureAsync("board-refused");
        board.ComplainedOfNothing(exceptTheNetwork: true);
    }

    private async Task<Window> OpenAsync()
    {
        await hall.EmptyAsync();
        var board = await chromium.OpenAsync();
        return await board.GoAsync(hall.Hub.Address, hall.BoardAddress);
    }
}
