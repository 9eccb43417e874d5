using Aufruf.Domain;
using Aufruf.Domain.Cases;
using CsCheck;
using static Aufruf.Domain.Cases.ClaimCommand;

namespace Aufruf.Tests.Domain.Cases;

/// <summary>Money: attempts are never summed, and every difference has a task.</summary>
public class ClaimTests
{
    private static readonly DateTimeOffset Nine = new(2026, 11, 27, 8, 0, 0, TimeSpan.Zero);

    private Claim _claim = Claim.Empty;
    private readonly List<ClaimEvent> _all = [];

    public ClaimTests() => Do(new OpenClaim("fee", 1_990, "1-2026-000001", "33.4311"));

    [Fact]
    public void Four_failed_attempts_and_one_good_one_cost_once()
    {
        for (var n = 1; n <= 4; n++)
        {
            Do(new StartAttempt("pay"));
            Do(new ReportAttempt(n, AttemptState.Redirected, 0, $"t{n}"));
            Do(new ReportAttempt(n, AttemptState.Failed, 0, null));
        }

        Do(new StartAttempt("pay"));
        Do(new ReportAttempt(5, AttemptState.Paid, 1_990, "t5"));
        Assert.Equal((ClaimState.Settled, 1_990L, 0L), (_claim.State, _claim.Paid, _claim.ToRefund));
        Assert.Single(_all.OfType<ClaimEvent.ClaimSettled>());
        Refused(new StartAttempt("pay"), Refusal.ClaimNotOpen);
    }

    [Fact]
    public void An_attempt_without_an_answer_is_unknown_and_not_repeated_blindly()
    {
        Do(new StartAttempt("pay"));
        Do(new ReportAttempt(1, AttemptState.Unknown, 0, null));
        Refused(new StartAttempt("pay"), Refusal.AttemptLives);
        Refused(new PayAtCounter(new("anna")), Refusal.AttemptLives);
        Do(new ReportAttempt(1, AttemptState.Failed, 0, null));
        Do(new StartAttempt("pay"));
        Refused(new ReportAttempt(1, AttemptState.Redirected, 0, null), Refusal.AttemptOver);
        Refused(new ReportAttempt(3, AttemptState.Paid, 1_990, null), Refusal.AttemptUnknown);
    }

    [Fact]
    public void A_late_payment_is_paid_back()
    {
        Do(new StartAttempt("pay"));
        Do(new ReportAttempt(1, AttemptState.Expired, 0, null));
        Do(new StartAttempt("pay"));
        Do(new ReportAttempt(2, AttemptState.Paid, 1_990, null));
        Do(new ReportAttempt(1, AttemptState.Paid, 1_990, "late"));
        Assert.Equal((ClaimState.Overpaid, 1_990L), (_claim.State, _claim.ToRefund));
        Assert.Equal(1_990, Assert.IsType<ClaimEvent.RefundDue>(_all[^1]).Cents);
        Refused(new RecordRefund(2_000, new("anna")), Refusal.RefundTooHigh);
        Do(new RecordRefund(1_990, new("anna")));
        Assert.Equal((ClaimState.Settled, 0L), (_claim.State, _claim.ToRefund));
        Assert.Single(_all.OfType<ClaimEvent.ClaimSettled>());
    }

    [Fact]
    public void A_cancelled_claim_pays_all_back()
    {
        Do(new PayAtCounter(new("anna")));
        Do(new CancelClaim());
        Assert.Equal((ClaimState.Overpaid, 1_990L), (_claim.State, _claim.ToRefund));
        Do(new RecordRefund(990, new("anna")));
        Do(new RecordRefund(1_000, new("anna")));
        Assert.Equal(ClaimState.Refunded, _claim.State);
    }

    [Fact]
    public void A_provider_that_takes_its_word_back_leaves_a_task()
    {
        Do(new StartAttempt("pay"));
        Do(new ReportAttempt(1, AttemptState.Paid, 1_990, null));
        Do(new ReportAttempt(1, AttemptState.Failed, 0, null));
        Assert.Equal((ClaimState.Open, 1_990L), (_claim.State, _claim.Missing));
    }

