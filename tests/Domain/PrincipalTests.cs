using Aufruf.Domain.Identity;

namespace Aufruf.Tests.Domain;

public class PrincipalTests
{
    private const string Own = "alsdorf.rathaus";

    [Fact]
    public void A_permission_holds_in_the_office_of_the_credential_only()
    {
        var kiosk = Principal.Of(CredentialKind.Kiosk, Own, "foyer");
        Assert.True(kiosk.May(Permission.TakeTicket));
        Assert.True(kiosk.May(Permission.TakeTicket, Own));
        Assert.False(kiosk.May(Permission.TakeTicket, "alsdorf.bauamt"));
        Assert.False(kiosk.May(Permission.Call, Own));
        Assert.Equal(("foyer", "alsdorf"), (kiosk.Who, kiosk.Authority));
    }

    [Theory]
    [InlineData("alsdorf", "alsdorf", true)]
    [InlineData("alsdorf", "alsdorf.rathaus.hall", true)]
    [InlineData("alsdorf.rathaus", "alsdorf.rathaus.hall", true)]
    [InlineData("alsdorf.rathaus", "alsdorf", false)]
    [InlineData("alsdorf.rathaus", "alsdorf.rathaus2", false)]
    [InlineData("alsdorf.rathaus.hall", "alsdorf.rathaus", false)]
    [InlineData("alsdorf.rathaus.hall", "alsdorf.rathaus.upstairs", false)]
    [InlineData("fremd", "alsdorf.rathaus", false)]
    public void A_role_holds_in_its_place_and_in_all_places_inside_it(string granted, string asked, bool holds)
    {
        var person = new Person("anna", "Anna") { Grants = [new("clerk", granted)] };
        var principal = Principal.Of("alsdorf", person, People.Empty);
        Assert.Equal(holds, principal.May(Permission.Call, asked));
        Assert.True(principal.May(Permission.OwnAccount));
        Assert.False(principal.May(Permission.Reports));
    }

    [Fact]
    public void A_grant_in_another_authority_holds_nowhere()
    {
        var person = new Person("anna", "Anna") { Grants = [new("administrator", "fremd")] };
        Assert.False(Principal.Of("alsdorf", person, People.Empty).May(Permission.People));
    }

    [Fact]
    public void An_area_is_within_its_office()
    {
        var clerk = Principal.Of("alsdorf", new("anna", "Anna") { Grants = [new("clerk", Own + ".hall")] }, People.Empty);
        Assert.True(clerk.MayWithin(Permission.WatchDesk, Own));
        Assert.False(clerk.MayWithin(Permission.WatchDesk, "alsdorf.bauamt"));
    }

    [Fact]
    public void An_auditor_changes_nothing() => Assert.Equal(
        [Permission.OwnAccount, Permission.SeeAppointments, Permission.SeePlans, Permission.SeeCases, Permission.Reports,
            Permission.SeeMessages, Permission.SeePeople, Permission.SeeConfiguration, Permission.SeeDevices, Permission.Audit,
            Permission.WatchDesk, Permission.WatchBoard],
        Role.Auditor.Permissions.Order());

    [Fact]
    public void What_is_open_to_everybody_is_open_in_every_office()
    {
        foreach (var anybody in (Principal[])[Principal.Citizen, Principal.ThisMachine, Principal.Of(CredentialKind.Kiosk, Own, "foyer")])
        {
            Assert.True(anybody.May(Permission.Public, "fremd.amt"));
            Assert.True(anybody.May(Permission.OwnTicket, "fremd.amt"));
            Assert.True(anybody.May(Permission.OwnAppointment, "fremd.amt"));
            Assert.False(anybody.May(Permission.Reports));
        }

        Assert.Null(Principal.Citizen.Authority);
    }

    [Fact]
    public void Every_kind_of_credential_gives_a_permission_and_every_permission_has_a_holder()
    {
        Principal[] all = [Principal.Citizen, Principal.ThisMachine,
            .. Enum.GetValues<CredentialKind>().Select(kind => Principal.Of(kind, Own, "name"))];
        Assert.All(all.Skip(1), holder => Assert.Contains(Enum.GetValues<Permission>(), p => holder.May(p) && !Principal.Citizen.May(p)));
        Assert.All(Enum.GetValues<Permission>(), permission => Assert.True(all.Any(holder => holder.May(permission))
            || Role.BuiltIn.Any(role => role.Permissions.Contains(permission)), $"{permission} has no holder"));
    }
}
