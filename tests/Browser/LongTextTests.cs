using System.Text.Json.Nodes;
using Aufruf.Tests.Running;
using Microsoft.Playwright;

namespace Aufruf.Tests.Browser;

/// <summary>An office that uses many words: no screen loses one.</summary>
[Trait("Length", "long")]
public sealed class LongTextTests(Chromium chromium, WordyHall hall) : IClassFixture<WordyHall>
{
    // As a browser that was not started for a board: it plays nothing before somebody presses the button.
    private const string Mute = "HTMLMediaElement.prototype.play = () => Promise.reject(new DOMException('', 'NotAllowedError'));";

    [Fact]
    public async Task A_clerk_reads_the_whole_name_of_the_area()
    {
        await using var desk = await chromium.OpenAsync(1280, 800);
        await desk.EnterAsync(hall.Hub, Hall.DeskAddress("3"));
        await desk.IsAsync("data-mode", "idle");
        foreach (var (language, name) in new[] { ("de", "Bürgeramt und Ausländerbehörde, Erdgeschoss"),
            ("en", "Citizens’ office and immigration office, ground floor") })
        {
            await desk.At($"#language-{language}").ClickAsync();
            await desk.SaysAsync("#office", name);
            foreach (var (width, height) in new[] { (1280, 800), (1181, 768), (1024, 768) })
            {
                await desk.Page.SetViewportSizeAsync(width, height);
                await desk.PictureAsync($"desk-header-{language}-{width}");
                await desk.ReadsInFullAsync(".bar");
                Assert.Equal(0, await desk.Page.EvaluateAsync<int>("document.documentElement.scrollHeight - innerHeight"));
            }
        }
    }

    [Theory]
    [InlineData(1920, 1080)]
    [InlineData(1080, 1920)]
    public async Task A_note_is_whole_in_both_languages_beside_the_button_for_sound(int width, int height)
    {
        await hall.EmptyAsync();
        // A second board has the long note alone: each text comes within one turn of 9 s.
        foreach (var (address, notes) in new[] { (hall.BoardAddress, new[] { "Kartenzahlung möglich" }),
            (hall.LongNoteAddress, ["Passfotos können", "Passport photos can"]) })
        {
            await using var board = await chromium.OpenAsync(width, height);
            await board.Page.Clock.InstallAsync();
            await board.Page.AddInitScriptAsync(Mute);
            await board.GoAsync(hall.Hub.Address, address);
            await board.SeesAsync("#sound");
            await board.IsAsync("data-state", "idle");
            foreach (var note in notes)
            {
                await UntilReadInFullAsync(board, note);
                await board.PictureAsync($"board-note-{note[..8]}-{width}");
            }

            await board.HasNoBarrierAsync($"board with a button for sound, {width}");
        }
    }

    /// <summary>Passes time until the note is shown, and reads the foot while it is.</summary>
    private static async Task UntilReadInFullAsync(Window board, string note)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            if (await IsShownAsync())
            {
                await board.ReadsInFullAsync(".foot");
                if (await IsShownAsync())
                {
                    return;
                }
            }

