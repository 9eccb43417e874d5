using Aufruf.Contracts;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Aufruf.Tests.Browser;

/// <summary>The fleet, the credentials of screens, and the audit log in the staff portal.</summary>
public sealed class FleetPageTests(Chromium chromium, Hall hall) : IClassFixture<Hall>
{
    private const string Fleet = $"/staff/{TestHub.Office}/fleet";
    private const string Credentials = $"/staff/{TestHub.Office}/credentials";
    private const string Audit = "/staff/alsdorf/audit";
    private const string Auditor = "pruefer";

    [Fact]
    public async Task A_board_is_paired_by_its_code_and_shows_calls()
    {
        await using var administrator = await SignedInAsync(Credentials, script: false);
        await administrator.At("#screens tr", "board.halle").GetByRole(AriaRole.Button, new() { Name = "Neuer Code" }).First.ClickAsync();
        var code = (await administrator.At("#new-code").InnerTextAsync()).Trim();
        await administrator.SaysAsync("#new", "/pair");

        await using var board = await chromium.OpenAsync();
        await board.GoAsync(hall.Hub.Address, "/pair");
        await board.At("#code").FillAsync("AAAA2222");
        await board.At("#pair-form button").ClickAsync();
        await board.SaysAsync("#code-error", "Dieser Code gilt nicht");
        await board.HasNoBarrierAsync("pair, wrong");
        await board.At("#code").FillAsync(code);
        await board.At("#pair-form button").ClickAsync();
        var number = await hall.CallAsync("3");
        await board.SaysAsync("body", number);
        Assert.DoesNotContain("token", board.Page.Url, StringComparison.Ordinal);

        await administrator.GoAsync(hall.Hub.Address, Fleet);
        await administrator.SaysAsync("#members", "Anzeige halle");
        await Assertions.Expect(administrator.At("#members tr", "Anzeige halle").Locator("td").First).ToHaveTextAsync("bereit");
        await hall.EmptyAsync();
    }

    [Theory, MemberData(nameof(Proof.StaffLanguages), MemberType = typeof(Proof))]
    public async Task The_pages_have_no_barrier_and_fit_a_phone(string language)
    {
        if (((InnerHub)hall.Hub).Services.GetRequiredService<IStaffAccounts>().Find("alsdorf", Auditor) is null)
        {
            await hall.Hub.HireAsync("alsdorf", Auditor, ("auditor", "alsdorf"));
        }

        foreach (var (page, shows) in ((string, string)[])[(Fleet, "#members"), (Credentials, "#screens"), (Audit, "#rows"),
            ($"{Audit}?from=2026-02-02&to=2026-01-01", ".error-summary"), ($"{Audit}?who=none-such", "#none")])
        {
            await using var window = await SignedInAsync(page, script: true, language);
            await window.SeesAsync(shows);
            await window.HasNoBarrierAsync(page, inForcedColours: true);
            await window.PictureAsync($"{page.Split('?')[0].Split('/')[^1]}-{language}");
            await window.FitsANarrowScreenAsync();
        }

        await using var pair = await chromium.OpenAsync(but: o => o.Locale = language);
        await pair.GoAsync(hall.Hub.Address, "/pair");
        await pair.SeesAsync("#code");
        await pair.HasNoBarrierAsync("pair", withContrast: language == "de");
        await pair.FitsANarrowScreenAsync();
        pair.ComplainedOfNothing();
    }

    private async Task<Window> SignedInAsync(string path, bool script, string language = "de")
    {
        var window = await chromium.OpenAsync(1280, 900, o => (o.JavaScriptEnabled, o.Locale) = (script, language));
        await window.EnterAsync(hall.Hub, path,
            person: path.StartsWith(Audit, StringComparison.Ordinal) ? new("alsdorf", Auditor) : null);
        await window.SeesAsync("nav.reports");
        return window;
    }
}
