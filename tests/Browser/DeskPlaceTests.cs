using System.Text.Json.Nodes;
using Aufruf.Domain.Identity;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Browser;

/// <summary>The desk of a person whose rights, or whose counter, do not fit its address.</summary>
public sealed class DeskPlaceTests(Chromium chromium, TwoOffices offices) : IClassFixture<TwoOffices>
{
    [Fact]
    public async Task A_bookmark_of_another_office_shows_the_counters_of_the_own_office()
    {
        await using var desk = await chromium.OpenAsync(1280, 800);
        await desk.EnterAsync(offices.Hub, Hall.DeskAddress("3"), person: new("fremd", "b-clerk"));
        await desk.IsAsync("data-view", "choose");
        await desk.SaysAsync("#choose-gone", "Diesen Schalter gibt es nicht mehr, oder Sie haben dort keine Rechte.");
        await desk.SeesAsync("#choose a >> nth=0");
        await desk.HasNoBarrierAsync("desk, another office's counter");
        await desk.PictureAsync("desk-no-such-counter");
        await desk.At("#choose a").First.ClickAsync();
        await desk.IsAsync("data-mode", "idle");
        desk.ComplainedOfNothing(exceptTheNetwork: true); // The refusal is an answer 403.
    }

    [Theory]
    [InlineData("/desk/")]
    [InlineData($"/desk/?area={TestHub.Area}&counter=3")]
    public async Task Somebody_without_a_role_for_desks_reads_that_there_is_no_counter(string address)
    {
        await using var desk = await chromium.OpenAsync(1280, 800);
        await desk.EnterAsync(offices.Hub, address, person: new("alsdorf", "a-admin"));
        await desk.IsAsync("data-view", "choose");
        await desk.SaysAsync("#choose-none", "Sie haben an keinem Schalter Rechte.");
        await desk.HasNoBarrierAsync("desk, without a role");
        desk.ComplainedOfNothing(exceptTheNetwork: true);
    }

    [Fact]
    public async Task A_desk_whose_counter_is_removed_leads_back_to_the_choice_of_counters()
    {
        var stop = TestContext.Current.CancellationToken;
        var leaver = await offices.Hub.HireAsync("alsdorf", "moves-on", (Role.Clerk.Id, TestHub.Office));
        await using var desk = await chromium.OpenAsync(1280, 800);
        await desk.EnterAsync(offices.Hub, Hall.DeskAddress("4"), person: leaver);
        await desk.IsAsync("data-mode", "idle");
        using (var browser = await leaver.BrowserAsync(offices.Hub))
        using (var closed = await browser.PostAsync($"/api/v1/areas/{TestHub.Area}/counters/4/close",
            System.Net.Http.Json.JsonContent.Create(new { requestId = Guid.CreateVersion7() }), stop))
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
