using Aufruf.Domain;
using Aufruf.Domain.Identity;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Identity.CredentialsCommand;
using static Aufruf.Domain.Identity.CredentialsEvent;

namespace Aufruf.Tests.Domain;

public class CredentialsTests
{
    private static readonly DateTimeOffset Now = SmallOffice.Nine;

    private static Credentials After(params CredentialsEvent[] past) => past.Aggregate(Credentials.None, (c, e) => c.Apply(e));

    [Fact]
    public void A_credential_is_issued_with_its_kind() =>
        Assert.Equal([new CredentialIssued(CredentialKind.Device, "box-3", "hash", Now)], Credentials.None.Decide(new Issue(CredentialKind.Device, "box-3", "hash"), Now).Events);

    [Fact]
    public void A_new_secret_replaces_the_old_one()
    {
        var held = After(new CredentialIssued(CredentialKind.Device, "box-3", "old", Now), new CredentialIssued(CredentialKind.Device, "box-3", "new", Now));
        Assert.Equal("new", Assert.Single(held.ByHolder.Values).SecretHash);
    }

    [Fact]
    public void A_revoked_credential_is_gone()
    {
        var held = After(new CredentialIssued(CredentialKind.Clerk, "anna", "hash", Now));
        Assert.Equal([new CredentialRevoked("anna", Now)], held.Decide(new Revoke("anna"), Now).Events);
        Assert.Empty(held.Apply(new CredentialRevoked("anna", Now)).ByHolder);
    }

    [Fact]
    public void Nobody_can_be_revoked_who_has_nothing() => Assert.Equal(Refusal.UnknownHolder, Credentials.None.Decide(new Revoke("anna"), Now).Refusal);
}
