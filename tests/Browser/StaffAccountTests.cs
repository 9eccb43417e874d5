using Aufruf.Domain.Identity;
using Aufruf.Hub.Identity;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Browser;

/// <summary>The first person of a town: from the link of the first start to the desk, its lock, and the log-off.</summary>
public sealed class StaffAccountTests(Chromium chromium)
{
    [Fact]
    public async Task The_first_administrator_sets_up_the_second_factor_invites_a_clerk_and_the_clerk_works_and_locks_the_desk()
    {
        await using var hub = new InnerHub(null, []);
        await File.WriteAllTextAsync(hub.OfficeFile, await File.ReadAllTextAsync(TestHub.DemoOffice, TestContext.Current.CancellationToken),
            TestContext.Current.CancellationToken);
        await hub.StartAgainAsync(); // It has no people yet.
        var link = await hub.Services.GetRequiredService<FirstAdministrator>().OfferAsync("alsdorf");
        await using var admin = await chromium.OpenAsync(1280, 900, o => o.Locale = "de");
        await admin.GoAsync(hub.Address, link!);
        await admin.HasNoBarrierAsync("first administrator");
        await admin.At("#displayName").FillAsync("Berta Kern");
        await admin.At("#name").FillAsync("berta");
        await admin.At("#password").FillAsync("kurz");
        await admin.At("form button").Last.ClickAsync();
        await admin.SaysAsync(".error-summary", "Ein Passwort hat 12 bis 128 Zeichen");
        await admin.HasNoBarrierAsync("short password");
        await admin.At("#password").FillAsync(StaffPerson.Password);
        await admin.At("form button").Last.ClickAsync();
        await admin.SaysAsync("[role=status]", "Ihr Konto ist angelegt.");
        await admin.HasNoBarrierAsync("account");
        await admin.PictureAsync("account");

        await admin.At("a.button", "Einschalten").ClickAsync();
        var totp = new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes(await admin.At("#totp-key").InnerTextAsync()));
        await admin.HasNoBarrierAsync("second factor");
        await admin.PictureAsync("account-totp");
        await admin.At("#code").FillAsync(totp.ComputeTotp(hub.Clock.GetUtcNow().UtcDateTime));
        await admin.At("button", "Einschalten").ClickAsync();
        await admin.SaysAsync("[role=status]", "Der zweite Faktor ist eingeschaltet.");

        await admin.GoAsync(hub.Address, "/staff/account");
        await admin.At("#label").FillAsync("Fachverfahren");
        await admin.At("#proof").FillAsync("ein falsches Passwort");
        await admin.At("button", "Schlüssel anlegen").ClickAsync();
        await admin.SaysAsync(".error-summary", "Das Passwort ist falsch");
        await admin.At("#last").FillAsync("2099-12-31");
        await admin.At("#proof").FillAsync(StaffPerson.Password);
        await admin.At("button", "Schlüssel anlegen").ClickAsync();
        await admin.SaysAsync(".error-summary", "höchstens ein Jahr");
        await admin.HasNoBarrierAsync("key refused");
        await admin.At("#last").FillAsync($"{hub.Clock.GetUtcNow().AddDays(30):yyyy-MM-dd}");
        await admin.At("#proof").FillAsync(StaffPerson.Password);
        await admin.At("button", "Schlüssel anlegen").ClickAsync();
        using var program = hub.As(await admin.At("#key").InnerTextAsync());
        await admin.HasNoBarrierAsync("key");
        await admin.PictureAsync("account-key");
        var session = new Uri("/api/v1/session", UriKind.Relative);
        Assert.Contains("\"name\":\"berta\"", await program.GetStringAsync(session, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        await admin.At("tr", "Schlüssel: Fachverfahren").Locator("button").ClickAsync();
        await admin.SaysAsync("[role=status]", "Die Anmeldung ist beendet.");
        Assert.DoesNotContain("berta", await program.GetStringAsync(session, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);

        await admin.GoAsync(hub.Address, "/staff/alsdorf/people");
        await admin.SaysAsync("h1", "Personen");
        await admin.HasNoBarrierAsync("people");
        Assert.Equal(["start"], await admin.Page.EvaluateAsync<string[]>(
            "[...new Set([...document.querySelectorAll('.report :is(th, td)')].map(cell => getComputedStyle(cell).textAlign))]"));
        await admin.At("#displayName").FillAsync("Anna Schmitz");
        await admin.At("#name").FillAsync("anna");
        await admin.At("#place").SelectOptionAsync(TestHub.Office);
        await admin.At("button", "Einladen").ClickAsync();
        var welcome = new Uri(await admin.At("#link").InnerTextAsync());
        await admin.HasNoBarrierAsync("invited");
        await admin.PictureAsync("people-invited");
        await admin.GoAsync(hub.Address, "/staff/alsdorf/people/anna");
        await admin.SaysAsync("h1", "Anna Schmitz");
        await admin.HasNoBarrierAsync("person");
        await admin.GoAsync(hub.Address, "/staff/alsdorf/permissions");
        await admin.SaysAsync("h1", "Rechte");
        await admin.HasNoBarrierAsync("permissions");
        await admin.PictureAsync("permissions");
        admin.ComplainedOfNothing(exceptTheNetwork: true);

        await using var desk = await chromium.OpenAsync(1280, 800, o => o.Locale = "de");
        await desk.GoAsync(hub.Address, welcome.AbsolutePath);
        await desk.HasNoBarrierAsync("welcome");
        await desk.At("#password").FillAsync(StaffPerson.Password);
        await desk.At("form button").Last.ClickAsync();
        await desk.GoAsync(hub.Address, $"/staff/sign-in?to={Uri.EscapeDataString($"/desk/?area={TestHub.Area}&counter=3")}");
        await desk.HasNoBarrierAsync("sign-in");
        await desk.At("#name").FillAsync("anna");
        await desk.At("#password").FillAsync(StaffPerson.Password);
        await desk.At("form button").First.ClickAsync();
        await desk.IsAsync("data-mode", "idle");
        await desk.PictureAsync("desk-of-a-session");
        await desk.At("#lock").ClickAsync();
        await desk.SaysAsync(".narrow h1", "Arbeitsplatz gesperrt");
        await desk.HasNoBarrierAsync("locked");
        await desk.At("#password").FillAsync(StaffPerson.Password);
        await desk.At(".narrow button").ClickAsync();
        await desk.IsAsync("data-mode", "idle");

        await hub.KeyAsync("alsdorf", "anna");
        await admin.GoAsync(hub.Address, "/staff/alsdorf/people/anna");
        await admin.HasNoBarrierAsync("person with a session and a key");
        await admin.At("#sessions li", "Schlüssel: test").Locator("button").ClickAsync();
        await admin.SaysAsync("[role=status]", "Die Anmeldung ist beendet.");
        Assert.Single(hub.Services.GetRequiredService<PeopleCache>().Of("alsdorf").Find("anna")!.Sessions); // The desk's.
        await admin.At("button", "Überall abmelden").ClickAsync();
        await admin.SaysAsync("[role=status]", "Die Person ist überall abgemeldet.");
        await desk.SaysAsync(".narrow h1", "Anmelden");
        Assert.Equal(Role.AdministratorId, hub.Services.GetRequiredService<PeopleCache>().Of("alsdorf").Find("berta")!.Grants[0].Role);
    }
}
