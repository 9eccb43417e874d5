using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Offices;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Appointments.PlanCommand;

namespace Aufruf.Tests.Domain.Appointments;

/// <summary>A plan from the drawing to the last line. Each line is carried out once.</summary>
public class PlanTests
{
    private static readonly PlanId Id = new(Guid.Parse("0193579a-51c0-7000-8000-00000000003a"));
    private static readonly ClerkId Clerk = new("beck");

    private static readonly PlannedClosure Closure =
        new("service", SmallOffice.Day, SmallOffice.Day, WallTime.At(8), WallTime.At(12), 1, "Erkrankung");

    private Plans _plans = Plans.Empty;

    private DateTimeOffset _now = SmallOffice.Nine;

    [Fact]
    public void Each_line_is_carried_out_once_and_a_second_press_sends_nothing()
    {
        Given(new(PlanAction.Keep), new(PlanAction.Cancel), new(PlanAction.Call));
        Assert.Equal([1, 2], Assert.IsType<PlanEvent.PlanSent>(Assert.Single(When(new Send(Id, Clerk)).Events)).Lines);
        Assert.Empty(When(new Send(Id, Clerk)).Events); // The second press while the first is carried out.
        Assert.Single(When(new Settle(Id, 1, 1, LineState.Done)).Events);
        Assert.Empty(When(new Settle(Id, 1, 1, LineState.Done)).Events); // A process after a crash.
        Assert.Single(When(new Settle(Id, 2, 1, LineState.Overtaken)).Events);
        Assert.Empty(When(new Send(Id, Clerk)).Events);
        Assert.Equal(Refusal.PlanLineSettled, When(new Change(Id, 1, new(PlanAction.Cancel), Clerk)).Refusal);
    }

    [Fact]
    public void A_line_that_could_not_be_carried_out_is_changed_and_sent_again()
    {
        Given(new(PlanAction.Move, "a.b", "a.b.c", SmallOffice.Nine), new(PlanAction.Keep));
        When(new Send(Id, Clerk));
        When(new Settle(Id, 2, 1, LineState.Done));
        When(new Settle(Id, 1, 1, LineState.Refused, Refusal.SlotTaken));
        Assert.Equal(Refusal.SlotTaken, _plans.Find(Id)?.Line(1)?.Refusal);
        Assert.Single(When(new Change(Id, 1, new(PlanAction.Cancel), Clerk)).Events);
        Assert.Equal([1], Assert.IsType<PlanEvent.PlanSent>(Assert.Single(When(new Send(Id, Clerk)).Events)).Lines);
        Assert.Empty(When(new Settle(Id, 1, 1, LineState.Refused, Refusal.SlotTaken)).Events); // The first attempt's outcome is late.
        Assert.Single(When(new Settle(Id, 1, 2, LineState.Done)).Events);
    }

    [Fact]
    public void A_call_is_noted_with_its_clerk_and_is_never_sent()
    {
        Given(new PlanStep(PlanAction.Call));
        Assert.Empty(When(new Send(Id, Clerk)).Events);
        When(new NoteCall(Id, 1, Clerk));
        Assert.Equal((LineState.Done, Clerk), (_plans.Find(Id)!.Line(1)!.State, _plans.Find(Id)!.Line(1)!.By));
        Assert.Empty(When(new NoteCall(Id, 1, Clerk)).Events);
    }

    [Fact]
    public void A_plan_that_is_withdrawn_before_it_is_sent_sends_nothing()
    {
        Given(new PlanStep(PlanAction.Cancel));
        Assert.Single(When(new Withdraw(Id, Clerk)).Events);
        Assert.Empty(When(new Withdraw(Id, Clerk)).Events);
        Assert.Equal(Refusal.PlanWithdrawn, When(new Send(Id, Clerk)).Refusal);
        Assert.Equal(Refusal.PlanWithdrawn, When(new Change(Id, 1, new(PlanAction.Keep), Clerk)).Refusal);
    }

