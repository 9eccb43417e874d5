using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Microsoft.Extensions.DependencyInjection;
using static Aufruf.Tests.Flows.PaperTown;

namespace Aufruf.Tests.Flows;

/// <summary>Money that is claimed by a decision, or once its letter has left the house.</summary>
[Trait("Needs", "process")]
public sealed class PostedClaimTests(PaperTown town) : IClassFixture<PaperTown>
{
    [Fact]
    public async Task The_posted_letter_of_a_refusal_claims_nothing()
    {
        var (refused, granted) = (await DecideAsync(CaseDeedKind.Refuse), await DecideAsync(CaseDeedKind.Grant));
        await PostAsync(refused);
        await town.UntilAsync(refused, CaseState.Dispatched);
        await town.UntilAsync(granted, CaseState.Dispatched);

        await town.Hub.UntilAsync(async () => (await ClaimAsync(granted)).Cents == 6_400, "The tax is claimed");
        var later = await DecideAsync(CaseDeedKind.Grant);
        await PostAsync(later);
        await town.Hub.UntilAsync(async () => (await ClaimAsync(later)).Cents == 6_400, "All that was posted before is seen");
        Assert.Equal("", (await ClaimAsync(refused)).Id);
    }

    [Fact]
    public async Task That_which_was_paid_by_a_decision_goes_back_when_it_is_taken_back_and_the_application_rejected()
    {
        var (_, number) = await town.DecideAsync(CaseDeedKind.Grant);
        await town.Hub.UntilAsync(async () => (await ClaimAsync(number)).Cents == 6_400, "The tax is claimed");
        Assert.Null(await town.Hub.Services.GetRequiredService<IStaffPayments>().DoAsync(Town, number, "anna",
            new(PaymentDeedKind.PaidAtCounter, $"tax-{town.Today.Year}"), New()));
        await town.DoAsync(number, "bert", new(CaseDeedKind.Return, Reason: "Der Hund wird in Aachen gehalten."));
        await town.DoAsync(number, "anna", new(CaseDeedKind.Reject, Reason: "Alsdorf ist nicht zuständig."));
        await town.Hub.UntilAsync(async () => (await ClaimAsync(number)).ToRefund == 6_400, "The tax goes back");
    }

    private async Task<string> DecideAsync(CaseDeedKind outcome)
    {
        var (_, number) = await town.ApplyAsync(ClaimedByPost);
        await town.Hub.UntilAsync(async () => await town.Staff.FindAsync(Town, number, "anna") is not null, "The case is known");
        await town.DoAsync(number, "anna", new(CaseDeedKind.Begin));
        await town.DoAsync(number, "anna", new(outcome, Reason: "So ist es."));
        await town.UntilAsync(number, LetterState.Queued);
        return number;
    }

    /// <summary>All letters that wait leave the house.</summary>
    private async Task PostAsync(string number)
    {
        var batch = await town.PrintAsync();
        Assert.Null(await town.Dispatch.PostAsync(Town, town.Today, batch, town.Today, "anna", New()));
        await town.UntilAsync(number, LetterState.Posted);
    }

    private Task<Claim> ClaimAsync(string number) =>
        town.Grains.GetGrain<IClaimGrain>(Claim.StreamOf(Town, number, $"tax-{town.Today.Year}")).View();
}
