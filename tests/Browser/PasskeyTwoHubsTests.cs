using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Browser;

/// <summary>A balancer sends each request to another hub: a passkey works all the same.</summary>
public sealed class PasskeyTwoHubsTests(Chromium chromium, TwoHubs hubs) : IClassFixture<TwoHubs>
{
    [Fact]
    public async Task A_challenge_of_one_hub_is_answered_at_the_other_and_a_removed_passkey_is_refused_at_both()
    {
        await StaffPerson.NewAsync(hubs.First, "alsdorf", "two-keys", ("clerk", TestHub.Office));
        await using var window = await chromium.OpenAsync(1280, 900, o => o.Locale = "de");
        await VirtualPasskeys.PlugIntoAsync(window);
        await window.Page.RouteAsync("**/session/passkey*", route => route.ContinueAsync(new()
        {
            Url = route.Request.Url.EndsWith("challenge", StringComparison.Ordinal) ? route.Request.Url
                : new Uri(hubs.Second.Address, new Uri(route.Request.Url).AbsolutePath).AbsoluteUri,
        }));
        await window.GoAsync(hubs.First.Address, "/staff/sign-in");
        await window.At("#name").FillAsync("two-keys@alsdorf");
        await window.At("#password").FillAsync(StaffPerson.Password);
        await window.At("main form button").First.ClickAsync();
        await window.GoAsync(hubs.First.Address, "/staff/account");
        await window.At("#label").FillAsync("Laptop");
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
}