    [Fact]
    public void A_plan_is_not_withdrawn_while_it_is_carried_out_and_not_sent_before_its_closure_is_in_force()
    {
        When(new Draw(Id, Closure, Clerk));
        Assert.Empty(When(new Draw(Id, Closure, Clerk)).Events);
        Assert.Equal(Refusal.PlanIsSending, When(new Send(Id, Clerk)).Refusal);
        Given(new PlanStep(PlanAction.Cancel));
        When(new Send(Id, Clerk));
        Assert.Equal(Refusal.PlanIsSending, When(new Withdraw(Id, Clerk)).Refusal);
        Assert.Equal(Refusal.UnknownPlan, When(new Send(new(Guid.Empty), Clerk)).Refusal);
    }

    [Fact]
    public void A_closure_needs_days_times_counters_and_a_reason()
    {
        foreach (var wrong in (PlannedClosure[])[Closure with { Last = Closure.First.AddDays(-1) }, Closure with { To = Closure.From },
            Closure with { Counters = 0 }, Closure with { Reason = "" }, Closure with { Last = Closure.First.AddDays(31) }])
        {
            Assert.Equal(Refusal.NothingToPlan, When(new Draw(Id, wrong, Clerk)).Refusal);
        }
    }

    [Fact]
    public void The_oldest_plan_without_open_lines_makes_room_for_a_new_one()
    {
        for (var n = 0; n < Plans.MostPlans; n++)
        {
            When(new Draw(new(new Guid(n + 1, 0, 0, new byte[8])), Closure, Clerk));
        }

        Assert.Equal(Refusal.PlansFull, When(new Draw(Id, Closure, Clerk)).Refusal);
        When(new Withdraw(new(new Guid(7, 0, 0, new byte[8])), Clerk));
        Assert.Null(When(new Draw(Id, Closure, Clerk)).Refusal);
        Assert.Equal((Plans.MostPlans, null), (_plans.All.Count, _plans.Find(new(new Guid(7, 0, 0, new byte[8])))));
    }

    [Fact]
    public void Offered_times_wait_for_one_answer_and_a_second_one_changes_nothing()
    {
        GivenAnOffer();
        Assert.Empty(When(new Send(Id, Clerk)).Events);
        Assert.Empty(When(new Offer(Id, 1, 1, Offers, SmallOffice.Nine.AddHours(1))).Events); // A process after a crash.
        Assert.Equal(Refusal.PlanLineSettled, When(new Change(Id, 1, new(PlanAction.Cancel), Clerk)).Refusal);
        Assert.Equal(Refusal.OfferOver, When(new Answer(Id, 1, Line.Attempt, 3)).Refusal);
        Assert.Equal(Refusal.OfferOver, When(new Answer(Id, 1, Line.Attempt, 0)).Refusal);
        Assert.Single(When(new Answer(Id, 1, Line.Attempt, 2)).Events);
        Assert.Empty(When(new Answer(Id, 1, Line.Attempt, 2)).Events);
        Assert.Equal(Refusal.OfferOver, When(new Answer(Id, 1, Line.Attempt, 1)).Refusal); // In another tab.
        Assert.Equal(Refusal.PlanIsSending, When(new Withdraw(Id, Clerk)).Refusal);
        Assert.Single(When(new Settle(Id, 1, 1, LineState.Done)).Events);
        Assert.Empty(When(new Lapse(Id, 1, 1)).Events);
        Assert.Equal((LineState.Done, 2), (Line.State, Line.Chosen));
    }

    [Fact]
    public void If_no_offered_time_suits_or_no_answer_comes_a_clerk_calls()
    {
        GivenAnOffer();
        Assert.Empty(When(new Lapse(Id, 1, 1)).Events); // Its time is not over.
        Assert.Single(When(new Answer(Id, 1, Line.Attempt, null)).Events);
        Assert.Empty(When(new Answer(Id, 1, Line.Attempt, null)).Events);
        Assert.Equal((LineState.Declined, PlanAction.Call), (Line.State, Line.Step.Action));
        Assert.Empty(When(new Send(Id, Clerk)).Events); // It does not ask again.
        Assert.Single(When(new NoteCall(Id, 1, Clerk)).Events);

        _plans = Plans.Empty;
        GivenAnOffer();
        _now = SmallOffice.Nine.AddHours(1);
        Assert.Equal(Refusal.OfferOver, When(new Answer(Id, 1, Line.Attempt, 1)).Refusal);
        Assert.Single(When(new Lapse(Id, 1, 1)).Events);
        Assert.Empty(When(new Lapse(Id, 1, 1)).Events);
        Assert.Equal((LineState.Unanswered, PlanAction.Call), (Line.State, Line.Step.Action));
        Assert.Single(When(new Change(Id, 1, new(PlanAction.Offer) { Times = Times }, Clerk)).Events);
        Assert.Single(When(new Send(Id, Clerk)).Events);
        Assert.Empty(Line.Offers);
    }

