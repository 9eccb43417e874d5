using Aufruf.Domain.Cases.Declarations;
using Aufruf.Hub.Cases.Payments;
using Aufruf.Tests.Domain.Cases;

namespace Aufruf.Tests.Hub.Cases;

public class ClaimKeyTests
{
    [Theory]
    [InlineData("tax-2026", true)]
    [InlineData("tax-2026~2", true)]
    [InlineData("tax-late-2026", false)]
    [InlineData("tax-late", false)]
    [InlineData("tax-", false)]
    [InlineData("tax", false)]
    public void A_claim_of_a_year_is_of_its_own_declaration_and_of_none_with_a_longer_name(string claim, bool isTax) =>
        Assert.Equal(isTax, Key(claim).IsOf(Tax));

    [Fact]
    public void A_further_claim_is_of_the_same_declaration_and_its_request_at_the_provider_is_another_one()
    {
        var fee = Tax with { Id = "fee", Years = null };
        Assert.True(Key("fee~2").IsOf(fee));
        Assert.False(Key("fee-2").IsOf(fee));
        Assert.Equal(("fee", "fee~3"), (Key("fee~2").With(1).Claim, Key("fee~2").With(3).Claim));
        Assert.Equal("20-2026-000001.fee.2.1", Key("fee~2").RequestOf(1));
        Assert.Equal("20-2026-000001.fee.2", Key("fee").RequestOf(2));
        Assert.Equal(Key("tax-2026~12"), ClaimKey.Parse(Key("tax-2026~12").Stream));
    }

    private static DeclaredClaim Tax => DeclaredProcedures.Dogs.Claims[0];

    private static ClaimKey Key(string claim) => new("alsdorf", "20-2026-000001", claim);
}
