using Aufruf.Domain;
using Aufruf.Domain.Identity;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Identity.CredentialsCommand;
using static Aufruf.Domain.Identity.CredentialsEvent;

namespace Aufruf.Tests.Domain;

public class CredentialsTests
{
    private static readonly DateTimeOffset Now = SmallOffice.Nine;

    private static Credentials After(params CredentialsEvent[] past) => past.Aggregate(Credentials.Empty, (c, e) => c.Apply(e));

    [Fact]
    public void A_credential_is_issued_with_its_kind() =>
        Assert.Equal([new CredentialIssued(CredentialKind.Device, "box-3", "hash", Now)],
            Credentials.Empty.Decide(new Issue(CredentialKind.Device, "box-3", "hash"), Now).Events);

    [Fact]
    public void A_new_secret_replaces_the_old_one()
    {
        var held = After(new CredentialIssued(CredentialKind.Device, "box-3", "old", Now),
            new CredentialIssued(CredentialKind.Device, "box-3", "new", Now));
        Assert.Equal("new", Assert.Single(held.ByHolder.Values).SecretHash);
    }

    [Fact]
    public void A_first_credential_is_issued_once_though_two_hubs_issue_it()
    {
        var held = After(new CredentialIssued(CredentialKind.Display, "anna", "hash", Now));
        var second = held.Decide(new Issue(CredentialKind.Display, "first-display", "other", OnlyFirst: true), Now);
        Assert.Equal((0, null), (second.Events.Count, second.Refusal));
        Assert.Single(held.Decide(new Issue(CredentialKind.Kiosk, "first-kiosk", "hash", OnlyFirst: true), Now).Events);
    }

    [Fact]
    public void A_revoked_credential_is_gone()
    {
        var held = After(new CredentialIssued(CredentialKind.Display, "anna", "hash", Now));
        Assert.Equal([new CredentialRevoked("anna", Now)], held.Decide(new Revoke("anna"), Now).Events);
        Assert.Empty(held.Apply(new CredentialRevoked("anna", Now)).ByHolder);
    }

    [Fact]
    public void Nobody_can_be_revoked_who_has_nothing() =>
        Assert.Equal(Refusal.UnknownHolder, Credentials.Empty.Decide(new Revoke("anna"), Now).Refusal);

    [Theory]
    [InlineData("a~b")]
    [InlineData("")]
    [InlineData("-anna")]
    [InlineData("anna müller")]
    [InlineData("anna\u001b[2J")]
    [InlineData("../anna")]
    public void A_name_that_a_token_or_the_log_cannot_hold_is_refused(string holder) =>
        Assert.Equal(Refusal.HolderMalformed, Credentials.Empty.Decide(new Issue(CredentialKind.Display, holder, "hash"), Now).Refusal);

    [Fact]
    public void A_name_is_no_longer_than_a_token_can_be() =>
        Assert.Equal(Refusal.HolderMalformed,
            Credentials.Empty.Decide(new Issue(CredentialKind.Display, new string('a', 300), "hash"), Now).Refusal);

    [Fact]
    public void A_clerk_cannot_take_the_name_of_a_device() => Assert.Equal(Refusal.HolderTaken,
        After(new CredentialIssued(CredentialKind.Device, "box-3", "hash", Now))
            .Decide(new Issue(CredentialKind.Display, "box-3", "other"), Now).Refusal);
}