    [Fact]
    public void An_answer_to_earlier_offers_is_none_to_later_ones()
    {
        GivenAnOffer();
        Assert.Single(When(new Answer(Id, 1, 1, null)).Events);
        When(new Change(Id, 1, new(PlanAction.Offer) { Times = Times }, Clerk));
        When(new Send(Id, Clerk));
        When(new Offer(Id, 1, 2, Offers, SmallOffice.Nine.AddHours(1)));
        foreach (var old in (int?[])[1, 2, null])
        {
            Assert.Equal(Refusal.OfferOver, When(new Answer(Id, 1, 1, old)).Refusal); // In a tab that was open before.
        }

        Assert.Equal(LineState.Offered, Line.State);
        Assert.Single(When(new Answer(Id, 1, 2, 1)).Events);
        Assert.Equal(Refusal.OfferOver, When(new Answer(Id, 1, 1, 1)).Refusal);
    }

    [Fact]
    public void An_offer_has_one_to_three_times_and_is_good_although_the_plan_is_withdrawn()
    {
        Given(new PlanStep(PlanAction.Call));
        Assert.Equal(Refusal.NoSuchSlot, When(new Change(Id, 1, new(PlanAction.Offer), Clerk)).Refusal);
        Assert.Equal(Refusal.NoSuchSlot, When(new Change(Id, 1, new(PlanAction.Offer) { Times = [.. Times, .. Times] }, Clerk)).Refusal);
        _plans = Plans.Empty;
        GivenAnOffer();
        Assert.Single(When(new Withdraw(Id, Clerk)).Events);
        Assert.Single(When(new Answer(Id, 1, Line.Attempt, 1)).Events);
    }

    [Fact]
    public void A_slot_that_is_confirmed_after_the_closure_becomes_a_line_once()
    {
        When(new Draw(Id, Closure, Clerk));
        var late = new PlanLine(0, new(BookingWeek.Key, BookingWeek.Id(7)), "rathaus", SmallOffice.Nine, 10, new(PlanAction.Call));
        Assert.Equal(Refusal.PlanIsSending, When(new Add(Id, late)).Refusal); // The plan looks for its bookings itself.
        Given(new PlanStep(PlanAction.Keep));
        Assert.Single(When(new Add(Id, late)).Events);
        Assert.Empty(When(new Add(Id, late)).Events);
        Assert.Equal([1, 2], _plans.Find(Id)?.Lines?.Select(line => line.Number));
        When(new Withdraw(Id, Clerk));
        Assert.Empty(When(new Add(Id, late with { Place = new(BookingWeek.Key, BookingWeek.Id(8)) })).Events);
    }

    private static readonly PlanTime[] Times =
        [new("a.b", "a.b.c", SmallOffice.Nine.AddDays(1)), new("a.b", "a.b.c", SmallOffice.Nine.AddDays(2))];

    private static readonly PlanOffer[] Offers =
        [.. Times.Select((time, n) => new PlanOffer(new(BookingWeek.Key, BookingWeek.Id(10 + n)), "b", time.From, 10))];

    private PlanLine Line => _plans.Find(Id)!.Line(1)!;

    private void GivenAnOffer()
    {
        Given(new PlanStep(PlanAction.Offer) { Times = Times });
        When(new Send(Id, Clerk));
        Assert.Single(When(new Offer(Id, 1, 1, Offers, SmallOffice.Nine.AddHours(1))).Events);
    }

    private void Given(params PlanStep[] steps)
    {
        When(new Draw(Id, Closure, Clerk));
        When(new Propose(Id, [.. steps.Select((step, n) => new PlanLine(
            n + 1, new(BookingWeek.Key, BookingWeek.Id(n)), "rathaus", SmallOffice.Nine, 10, step))]));
    }

    private Decision<PlanEvent> When(PlanCommand command)
    {
        var decision = _plans.Decide(command, _now);
        _plans = decision.Events.Aggregate(_plans, (plans, happened) => plans.Apply(happened));
        return decision;
    }
}
