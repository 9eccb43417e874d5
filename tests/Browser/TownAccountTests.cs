using Aufruf.Domain.Identity;
using Aufruf.Hub.Identity;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Browser;

/// <summary>People of a town with oidc-provider, a provider that nobody here wrote, in a real browser and at two hubs.</summary>
public sealed class TownAccountTests(Chromium chromium, Postgres postgres)
{
    [Fact]
    public async Task A_clerk_enters_by_the_town_account_works_and_is_signed_out_at_both_hubs_when_it_leaves_the_provider()
    {
        await using var provider = new TownProvider();
        await using var first = await TestHub.StartAsync(
            options: [$"--ConnectionStrings:Aufruf={await postgres.NewDatabaseAsync()}", .. provider.Settings,
                .. provider.AccountSettings]);
        await using var second = await TestHub.JoinAsync(first);
        await ProvidedHub.PrepareAsync(first);
        await provider.StartAsync(first.Address, new($"http://127.0.0.1:{second.Address.Port}"));
        var people = first.Services.GetRequiredService<PeopleCache>();

        // The administrator fills the town's table, beside the two rows that are there.
        await using var admin = await chromium.OpenAsync(1280, 900, o => o.Locale = "de");
        await admin.GoAsync(first.Address, "/staff/sign-in");
        await admin.SaysAsync("a.button", "Mit dem Konto der Stadtverwaltung anmelden");
        await admin.HasNoBarrierAsync("sign-in with a provider");
        await admin.PictureAsync("sign-in-provider");
        await admin.At("#name").FillAsync("kern");
        await admin.At("#password").FillAsync(StaffPerson.Password);
        await admin.At("form button").First.ClickAsync();
        await admin.SaysAsync("h1", "Übersicht");
        await admin.GoAsync(first.Address, "/staff/alsdorf/provider");
        await admin.SaysAsync("h1", "Anmeldedienst");
        await admin.At("#value").FillAsync("wardens");
        await admin.At("#role").SelectOptionAsync("auditor");
        await admin.At("#place").SelectOptionAsync("alsdorf");
        await admin.At("button", "Zeile hinzufügen").ClickAsync();
        await admin.SaysAsync("[role=status]", "Die Änderung ist gespeichert.");
        await admin.HasNoBarrierAsync("table of claims");
        await admin.PictureAsync("provider-table");

        await using var clerk = await EnterAsync(first.Address, "anna+service", "/desk/?area=" + TestHub.Area + "&counter=3");
        await clerk.IsAsync("data-mode", "idle");
        await clerk.GoAsync(second.Address, "/staff/account");
        await clerk.SaysAsync("h1", "Mein Konto");
        await clerk.SaysAsync("#provider-title", "Konto der Stadtverwaltung");
        await clerk.HasNoBarrierAsync("account of the town");
        Assert.Equal([new RoleGrant("clerk", TestHub.Office)], people.Of("alsdorf").GrantsOf(people.Of("alsdorf").Find("anna")!));
        await admin.GoAsync(first.Address, "/staff/alsdorf/people/anna");
        await admin.SaysAsync("[aria-labelledby=roles-title]", "durch den Anmeldedienst");
        await admin.HasNoBarrierAsync("person of the provider");

        // A person with no group of the table.
        await using var nora = await EnterAsync(first.Address, "nora+gardeners", "/desk/");
        await nora.SaysAsync("#no-role", "noch keine Rolle");
        await nora.HasNoBarrierAsync("account without a role");

        // The clerk leaves at the provider itself. It tells the second hub, and the desk at the first one closes.
        await clerk.GoAsync(first.Address, $"/desk/?area={TestHub.Area}&counter=3");
        await clerk.IsAsync("data-mode", "idle");
        var elsewhere = await clerk.Page.Context.NewPageAsync();
        await elsewhere.GotoAsync(new Uri(provider.Address, "/session/end").AbsoluteUri);
        await elsewhere.Locator("button").ClickAsync();
        await clerk.SaysAsync(".narrow h1", "Anmelden");
        Assert.Empty(people.Of("alsdorf").Find("anna")!.Sessions);

        // Signed out here, and by the way there, too: the next entry asks for the name again.
        await nora.At("button.quiet", "Abmelden").ClickAsync();
        await nora.Page.GetByText("Leave").ClickAsync();
        await nora.SaysAsync("h1", "Anmelden");
        await nora.At("a.button", "Stadtverwaltung").ClickAsync();
        await nora.SeesAsync("[name=login]");

        // A citizen enters by another client of it, and has a session apart from the staff's.
        await using var zoe = await chromium.OpenAsync(1280, 900, o => o.Locale = "de");
        await zoe.GoAsync(first.Address, "/account");
        await zoe.HasNoBarrierAsync("sign-in of citizens");
        await zoe.At("#sign-in").ClickAsync();
        await zoe.At("[name=login]").FillAsync("zoe");
        await zoe.At("button").ClickAsync();
        await zoe.SaysAsync("main", "Angemeldet: zoe Muster");
        await zoe.HasNoBarrierAsync("own account of a citizen");
        await zoe.PictureAsync("citizen-account");
        await zoe.GoAsync(first.Address, "/staff/account");
        await zoe.SaysAsync("h1", "Anmelden");
        await zoe.GoAsync(second.Address, "/account"); // Another hub knows the cookie, too.
        await zoe.At("#sign-out").ClickAsync();
        await zoe.SaysAsync("#leave", "Auch bei BundID abmelden");

        // The provider dies. Those who are in go on, and the administrator enters by the password.
        await using var wanda = await EnterAsync(first.Address, "wanda+wardens", "/staff");
        await wanda.SaysAsync("h1", "Übersicht");
        await provider.KillAsync();
        await wanda.GoAsync(second.Address, "/staff/account");
        await wanda.SaysAsync("h1", "Mein Konto");
        await using var late = await chromium.OpenAsync(1280, 900, o => o.Locale = "de");
        await late.GoAsync(first.Address, "/staff/sign-in");
        await Task.Delay(TimeSpan.FromSeconds(2.1), TestContext.Current.CancellationToken); // Its last answer counts for two seconds.
        await late.At("a.button", "Stadtverwaltung").ClickAsync();
        await late.SaysAsync(".error-summary", "antwortet nicht");
        await late.HasNoBarrierAsync("provider down");
        await late.PictureAsync("sign-in-provider-down");
        await late.At("#name").FillAsync("kern");
        await late.At("#password").FillAsync(StaffPerson.Password);
        await late.At("form button").First.ClickAsync();
        await late.SaysAsync("h1", "Übersicht");
        late.ComplainedOfNothing(exceptTheNetwork: true);
        Assert.Equal(Role.AdministratorId, people.Of("alsdorf").Find("kern")!.Grants[0].Role);
    }

    private async Task<Window> EnterAsync(Uri hub, string login, string to)
    {
        var window = await chromium.OpenAsync(1280, 800, o => o.Locale = "de");
        await window.GoAsync(hub, $"/staff/sign-in?to={Uri.EscapeDataString(to)}");
        await window.At("a.button", "Stadtverwaltung").ClickAsync();
        // A busy machine may need longer than a sign-in waits. Then the page says so, and the button stands there again.
        while (await window.At(".error-summary, [name=login]").First.GetAttributeAsync("name") is null)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await window.At("a.button", "Stadtverwaltung").ClickAsync();
        }

        await window.At("[name=login]").FillAsync(login);
        await window.At("button").ClickAsync();
        return window;
    }
}
