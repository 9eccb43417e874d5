using Microsoft.Playwright;

namespace Aufruf.Tests.Browser;

/// <summary>A clerk sees that a change of the office was refused, and that the last good version is in force.</summary>
public sealed class RefusedFileTests(Chromium chromium, Hall hall) : IClassFixture<Hall>
{
    [Fact]
    public async Task The_desk_says_since_when_what_was_refused_and_what_is_in_force()
    {
        var good = await File.ReadAllTextAsync(hall.Hub.OfficeFile, TestContext.Current.CancellationToken);
        await using var desk = await chromium.OpenAsync(1280, 800);
        await desk.EnterAsync(hall.Hub, Hall.DeskAddress("3"));
        await desk.IsAsync("data-mode", "idle");
        var line = desk.At("#troubles li", "abgelehnt");
        await Assertions.Expect(line).ToHaveCountAsync(0);
        foreach (var (broken, what) in ((string, string)[])
            [("{", "alsdorf.rathaus.json, line 1: not valid JSON"),
                (good.Replace("Europe/Berlin", "W. Europe Standard Time", StringComparison.Ordinal),
                    "alsdorf.rathaus.json, line 7, timeZone: ")])
        {
            await File.WriteAllTextAsync(hall.Hub.OfficeFile, broken, TestContext.Current.CancellationToken);
            await Assertions.Expect(line).ToContainTextAsync(what);
        }

        await Assertions.Expect(line.Locator("time")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[0-2][0-9]:[0-5][0-9]$"));
        await Assertions.Expect(line).ToContainTextAsync("Die letzte gute Fassung gilt weiter.");
        await Assertions.Expect(line.Locator("button")).ToBeHiddenAsync(); // It stands until the file is mended.
        Assert.DoesNotContain(hall.Hub.Offices, await line.InnerTextAsync(), StringComparison.Ordinal);
        await desk.PictureAsync("desk-refused-file");
        await desk.HasNoBarrierAsync("desk, refused file");
        await desk.At("#language-en").ClickAsync();
        await desk.SaysAsync("#troubles", "The last good version stays in force.");
        await desk.PictureAsync("desk-refused-file-english");

        await File.WriteAllTextAsync(hall.Hub.OfficeFile, good, TestContext.Current.CancellationToken);
        await Assertions.Expect(desk.At("#troubles")).Not.ToContainTextAsync("refused");
        desk.ComplainedOfNothing();
    }
}
