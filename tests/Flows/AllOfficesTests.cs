using System.Net;
using Aufruf.Domain.Identity;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Flows;

/// <summary>The figures of all offices of a town in one table.</summary>
[Trait("Needs", "process")]
public sealed class AllOfficesTests
{
    private const string Other = "alsdorf.bauamt";

    private const string Page = "/staff/alsdorf/figures?lang=de&range=today";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_in_charge_of_the_town_compares_all_offices_and_somebody_in_charge_of_one_does_not()
    {
        await using var hub = (InnerHub)await TestHub.StartAsync();
        var office = (await File.ReadAllTextAsync(hub.OfficeFile, Now)).Replace("\"rathaus\"", "\"bauamt\"", StringComparison.Ordinal)
            .Replace("Bürgeramt Alsdorf", "Bauamt", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(hub.Offices, "bauamt.json"), office, Now);
        await hub.UntilAsync(() => Task.FromResult(hub.Words.Contains($"{Other}~first-kiosk~", StringComparison.Ordinal)),
            "The second office is there");
        var chief = await hub.HireAsync("alsdorf", "chief", (Role.InCharge.Id, "alsdorf"));
        var local = await hub.HireAsync("alsdorf", "local", (Role.InCharge.Id, Other));
        var clerk = await hub.HireAsync("alsdorf", "clerk", (Role.Clerk.Id, TestHub.Office));
        await hub.TakeAsync();
        await hub.TakeAsync();

        using var seesAll = await StaffBrowser.SignInAsync(hub, chief);
        await hub.UntilAsync(async () => RowsOf(await seesAll.ReadAsync(Page))
            is [("Bauamt", "0"), ("Bürgeramt Alsdorf", "2"), ("Alle", "2")], "Both offices stand in the table");
        var file = await seesAll.ReadAsync($"{Page}&csv=offices");
        Assert.Contains("\"Bürgeramt Alsdorf\";2;0;0;;", file, StringComparison.Ordinal);
        Assert.True(await LinksToItAsync(seesAll, TestHub.Office));
        Assert.Contains("100 Tage", await seesAll.ReadAsync("/staff/alsdorf/figures?lang=de&range=custom&from=2026-01-01&to=2026-11-23",
            HttpStatusCode.BadRequest), StringComparison.Ordinal);

        using var seesOne = await StaffBrowser.SignInAsync(hub, local);
        await seesOne.ReadAsync(Page, HttpStatusCode.NotFound);
        Assert.False(await LinksToItAsync(seesOne, Other));
        using var seesNone = await StaffBrowser.SignInAsync(hub, clerk);
        Assert.NotEqual(HttpStatusCode.OK, (await seesNone.GetAsync(Page)).StatusCode);
    }

    private static async Task<bool> LinksToItAsync(StaffBrowser person, string office) =>
        (await person.ReadAsync($"/staff/{office}/reports?lang=de")).Contains("/staff/alsdorf/figures", StringComparison.Ordinal);

    private static (string Name, string Tickets)[] RowsOf(string page) => [.. page.Split("<th scope=\"row\">").Skip(1)
        .Select(row => (WebUtility.HtmlDecode(row.Split('<')[0]), row.Split("<td class=\"n\">")[1].Split('<')[0]))];
}
