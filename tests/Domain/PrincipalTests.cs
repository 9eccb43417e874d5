using Aufruf.Domain.Identity;

namespace Aufruf.Tests.Domain;

public class PrincipalTests
{
    private const string Own = "alsdorf.rathaus";

    [Fact]
    public void A_permission_holds_in_the_office_of_the_credential_only()
    {
        var clerk = Principal.Of(CredentialKind.Clerk, Own, "anna");
        Assert.True(clerk.May(Permission.Call));
        Assert.True(clerk.May(Permission.Call, Own));
        Assert.False(clerk.May(Permission.Call, "alsdorf.bauamt"));
        Assert.False(clerk.May(Permission.TakeTicket, Own));
        Assert.Equal(("anna", "alsdorf"), (clerk.Who, clerk.Authority));
    }

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
        Assert.All(all.Skip(1), holder => Assert.NotEmpty(holder.Permissions.Except(Principal.Citizen.Permissions)));
        Assert.All(Enum.GetValues<Permission>(), permission => Assert.Contains(all, holder => holder.May(permission)));
    }
}
