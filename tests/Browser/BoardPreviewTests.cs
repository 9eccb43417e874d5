using Aufruf.Contracts;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Browser;

/// <summary>The real board page shows the draft's notes with invented calls, and says that it is a preview.</summary>
public sealed class BoardPreviewTests(Chromium chromium)
{
    private const string Preview = $"/board/?board={TestHub.Board}&preview";

    [Fact]
    public async Task The_board_of_the_draft_is_seen_before_it_is_published_and_by_its_administrator_alone()
    {
        await using var hub = await TestHub.StartAsync();
        var person = await hub.HireAsync("alsdorf", "anna", ("administrator", TestHub.Office));
        await using var anna = await chromium.OpenAsync(1280, 720);
        await anna.EnterAsync(hub, $"/staff/{TestHub.Office}/office", person: person);
        await anna.SeesAsync("#boards a[target='_blank']");

        var administration = hub.Services.GetRequiredService<IOfficeAdministration>();
        var root = ConfigTree(administration);
        root["areas"]![0]!["boards"]![0]!["notes"]!.AsArray().Clear();
        root["areas"]![0]!["boards"]![0]!["notes"]!.AsArray().Add(new System.Text.Json.Nodes.JsonObject { ["de"] = "Mittwoch Stadtfest" });
        await administration.SaveAsync(TestHub.Office, root.ToJsonString(), 1, 0, "anna");
        await anna.GoAsync(hub.Address, Preview);
        await anna.SaysAsync("#preview", "Vorschau");
        await anna.SaysAsync("#note-words", "Mittwoch Stadtfest");
        await anna.SaysAsync("#hero-number", "45");
        await anna.PictureAsync("board-preview");
        await anna.HasNoBarrierAsync("board preview");
        root["areas"]![0]!["boards"]![0]!["notes"]![0]!["de"] = "Freitag geschlossen";
        await administration.SaveAsync(TestHub.Office, root.ToJsonString(), 1, 1, "anna");
        await anna.At("#preview-again").ClickAsync();
        await anna.SaysAsync("#note-words", "Freitag geschlossen");

        await using var board = await chromium.OpenAsync(1280, 720);
        await board.GoAsync(hub.Address, $"/board/?board={TestHub.Board}#token={hub.DisplayToken}");
        await board.SeesAsync("#note-words");
        await Microsoft.Playwright.Assertions.Expect(board.At("#note-words")).Not.ToContainTextAsync("Stadtfest");
        await Microsoft.Playwright.Assertions.Expect(board.At("#preview")).ToBeHiddenAsync();
        await board.GoAsync(hub.Address, Preview); // A board's token is not asked for, and opens no draft.
        await board.IsAsync("data-state", "unauthorised");
    }

    private static System.Text.Json.Nodes.JsonNode ConfigTree(IOfficeAdministration administration) =>
        System.Text.Json.Nodes.JsonNode.Parse(administration.Find(TestHub.Office)?.Text ?? "{}")!;
}
