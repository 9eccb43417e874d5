using System.Text.RegularExpressions;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using static Aufruf.Tests.Flows.PaymentHall;

namespace Aufruf.Tests.Flows;

/// <summary>A later decision has claimed more: a second claim for the same thing, at a provider.</summary>
[Trait("Needs", "process")]
public sealed partial class FurtherClaimTests(PaymentHall hall) : IClassFixture<PaymentHall>
{
    private const string Further = "fee~2";
    private const long Cents = 500;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_further_claim_is_paid_at_the_provider_and_has_its_own_page_receipt_and_line_of_the_day()
    {
        var (code, number) = await hall.ApplyAsync();
        var stream = Claim.StreamOf("alsdorf", number, Further);
        Assert.Null((await hall.Hub.Services.GetRequiredService<IGrainFactory>().GetGrain<IClaimGrain>(stream)
            .Handle(New(), new ClaimCommand.OpenClaim(Further, Cents, number, "33.4311"))).Refusal);
        await hall.Hub.UntilAsync(async () => (await ViewAsync()).Claims.Count == 2, "Both claims are seen");
        var first = (await hall.Payments.BeginAsync("alsdorf", code, "fee", New())).View!.Claims[0].Page!;
        var begun = await hall.Payments.BeginAsync("alsdorf", code, Further, New());
        Assert.Null(begun.Refusal?.English);
        var page = begun.View!.Claims[1].Page!;
        var payment = Assert.Single(hall.Provider.Book.All, payment => payment.Purpose == number && payment.Cents == Cents);
        Assert.Matches(AtProvider(), payment.Request);

        // Both are under way, and each button leads to its own page.
        using var http = new HttpClient { BaseAddress = hall.Hub.Address };
        foreach (var (claim, own) in ((string, string)[])[("fee", first), (Further, page)])
        {
            using var answer = await http.GetAsync(new Uri($"/case/{code}/pay?go={Uri.EscapeDataString(claim)}", UriKind.Relative), Stop);
            Assert.Equal($"0;url={own}", Assert.Single(answer.Headers.GetValues("Refresh")));
            var ids = Ids().Matches(await answer.Content.ReadAsStringAsync(Stop)).Select(match => match.Groups[1].Value).ToList();
            Assert.Equal(ids.Distinct(), ids);
        }

        await PressAsync(page, "Paid");
        hall.Hub.Clock.Skipped += TimeSpan.FromSeconds(3);
        using var hint = await http.GetAsync(new Uri($"/payments/alsdorf/hint?id={payment.Request}", UriKind.Relative), Stop);
        await hall.Hub.UntilAsync(async () => (await ViewAsync()).Claims[1].State is ClaimState.Settled, "The hint is heard");
        Assert.Equal(ClaimState.Open, (await ViewAsync()).Claims[0].State);
        await hall.Hub.UntilAsync(() => Task.FromResult(hall.MailsAbout(stream).Count == 1), "The receipt");
        Assert.Contains("5,00", (await hall.OpenAsync(hall.MailsAbout(stream)[0]))!.Text, StringComparison.Ordinal);
        Assert.Contains(hall.Staff.DayOf("alsdorf", null).Settled, row => row.Number == number && row.Cents == Cents);
        var compared = hall.Staff.Compare("alsdorf", TestHub.DayOf(hall.Hub.Clock.GetUtcNow()), $"{payment.Request};{Cents}");
        Assert.Equal(1, compared.Matched);

        async Task<PaymentView> ViewAsync() => (await hall.Payments.ViewAsync("alsdorf", code))!;
    }

    [Fact]
    public async Task A_claim_that_is_cancelled_while_its_payment_is_under_way_leads_to_no_page_and_late_money_goes_back()
    {
        var (code, number) = await hall.ApplyAsync();
        var page = Assert.Single((await hall.Payments.BeginAsync("alsdorf", code, "fee", New())).View!.Claims).Page!;
        var claim = hall.Hub.Services.GetRequiredService<IGrainFactory>().GetGrain<IClaimGrain>(StreamOf(number));
        Assert.Null((await claim.Handle(New(), new ClaimCommand.CancelClaim())).Refusal);
        var seen = Assert.Single((await hall.Payments.ViewAsync("alsdorf", code))!.Claims);
        Assert.Equal((null, false, false, ClaimState.Cancelled), (seen.Page, seen.IsUnderWay, seen.IsOpen, seen.State));
        Assert.Equal(Refusal.AttemptLives, (await hall.Payments.BeginAsync("alsdorf", code, "fee", New())).Refusal);
        await PressAsync(page, "Paid");
        hall.Hub.Clock.Skipped += TimeSpan.FromSeconds(3);
        Assert.Equal(Fee, Assert.Single((await hall.Payments.AskAsync("alsdorf", code))!.Claims).ToRefund);
    }

    /// <summary>The signs that the contract of providers takes in an id.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9_\-.]{1,64}$")]
    private static partial Regex AtProvider();

    [GeneratedRegex(" id=\"([^\"]+)\"")]
    private static partial Regex Ids();
}