    [Fact]
    public void A_wrong_amount_does_not_settle()
    {
        Do(new StartAttempt("pay"));
        Do(new ReportAttempt(1, AttemptState.Paid, 990, null));
        Assert.Equal((ClaimState.PartlyPaid, 0), (_claim.State, _all.OfType<ClaimEvent.ClaimSettled>().Count()));
        Assert.Equal(990, _claim.ToRefund);
        Do(new ReportAttempt(1, AttemptState.Paid, 2_990, null));
        Assert.Equal((ClaimState.Overpaid, 1_000L), (_claim.State, _claim.ToRefund));
    }

    [Fact]
    public void A_part_of_the_amount_goes_back_and_the_claim_is_paid_anew()
    {
        Do(new StartAttempt("pay"));
        Do(new ReportAttempt(1, AttemptState.Paid, 990, "t1"));
        Refused(new StartAttempt("pay"), Refusal.ClaimNotOpen);
        Do(new RecordRefund(990, new("anna")));
        Do(new StartAttempt("pay"));
        Do(new ReportAttempt(2, AttemptState.Paid, 1_990, "t2"));
        Assert.Equal((ClaimState.Settled, 0L), (_claim.State, _claim.ToRefund));
        Assert.Single(_all.OfType<ClaimEvent.ClaimSettled>());
    }

    [Fact]
    public void A_claim_has_an_amount_and_keeps_it()
    {
        Refused(new OpenClaim("fee", 1_000, "1-2026-000001", "33.4311"), Refusal.ClaimFixed);
        Assert.Empty(_claim.Decide(new OpenClaim("fee", 1_990, "1-2026-000001", "33.4311"), Nine).Events);
        Assert.Equal(Refusal.ClaimMalformed, Claim.Empty.Decide(new OpenClaim("fee", 0, "", ""), Nine).Refusal);
        Assert.Equal(Refusal.ClaimUnknown, Claim.Empty.Decide(new CancelClaim(), Nine).Refusal);
        for (var n = 1; n <= Claim.MostAttempts; n++)
        {
            Do(new StartAttempt("pay"));
            Do(new ReportAttempt(n, AttemptState.Cancelled, 0, null));
        }

        Refused(new StartAttempt("pay"), Refusal.TooManyAttempts);
    }

