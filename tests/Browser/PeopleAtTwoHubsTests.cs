using System.Net;
using System.Text.RegularExpressions;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Browser;

/// <summary>A balancer sends each request to another hub: passkeys and roles are the same at both.</summary>
public sealed class PeopleAtTwoHubsTests(Chromium chromium, TwoHubs hubs) : IClassFixture<TwoHubs>
{
    [Fact]
    public async Task A_challenge_of_one_hub_is_answered_at_the_other_and_a_removed_passkey_is_refused_at_both()
    {
        await hubs.First.HireAsync("alsdorf", "two-keys", ("clerk", TestHub.Office));
        await using var window = await chromium.OpenAsync(1280, 900, o => o.Locale = "de");
        await VirtualPasskeys.PlugIntoAsync(window);
        await window.Page.RouteAsync(new Regex("/session/passkeys?$"), async route =>
        {
            // Behind a balancer both hubs have one name.
            var headers = await route.Request.AllHeadersAsync();
            headers["origin"] = hubs.Second.Address.GetLeftPart(UriPartial.Authority);
            await route.FulfillAsync(new()
            {
                Response = await route.FetchAsync(new()
                {
                    Url = new Uri(hubs.Second.Address, new Uri(route.Request.Url).AbsolutePath).AbsoluteUri,
                    Headers = headers,
                }),
            });
        });
        await window.GoAsync(hubs.First.Address, "/staff/sign-in");
        await window.At("#name").FillAsync("two-keys@alsdorf");
        await window.At("#password").FillAsync(StaffPerson.Password);
        await window.At("main form button").First.ClickAsync();
        await window.GoAsync(hubs.First.Address, "/staff/account");
        await window.At("#passkeyname").FillAsync("Laptop");
        await window.At("#confirm").FillAsync(StaffPerson.Password);
        await window.At("#passkey-form button").ClickAsync();
        await window.SaysAsync("[role=status]", "Der Passkey ist hinzugefügt.");
        await window.At("header form button").ClickAsync();
        await window.SaysAsync(".narrow h1", "Anmelden");
        await window.At("#passkey-enter").ClickAsync();
        await window.SaysAsync("h1", "Übersicht");

        var people = hubs.Second.Services.GetRequiredService<IStaffPeople>();
        var key = Assert.Single(people.Of("alsdorf").Find("two-keys")!.Passkeys.Values);
        Assert.Null(await people.HandleAsync("alsdorf", new PeopleCommand.RemovePasskey("two-keys", key.Id, Kept: null, "a-admin")));
        await window.GoAsync(hubs.First.Address, "/staff/sign-in");
        await window.At("#passkey-enter").ClickAsync();
        await window.SeesAsync(".passkey [role=alert]");
    }

    [Fact]
    public async Task A_role_that_is_changed_at_one_hub_changes_running_sessions_at_the_other()
    {
        var people = hubs.First.Services.GetRequiredService<IStaffPeople>();
        var names = SmallOffice.Both("Auskunft", "Front desk");
        Assert.Null(await people.HandleAsync("alsdorf", new PeopleCommand.DefineRole("front", names, [Permission.Reports], "test")));
        using var browser = await (await hubs.First.HireAsync("alsdorf", "front-clerk", ("front", TestHub.Office)))
            .BrowserAsync(hubs.Second);
        var reports = new Uri($"/staff/{TestHub.Office}/reports", UriKind.Relative);
        using (var open = await browser.GetAsync(reports, TestContext.Current.CancellationToken))
        {
            Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        }

        Assert.Null(await people.HandleAsync("alsdorf", new PeopleCommand.DefineRole("front", names, [Permission.Tickets], "test")));
        await hubs.Second.UntilAsync(async () =>
        {
            using var closed = await browser.GetAsync(reports, TestContext.Current.CancellationToken);
            return closed.StatusCode is HttpStatusCode.Forbidden;
        }, "The role has lost the reports at the second hub too", seconds: 5);
    }
}