            await board.PassAsync(1_000);
        }

        Assert.Fail($"Not shown: {note}");

        async Task<bool> IsShownAsync() => (await board.At("#note").InnerTextAsync()).Contains(note, StringComparison.Ordinal)
            && await board.Page.EvaluateAsync<string>("document.body.dataset.state") == "idle";
    }

    /// <summary>Each size and each language once; all pairs in a full proof.</summary>
    public static TheoryData<int, int, string> Kiosks => Proof.IsFull
        ? [(1280, 1024, "Deutsch"), (1280, 1024, "English"), (390, 844, "Deutsch"), (390, 844, "English")]
        : [(1280, 1024, "English"), (390, 844, "Deutsch")];

    [Theory, MemberData(nameof(Kiosks))]
    public async Task A_service_without_numbers_says_why_in_full_and_is_not_chosen(int width, int height, string language)
    {
        await using var kiosk = await chromium.OpenAsync(width, height, o => o.HasTouch = true);
        await kiosk.GoAsync(hall.Hub.Address, hall.KioskAddress);
        await kiosk.IsAsync("data-screen", "home");
        await kiosk.At("#languages button", language).TapAsync();
        var (name, reason, shut) = language == "Deutsch"
            ? ("Führerschein",
                "Für diese Dienstleistung sind heute alle Nummern vergeben. Bitte kommen Sie an einem anderen Tag möglichst früh.",
                "Zurzeit keine Nummern")
            : ("Driving licence", "All of today’s tickets for this service are taken. Please come early on another day.",
                "No numbers right now");
        await kiosk.SaysAsync("#tiles", reason);
        foreach (var aids in new[] { "", "contrast", "low" })
        {
            if (aids.Length > 0)
            {
                await kiosk.At($"#{aids}").TapAsync();
            }

            await kiosk.PictureAsync($"kiosk-shut-{language}-{width}-{aids}");
            await kiosk.ReadsInFullAsync("#tiles");
            if (width > 600)
            {
                Assert.True(await kiosk.Page.EvaluateAsync<bool>("document.querySelector('.screen').scrollHeight <= innerHeight"),
                    $"All tiles are on the screen, {aids}");
            }

            await kiosk.ContrastsAsync("#tiles [aria-disabled='true'] :is(.name, .note, .waiting)");
        }

        // A screen reader says the name of the tile, the reason, and that it cannot be chosen.
        var tile = kiosk.Page.GetByRole(AriaRole.Button, new() { Name = $"{name} {reason} {shut}", Exact = true, Disabled = true });
        await tile.TapAsync(new() { Force = true });
        await Assertions.Expect(kiosk.At("dialog[open]")).ToHaveCountAsync(0);
        await kiosk.HasNoBarrierAsync($"kiosk without numbers, {width}, {language}");
        kiosk.ComplainedOfNothing();
    }
}

/// <summary>Long names and notes, and services that give no more numbers today.</summary>
public sealed class WordyHall : Hall
{
    private static readonly string[] Capped = ["wohnsitz", "fuehrerschein"];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach (var service in Capped)
        {
            await Hub.TakeAsync(service);
        }
    }

    internal string LongNoteAddress => $"/board/?board={TestHub.Office}.lang#token={Hub.DisplayToken}";

    protected override async Task<string?> OfficeAsync()
    {
        var office = JsonNode.Parse(await File.ReadAllTextAsync(TestHub.DemoOffice))!;
        var area = office["areas"]![0]!;
        area["name"] = Both("Bürgeramt und Ausländerbehörde, Erdgeschoss", "Citizens’ office and immigration office, ground floor");
        area["boards"]![0]!["notes"] = new JsonArray(
            Both("Kartenzahlung möglich", "Card payment accepted"),
            // As long as a note may be: 200 characters.
            Both("Passfotos können Sie am Automaten neben dem Eingang selbst machen. "
                + "Sie kosten sechs Euro und gehen von dort verschlüsselt an das Amt; bringen Sie also keine "
                + "ausgedruckten Bilder mehr mit. Vielen Dank.",
                "Passport photos can be taken at the booth next to the entrance. "
                + "They cost six euros and are sent to the office from there in encrypted form; please do not "
                + "bring any printed pictures with you. Thanks!"));
        var second = area["boards"]![0]!.DeepClone();
        (second["id"], _) = ("lang", second["notes"]!.AsArray().Remove(second["notes"]![0]));
        area["boards"]!.AsArray().Add(second);
        foreach (var service in area["services"]!.AsArray())
        {
            if (Capped.Contains((string?)service!["id"]))
            {
                service["dailyCap"] = 1;
            }
            else if ((string?)service["id"] == "bescheinigung")
            {
                service["closed"] = new JsonArray(new JsonObject { ["from"] = "2026-01-01", ["to"] = "2099-12-31" });
            }
        }

        return office.ToJsonString();
    }

    private static JsonObject Both(string german, string english) => new() { ["de"] = german, ["en"] = english };
}