    /// <summary>A provider that loses, repeats, delays and flips its answers.</summary>
    [Fact]
    public void Whatever_a_provider_says_the_sums_agree_or_a_task_names_the_difference() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[1, 6], Gen.Int[0, 6], Gen.Int[0, 3]).Array[1, 40].Sample(steps =>
        {
            var (claim, replayed) = (_claim, Claim.Empty.Apply(_all[0]));
            Dictionary<int, long> provider = [];
            var (receipts, openings, refunded, counter) = (0, 1, 0L, 0L);
            foreach (var (kind, attempt, state, amount) in steps)
            {
                var says = (AttemptState)state;
                var cents = says is AttemptState.Paid ? ((long[])[1_990, 1_990, 990, 3_000])[amount] : 0;
                ClaimCommand command = kind switch
                {
                    0 => new StartAttempt("pay"),
                    1 => amount switch
                    {
                        0 => new CancelClaim(),
                        1 => new OpenClaim("fee", 1_990, "1-2026-000001", "33.4311"),
                        2 => new AmendClaim(attempt % 2 == 0 ? 990 : 1_990),
                        _ => new StartAttempt("pay"),
                    },
                    2 => new RecordRefund(Math.Max(1, claim.ToRefund / (1 + amount)), new("anna")),
                    3 => new PayAtCounter(new("anna")),
                    _ => new ReportAttempt(attempt, says, cents, null),
                };
                var decision = claim.Decide(command, Nine);
                claim = decision.Events.Aggregate(claim, (s, happened) => s.Apply(happened));
                replayed = decision.Events.Aggregate(replayed, (s, happened) => s.Apply(happened));
                receipts += decision.Events.OfType<ClaimEvent.ClaimSettled>().Count();
                foreach (var reported in decision.Events.OfType<ClaimEvent.AttemptReported>())
                {
                    provider[reported.Attempt] = reported.Cents;
                }

                counter += decision.Events.OfType<ClaimEvent.PaidAtCounter>().Sum(e => e.Cents);
                refunded += decision.Events.OfType<ClaimEvent.RefundRecorded>().Sum(e => e.Cents);
                var held = provider.Values.Sum() + counter - refunded;
                Assert.Equal(held, claim.Paid - claim.Refunded);
                // The sum is that of the claim, or nothing, or a task names the difference.
                Assert.True(held == 0 || held == claim.Cents || claim.ToRefund > 0 || claim.State is ClaimState.PartlyPaid
                    or ClaimState.PartlyRefunded || claim.Missing > 0, $"{held} held, {claim.State}");
                Assert.Equal(claim.ToRefund, claim.RefundNoted);
                openings += decision.Events.OfType<ClaimEvent.ClaimOpened>().Count();
                Assert.InRange(receipts, 0, openings);
                Assert.True(claim.Attempts.Count(a => a.State is AttemptState.Started) <= 1);
            }

            Assert.Equal(System.Text.Json.JsonSerializer.Serialize(claim, DomainJson.Options),
                System.Text.Json.JsonSerializer.Serialize(replayed, DomainJson.Options));
        }, iter: 3_000);

    [Fact]
    public void A_decision_sets_another_amount_and_that_which_was_paid_counts()
    {
        Do(new AmendClaim(2_990));
        Do(new PayAtCounter(new("anna")));
        Assert.Equal((ClaimState.Settled, 2_990L), (_claim.State, _claim.Paid));
        Assert.Empty(_claim.Decide(new AmendClaim(2_990), Nine).Events);
        Do(new AmendClaim(1_990));
        Assert.Equal((ClaimState.Overpaid, 1_000L, 1_000L), (_claim.State, _claim.ToRefund, _claim.RefundNoted));

        // Refused, and granted after all before the money went back.
        Do(new CancelClaim());
        Assert.Equal(2_990, _claim.ToRefund);
        Do(new AmendClaim(2_990));
        Assert.Equal((ClaimState.Settled, 0L, false), (_claim.State, _claim.ToRefund, _claim.IsCancelled));
        Assert.Single(_all.OfType<ClaimEvent.ClaimSettled>());
        Refused(new AmendClaim(0), Refusal.ClaimMalformed);
        Assert.Equal(Refusal.ClaimUnknown, Claim.Empty.Decide(new AmendClaim(1), Nine).Refusal);
    }

    [Fact]
    public void More_than_was_paid_is_a_further_claim_and_less_goes_back()
    {
        Claim open = Opened(1_000), paid = Then(open, new PayAtCounter(new("anna"))), trying = Then(open, new StartAttempt("pay"));
        Assert.Equal([1_000L], ClaimAmounts.Of([], 1_000));
        Assert.Equal([1_500L], ClaimAmounts.Of([open], 1_500));
        Assert.Equal([1_000L, 500], ClaimAmounts.Of([paid], 1_500));
        Assert.Equal([1_000L, 700], ClaimAmounts.Of([paid, Opened(500)], 1_700));
        Assert.Equal([600L], ClaimAmounts.Of([paid], 600));
        Assert.Equal([1_000L, 0], ClaimAmounts.Of([paid, Opened(500)], 1_000));
        Assert.Equal([1_000L, 500], ClaimAmounts.Of([trying], 1_500)); // Its page at the provider has the old amount.
        Assert.Equal([0L], ClaimAmounts.Of([paid], 0));
        Assert.Empty(ClaimAmounts.Of([], 0));
        var part = Then(trying, new ReportAttempt(1, AttemptState.Paid, 400, "t"));
        Assert.Equal([1_500L], ClaimAmounts.Of([part], 1_500)); // A part settles nothing, and goes back.

        // That which was paid stays, whichever claim it was for.
        Assert.Equal([700L, 1_000], ClaimAmounts.Of([open, paid], 1_700));
        Assert.Equal([0L, 1_000], ClaimAmounts.Of([open, paid], 1_000));
        Assert.Equal([0L, 800], ClaimAmounts.Of([trying, paid], 800)); // A payment that comes all the same goes back.
        Assert.Equal([500L, 1_000, 1_000], ClaimAmounts.Of([open, trying, paid], 2_500));

        static Claim Opened(long cents) => Then(Claim.Empty, new OpenClaim("fee", cents, "1-2026-000001", "33.4311"));
        static Claim Then(Claim claim, ClaimCommand command) =>
            claim.Decide(command, Nine).Events.Aggregate(claim, (state, happened) => state.Apply(happened));
    }

    [Fact]
    public void A_cancelled_claim_of_which_nothing_is_held_is_claimed_anew_and_its_attempts_keep_their_numbers()
    {
        Do(new StartAttempt("pay"));
        Do(new ReportAttempt(1, AttemptState.Paid, 1_990, "one"));
        Do(new CancelClaim());
        OpenClaim anew = new("fee", 1_200, "1-2026-000001", "33.4311");
        Refused(anew, Refusal.ClaimFixed); // The money has to go back first.
        Do(new RecordRefund(1_990, new("anna")));
        Do(anew);
        Assert.Equal((ClaimState.Open, 1_200L, 0L, 0L, false), (_claim.State, _claim.Cents, _claim.ToRefund, _claim.Missing,
            _claim.WasSettled));
        Do(new StartAttempt("pay"));
        Do(new ReportAttempt(2, AttemptState.Paid, 1_200, "two"));
        Assert.Equal((ClaimState.Settled, true), (_claim.State, _claim.WasSettled));
    }

    [Fact]
    public void File_numbers_have_no_gap_and_none_comes_twice()
    {
        var sequence = Sequence.Empty;
        List<int> numbers = [];
        for (var n = 0; n < 300; n += 3)
        {
            // The third draft of each group has asked before, and the next group asks for it once more.
            var events = sequence.Decide(new SequenceCommand.GiveNumbers(
                [$"draft-{n}", $"draft-{n + 1}", $"draft-{n + 1}", $"draft-{Math.Max(0, n - 2)}"]), Nine).Events;
            numbers.AddRange(events.OfType<SequenceEvent.NumberGiven>().Select(e => e.Number));
            sequence = events.Aggregate(sequence, (s, happened) => s.Apply(happened));
        }

        Assert.Equal(Enumerable.Range(1, 200), numbers);
        Assert.Equal("20.32.10-2026-000123", Sequence.NumberOf("20.32.10", 2026, 123));
        Assert.Equal("sequence/alsdorf.20.32.10-2026", Sequence.StreamOf("alsdorf", "20.32.10", 2026));
        Assert.Equal(Refusal.NumbersUsedUp, sequence.Decide(new SequenceCommand.GiveNumbers([""]), Nine).Refusal);
    }

    private void Do(ClaimCommand command)
    {
        var decision = _claim.Decide(command, Nine);
        Assert.True(decision.Refusal is null && decision.Events.Count > 0, $"{command}: {decision.Refusal}");
        _all.AddRange(decision.Events);
        _claim = decision.Events.Aggregate(_claim, (claim, happened) => claim.Apply(happened));
    }

    private void Refused(ClaimCommand command, Refusal refusal)
    {
        Assert.Equal(refusal, _claim.Decide(command, Nine).Refusal);
        Assert.Empty(_claim.Decide(command, Nine).Events);
    }
}
