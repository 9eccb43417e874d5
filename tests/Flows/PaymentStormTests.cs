using Aufruf.Domain.Cases;
using Aufruf.Provider;
using Aufruf.Tests.Running;
using static Aufruf.Tests.Flows.PaymentHall;

namespace Aufruf.Tests.Flows;

/// <summary>A provider that loses, repeats, delays, flips and cheats, driven by a seed, and out of service for a day.</summary>
[Trait("Needs", "process")]
public sealed class PaymentStormTests(PaymentHall hall) : IClassFixture<PaymentHall>
{
    private const int Citizens = 6, Rounds = 3;

    private static readonly Fault[] AtBeginning = [Fault.None, Fault.None, Fault.LoseAnswer, Fault.LoseQuestion, Fault.Break, Fault.Refuse,
        Fault.Babble, Fault.OtherAttempt, Fault.BadPage];

    private static readonly Fault[] AtQuestion = [Fault.None, Fault.OtherAmount, Fault.Break, Fault.OtherAttempt, Fault.Babble,
        Fault.LoseAnswer];

    public static TheoryData<int> Seeds => Proof.Some(check: 1, 20261129, 1, 2, 3, 4, 5);

    [Theory, MemberData(nameof(Seeds))]
    public async Task The_sums_agree_or_a_task_names_the_difference_and_each_settlement_has_one_receipt(int seed)
    {
        var random = new Random(seed);
        List<(string Code, string Number)> all = [];
        for (var n = 0; n < Citizens; n++)
        {
            all.Add(await hall.ApplyAsync());
        }

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (code, _) in all)
            {
                await TryAsync(code, random);
            }

            hall.Hub.Clock.Skipped += TimeSpan.FromMinutes(random.Next(1, 40));
        }

        // The provider is out for a day, and some citizens have paid just before.
        hall.Provider.Faults.End();
        hall.Provider.Faults.IsOut = true;
        foreach (var (code, _) in all.Where(_ => random.Next(2) == 0))
        {
            if ((await hall.Payments.ViewAsync("alsdorf", code))!.Claims[0].Page is { } page)
            {
                await PressAsync(page, "Paid");
            }
        }

        hall.Hub.Clock.Skipped += TimeSpan.FromHours(24);
        foreach (var (code, _) in all)
        {
            await hall.Payments.AskAsync("alsdorf", code);
        }

        hall.Provider.Faults.End();
        hall.Hub.Clock.Skipped += TimeSpan.FromDays(2);
        foreach (var (_, number) in all)
        {
            await hall.UntilAsync(number, claim => claim.Live is null && claim.Paid == HeldFor(number),
                $"Seed {seed}: the hub knows what the provider holds for {number}: {HeldFor(number)}");
        }

        hall.Hub.Clock.Skipped += TimeSpan.FromDays(15);
        foreach (var (_, number) in all)
        {
            await hall.Hub.UntilAsync(async () => (await hall.CaseOfAsync(number)).State is not CaseState.AwaitingPayment,
                $"Seed {seed}: {number} goes on or lapses");
            await hall.UntilAsync(number, claim => claim.WasSettled || claim.IsCancelled, $"Seed {seed}: {number} is cancelled");
            var claim = await hall.ClaimOfAsync(number);
            var held = HeldFor(number) - claim.Refunded;
            Assert.True(held == (claim.IsCancelled ? 0 : claim.Cents) || claim.ToRefund > 0 || claim.Missing > 0,
                $"Seed {seed}: {number}: {held} held, {claim.State}");
            await hall.Hub.UntilAsync(async () => await hall.QueuedAsync(StreamOf(number)) == (claim.WasSettled ? 1 : 0),
                $"Seed {seed}: {number} has one receipt for its settlement, or none");
        }
    }

    private async Task TryAsync(string code, Random random)
    {
        hall.Provider.Faults.Order(AtBeginning[random.Next(AtBeginning.Length)]);
        var begun = await hall.Payments.BeginAsync("alsdorf", code, "fee", New());
        hall.Provider.Faults.End(); // An attempt that did not begin has used up no fault.
        if (begun.View!.Claims[0].Page is not { } page)
        {
            return;
        }

        var payment = hall.Provider.Book.Find(page.Split('/')[^1])!;
        switch (random.Next(6))
        {
            case 0 or 1:
                await PressAsync(page, "Paid");
                break;
            case 2:
                await PressAsync(page, random.Next(2) == 0 ? "Failed" : "Cancelled");
                break;
            case 3: // The provider takes its word back.
                await PressAsync(page, "Paid");
                await hall.Payments.AskAsync("alsdorf", code);
                hall.Provider.Book.Settle(payment, PaymentStatus.Failed);
                break;
            case 4: // Late, and after the hub has heard of a failure.
                await PressAsync(page, "Failed");
                await hall.Payments.AskAsync("alsdorf", code);
                hall.Provider.Book.Settle(payment, PaymentStatus.Paid);
                break;
            default: // The address of the way back is typed, and nothing is paid.
                break;
        }

        hall.Provider.Faults.Order(AtQuestion[random.Next(AtQuestion.Length)], AtQuestion[random.Next(AtQuestion.Length)]);
        hall.Hub.Clock.Skipped += TimeSpan.FromSeconds(3);
        await Task.WhenAll(hall.Payments.AskAsync("alsdorf", code), hall.Payments.AskAsync("alsdorf", code));
        hall.Provider.Faults.End();
    }

    private long HeldFor(string number) => hall.Provider.Book.All.Where(payment => payment.Purpose == number
        && payment.Status is PaymentStatus.Paid).Sum(payment => payment.Cents);
}
