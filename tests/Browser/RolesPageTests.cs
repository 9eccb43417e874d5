using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Browser;

/// <summary>A town makes roles of its own, and sees who is hit before one loses something.</summary>
public sealed class RolesPageTests(Chromium chromium, TwoOffices offices) : IClassFixture<TwoOffices>
{
    private IStaffPeople People => offices.Hub.Services.GetRequiredService<IStaffPeople>();

    [Fact]
    public async Task An_administrator_makes_changes_and_removes_a_role()
    {
        await offices.Hub.HireAsync("alsdorf", "role-maker", ("administrator", "alsdorf"));
        await offices.Hub.HireAsync("alsdorf", "role-holder");
        await using var page = await chromium.OpenAsync(1280, 900, o => o.Locale = "de");
        await SignInAsync(page, "role-maker");
        await page.GoAsync(offices.Hub.Address, "/staff/alsdorf/roles");
        await page.SaysAsync("table", "Sachbearbeitung");
        await page.HasNoBarrierAsync("roles");
        await page.At("#id").FillAsync("clerk");
        await page.At("#german").FillAsync("Empfang");
        await page.At("#english").FillAsync("Front desk");
        await page.At("#role-form button").ClickAsync();
        await page.SaysAsync(".error-summary", "Dieses Kürzel gibt es schon");
        await page.HasNoBarrierAsync("refused role");
        await page.At("#id").FillAsync("empfang");
        await page.At("[value=Tickets]").CheckAsync();
        await page.At("[value=Plans]").CheckAsync();
        await page.At("#role-form button").ClickAsync();
        await page.SaysAsync("[role=status]", "Die Änderung ist gespeichert.");
        Assert.Contains(Permission.SeePlans, Own!.Permissions); // To change brings to see.

        Assert.Null(await People.HandleAsync("alsdorf", new PeopleCommand.Grant("role-holder", "empfang", TestHub.Office, "role-maker")));
        await page.At("table a", "Empfang").ClickAsync();
        await page.At("[value=Plans]").UncheckAsync();
        await page.At("[value=SeePlans]").UncheckAsync();
        await page.At("#role-form button").ClickAsync();
        await page.SaysAsync("#losing", "1 Person verliert Rechte");
        await page.SaysAsync("#losing", "Die Person role-holder");
        await page.HasNoBarrierAsync("somebody loses permissions");
        await page.PictureAsync("roles");
        Assert.Contains(Permission.Plans, Own!.Permissions);
        await page.At("#role-form button", "Trotzdem speichern").ClickAsync();
        await page.SaysAsync("[role=status]", "Die Änderung ist gespeichert.");
        Assert.DoesNotContain(Permission.SeePlans, Own!.Permissions);

        await page.At("table a", "Empfang").ClickAsync();
        await page.At("button", "Rolle entfernen").ClickAsync();
        await page.SaysAsync(".error-summary", "Diese Rolle haben noch Personen.");
        Assert.Null(await People.HandleAsync("alsdorf",
            new PeopleCommand.TakeAway("role-holder", "empfang", TestHub.Office, "role-maker")));
        await page.At("button", "Rolle entfernen").ClickAsync();
        await page.SaysAsync("[role=status]", "Die Rolle ist entfernt.");
        Assert.Null(Own);
        page.ComplainedOfNothing(exceptTheNetwork: true);
    }

    private Role? Own => People.Of("alsdorf").Role("empfang");

    private async Task SignInAsync(Window page, string name)
    {
        await page.GoAsync(offices.Hub.Address, "/staff/sign-in");
        await page.At("#name").FillAsync($"{name}@alsdorf");
        await page.At("#password").FillAsync(StaffPerson.Password);
        await page.At("main form button").First.ClickAsync();
        await page.SaysAsync("h1", "Übersicht");
    }
}
