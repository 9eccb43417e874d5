using System.Text.Json;
using Aufruf.Portal.Web;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Browser.Portal;

/// <summary>The puzzle of the booking page, and the same protocol as another program reads it.</summary>
public sealed class PuzzleTests(Chromium chromium, TownHall hall) : IClassFixture<TownHall>
{
    private const string Key = "a key of this test";

    /// <summary>Solves our puzzle, checks our signature, and makes a puzzle of its own with its solution.</summary>
    private const string Other = """
        async ([helpers, library, puzzle, key]) => {
          const load = (text, require) => {
            const module = { exports: {} };
            new Function('module', 'exports', 'require', text)(module, module.exports, require);
            return module.exports;
          };
          const altcha = load(library, () => load(helpers));
          const ours = JSON.parse(puzzle);
          const { number } = await altcha.solveChallenge(ours.challenge, ours.salt, ours.algorithm, ours.maxnumber).promise;
          const payload = btoa(JSON.stringify({ algorithm: ours.algorithm, challenge: ours.challenge, number, salt: ours.salt,
            signature: ours.signature }));
          const theirs = await altcha.createChallenge({ hmacKey: key, number: 4711, maxnumber: 10000,
            expires: new Date(Date.now() + 60000) });
          return [payload, String(await altcha.verifySolution(payload, key)), String(await altcha.verifySolution(payload, 'another key')),
            btoa(JSON.stringify({ ...theirs, number: 4711 })), btoa(JSON.stringify({ ...theirs, number: 4712 }))];
        }
        """;

    [Fact]
    public async Task Altcha_lib_solves_our_puzzles_and_we_take_its()
    {
        await using var window = await chromium.OpenAsync();
        // An empty page of this machine: browsers hash there, and no policy of ours forbids the library.
        const string empty = "http://localhost/empty";
        await window.Page.RouteAsync(empty, route => route.FulfillAsync(new() { Body = "", ContentType = "text/html" }));
        await window.Page.GotoAsync(empty);
        var puzzles = new Puzzles(TimeProvider.System, Key);
        var puzzle = JsonSerializer.Serialize(puzzles.New(), JsonSerializerOptions.Web);
        var read = await window.Page.EvaluateAsync<string[]>(Other,
            new[] { await LibraryAsync("helpers.js"), await LibraryAsync("index.js"), puzzle, Key });
        Assert.Equal(["true", "false"], read[1..3]);
        Assert.Equal([true, true, false], new[] { read[0], read[3], read[4] }.Select(puzzles.Take));
    }

    [Fact]
    public async Task The_booking_page_solves_its_puzzle_in_the_background_and_says_so()
    {
        await using var phone = await chromium.OpenAsync(390, 844);
        await phone.GoAsync(hall.Hub.Address, "/book?service=ausweis&office=rathaus");
        await phone.ShowsAsync("#puzzle[data-state=done] #puzzle-words", "Die Rechenaufgabe ist gelöst.");
        Assert.Equal("polite", await phone.At("#puzzle-words").GetAttributeAsync("aria-live"));
        await phone.At(".slots input").Nth(3).CheckAsync(new() { Force = true });
        await phone.At("form[method=post] button").First.ClickAsync();
        await phone.SeesAsync("#hold");
        phone.ComplainedOfNothing(exceptTheNetwork: true);
    }

    private static Task<string> LibraryAsync(string file) =>
        File.ReadAllTextAsync(Repository.PathOf("tests", "lib", "altcha", file), TestContext.Current.CancellationToken);
}
