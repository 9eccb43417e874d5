using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Aufruf.Domain.Identity;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Browser;

/// <summary>The desk with a key or a counter that does not fit.</summary>
public sealed class DeskKeyTests(Chromium chromium, TwoOffices offices) : IClassFixture<TwoOffices>
{
    private Visitor VisitorOf(CredentialKind kind, string office) =>
        offices.Visitors.Single(visitor => visitor.Name == $"{kind} of {office}");

    [Fact]
    public async Task A_bookmark_of_another_office_keeps_the_key_and_shows_the_counters_of_its_own_office()
    {
        await using var desk = await chromium.OpenAsync(1280, 800);
        var key = VisitorOf(CredentialKind.Clerk, Flows.GuardedHub.OtherOffice).Token;
        await desk.GoAsync(offices.Hub.Address, $"/desk/?area={TestHub.Area}&counter=3#token={key}");
        await desk.IsAsync("data-view", "choose");
        await desk.SaysAsync("#choose-gone", "Diesen Schalter gibt es nicht mehr, oder Ihr Schlüssel gilt dort nicht.");
        await desk.SeesAsync("#choose a >> nth=0");
        await desk.HasNoBarrierAsync("desk, another office's counter");
        await desk.PictureAsync("desk-no-such-counter");
        await desk.At("#choose a").First.ClickAsync();
        await desk.IsAsync("data-mode", "idle");
        desk.ComplainedOfNothing(exceptTheNetwork: true); // The refusal is an answer 403.
    }

    [Theory]
    [InlineData("/desk/", CredentialKind.Display)]
    [InlineData($"/desk/?area={TestHub.Area}&counter=3", CredentialKind.Kiosk)]
    public async Task The_key_of_a_screen_is_named_as_a_wrong_one(string address, CredentialKind kind)
    {
        await using var desk = await chromium.OpenAsync(1280, 800);
        await desk.GoAsync(offices.Hub.Address, $"{address}#token={VisitorOf(kind, TestHub.Office).Token}");
        await desk.IsAsync("data-view", "signin");
        await desk.SaysAsync("#key-error", "Dieser Schlüssel gehört zu einer Anzeige oder einem Terminal.");
        await desk.HasNoBarrierAsync("desk, a screen's key");
        desk.ComplainedOfNothing(exceptTheNetwork: true);
    }

    [Fact]
    public async Task A_desk_whose_counter_is_removed_leads_back_to_the_choice_of_counters()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var desk = await chromium.OpenAsync(1280, 800);
        var clerk = VisitorOf(CredentialKind.Clerk, TestHub.Office);
        await desk.GoAsync(offices.Hub.Address, $"/desk/?area={TestHub.Area}&counter=4#token={clerk.Token}");
        await desk.IsAsync("data-mode", "idle");
        using (var closed = await clerk.Client.PostAsJsonAsync($"/api/v1/areas/{TestHub.Area}/counters/4/close",
            new { requestId = Guid.CreateVersion7() }, stop))
        {
            closed.EnsureSuccessStatusCode(); // A counter with a clerk is not removed.
        }

        var good = await File.ReadAllTextAsync(offices.Hub.OfficeFile, stop);
        var office = JsonNode.Parse(good)!;
        office["areas"]![0]!["boards"]!.AsArray().Clear(); // Their arrows name each counter.
        office["areas"]![0]!["counters"]!.AsArray().RemoveAt(3);
        await File.WriteAllTextAsync(offices.Hub.OfficeFile, office.ToJsonString(), stop);
        await desk.IsAsync("data-view", "choose");
        await desk.SaysAsync("#choose-gone", "Diesen Schalter gibt es nicht mehr");
        await Microsoft.Playwright.Assertions.Expect(desk.At("#choose a", "Schalter 4")).ToHaveCountAsync(0);
        await File.WriteAllTextAsync(offices.Hub.OfficeFile, good, stop);
    }
}
