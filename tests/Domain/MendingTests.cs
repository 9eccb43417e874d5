using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Domain.Queues.Policies;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;
using static Aufruf.Tests.Domain.QueueDay;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Domain;

/// <summary>A ticket is corrected, sent on, or gets a message, without a call.</summary>
public class MendingTests
{
    private static readonly ClerkId Anna = new("anna"), Bert = new("bert");

    [Fact]
    public void A_clerk_corrects_service_further_services_and_language_of_a_ticket_that_waits()
    {
        var day = Given(Opened(One), ForPassport(1)).Later(4)
            .When(new Mend(Id(1), Anna) { Service = Residence, Also = [Collection, Residence, Collection], Language = "en" })
            .Then(new TicketMended(Id(1), Residence, [Collection], "en", Anna, Now));
        Assert.Equal((Residence, "en", Now, 1, 0), (day.Ticket(1).Service, day.Ticket(1).Language, day.Ticket(1).DueAt,
            day.Queue.Waiting.CountOf(Residence), day.Queue.Waiting.CountOf(Passport)));
        day.When(new Mend(Id(1), Anna) { Language = "en" }).Then();
    }

    [Fact]
    public void A_ticket_at_a_counter_is_not_corrected_in_the_list()
    {
        var day = Given(Opened(One), ForPassport(1), Called(1, One));
        day.When(new Mend(Id(1), Anna) { Language = "en" }).ThenRefused(Refusal.NotWaiting);
        day.When(new SendOn(Id(1), new(Counter: Three), Anna)).ThenRefused(Refusal.NotWaiting);
        Given(ForPassport(1)).When(new Mend(Id(1), Anna) { Also = [new("vehicle")] }).ThenRefused(Refusal.UnknownService);
    }

    [Fact]
    public void A_waiting_ticket_is_sent_to_a_counter_and_its_wait_goes_on()
    {
        var day = Given(Opened(One), Opened(Three), ForPassport(1), On(ForPassport(2), Now.AddMinutes(1))).Later(30)
            .When(new SendOn(Id(1), new(Counter: Three), Anna)).Then(new TicketSentOn(Id(1), new(Counter: Three), Anna, Now));
        Assert.Equal((Now, Id(2), Id(1)), (day.Ticket(1).DueAt, day.Next(One), day.Next(Three)));
        day.When(new SendOn(Id(2), new(Clerk: Bert), Anna)).ThenRefused(Refusal.ClerkNotHere);
        day.When(new SendOn(Id(2), new(), Anna)).ThenRefused(Refusal.UnknownTarget);
    }

    [Fact]
    public void A_waiting_ticket_is_sent_to_another_area_without_a_call()
    {
        var day = Given(Opened(One), ForPassport(1)).When(new SendOn(Id(1), new("upstairs", Service: new("vehicle")), Anna));
        Assert.Equal(TicketState.Transferred, day.Ticket(1).State);
        var (area, offer) = Assert.Single(day.Queue.OpenOffers);
        Assert.Equal(("upstairs", new ServiceId("vehicle")), (area, offer.Service));
        day.When(new CloseTransfer(Id(1), TransferState.Rejected, 1));
        Assert.Equal(Id(1), day.Next(One)); // It waits here again.
    }

    [Fact]
    public void The_call_says_that_a_ticket_was_kept_too_long_or_that_its_keeper_is_gone()
    {
        QueueDay Sent() => Given(Opened(One), Opened(Three), new ClerkLoggedIn(Three, Bert, null, Now), ForPassport(1))
            .Later(25).When(new SendOn(Id(1), new(Clerk: Bert), Anna));
        Assert.Null(Sent().Later(20).Next(One)); // It counts from the moment at which it was sent.
        Assert.Equal(WhyKind.KeptTooLong, Sent().Later(20, 1).WhyNext(One)?.Kind);
        Assert.Equal(WhyKind.KeeperGone, Sent().When(new CloseCounter(Three)).WhyNext(One)?.Kind);
        Assert.Equal(WhyKind.SentHere, Sent().WhyNext(Three)?.Kind);
    }

    [Fact]
    public void A_counter_calls_the_next_ticket_of_one_service()
    {
        var day = Given(Opened(One), ForPassport(1), On(ForResidence(2), Now.AddMinutes(1)), On(ForResidence(3), Now.AddMinutes(2)))
            .Later(5);
        day.When(new CallNext(One) { Service = Residence }).Then(Called(2, One)); // Also when the counter does not list it.
        day.When(new CallNext(Two) { Service = Collection }).ThenRefused(Refusal.NobodyWaiting, Opened(Two));
        day.When(new CallNext(Two) { Service = new("vehicle") }).ThenRefused(Refusal.UnknownService);
        Under(new() { MayCallAny = false }, Opened(One), ForPassport(1), On(ForResidence(2), Now.AddMinutes(1)))
            .Later(5).When(new CallNext(Three) { Service = Residence }).ThenRefused(Refusal.NotPermitted);
    }

    [Fact]
    public void The_list_of_parked_tickets_says_which_clerk_parked_them()
    {
        var day = Given(Opened(One), new ClerkLoggedIn(One, Anna, null, Now), ForPassport(1), Called(1, One)).When(new Park(One));
        Assert.Equal(Anna, day.Ticket(1).ParkedBy);
        day.When(new Resume(Three, Id(1)));
        Assert.Null(day.Ticket(1).ParkedBy);
    }

    [Fact]
    public void It_names_the_clerk_who_acted_there_and_not_the_one_who_sits_there()
    {
        var day = Given(Opened(One), new ClerkLoggedIn(One, Anna, null, Now), ForPassport(1), Called(1, One))
            .When(new Park(One) { By = Bert, Elsewhere = true })
            .Then(new ActedElsewhere(One, Bert, Now), new TicketParked(Id(1), One, null, Now, Bert));
        Assert.Equal(Bert, day.Ticket(1).ParkedBy);
        Assert.Equal(Bert, Given(Opened(Three), ForPassport(1), Called(1, Three)).When(new Park(Three) { By = Bert }).Ticket(1).ParkedBy);
    }

    [Fact]
    public void Where_tickets_are_called_in_order_no_clerk_sends_one_to_the_own_seat_to_call_it_before_others()
    {
        QueueDay Strict() => Under(new() { MayCallAny = false }, Opened(One), new ClerkLoggedIn(One, Anna, null, Now), Opened(Two),
            new ClerkLoggedIn(Two, Bert, null, Now), ForPassport(1), On(ForResidence(2), Now.AddMinutes(1))).Later(5);
        Strict().When(new SendOn(Id(2), new(Counter: One), Anna)).ThenRefused(Refusal.NotPermitted);
        Strict().When(new SendOn(Id(2), new(Clerk: Anna), Anna)).ThenRefused(Refusal.NotPermitted);
        Strict().When(new SendOn(Id(2), new(Counter: Three), Anna)).ThenRefused(Refusal.NotPermitted); // The seat that Anna takes next.
        Strict().When(new SendOn(Id(1), new(Counter: One), Anna)).Then(new TicketSentOn(Id(1), new(Counter: One), Anna, Now));
        Strict().When(new SendOn(Id(2), new(Clerk: Bert), Anna)).Then(new TicketSentOn(Id(2), new(Clerk: Bert), Anna, Now));
        Given(Opened(One), new ClerkLoggedIn(One, Anna, null, Now), ForPassport(1), ForResidence(2))
            .When(new SendOn(Id(2), new(Counter: One), Anna)).Then(new TicketSentOn(Id(2), new(Counter: One), Anna, Now));
    }

    [Fact]
    public void A_name_is_written_down_only_where_the_area_asks_for_it_and_hinders_no_undo()
    {
        Given(ForPassport(1)).When(new WritePerson(Id(1), "sealed")).ThenRefused(Refusal.NamesNotAsked);
        Given().When(Take(1, Passport) with { Person = "sealed" }).ThenRefused(Refusal.NamesNotAsked);
        var day = Under(new() { AskName = true }, Opened(One), ForPassport(1)).When(new CallNext(One))
            .When(new WritePerson(Id(1), "sealed")).Then(new PersonWritten(Id(1), "sealed", Now));
        day.When(new Notify(Id(1), NoticeKind.Delay, "sealed", Anna)).Then(new CitizenNotified(Id(1), NoticeKind.Delay, null, Anna, Now));
        day.When(new UndoStep(One));
        Assert.Equal((TicketState.Waiting, "sealed", NoticeKind.Delay),
            (day.Ticket(1).State, day.Ticket(1).Person, day.Ticket(1).Notice?.Kind));
    }

    [Fact]
    public void A_message_needs_a_ticket_that_is_still_alive() =>
        Given(ForPassport(1), Called(1, One), Served(1, One)).When(new Notify(Id(1), NoticeKind.Delay, null, Anna))
            .ThenRefused(Refusal.NotWaiting);

    public static TheoryData<AtCounter> Hasty => [new CallNext(One), new Finish(One), new MarkArrived(One), new MarkMissed(One)];

    [Theory, MemberData(nameof(Hasty))]
    public void A_press_in_the_first_moment_of_a_new_state_is_recorded_and_not_carried_out(AtCounter press)
    {
        var day = Given(ForPassport(1), ForPassport(2)).When(new CallNext(One)).Later(seconds: 1);
        day.When(press with { Seen = day.Queue.At(One).Revision })
            .ThenRefused(Refusal.TooSoon, new PressIgnored(One, Refusal.TooSoon, Now));
        Assert.Equal(TicketState.Called, day.Ticket(1).State);
        day.When(new UndoStep(One, day.Queue.At(One).Revision)).Then(new StepUndone(Id(1), One, Now)); // Undo always works.
    }

    [Fact]
    public void A_second_later_the_press_counts()
    {
        var day = Given(ForPassport(1), ForPassport(2)).When(new CallNext(One)).Later(seconds: 2);
        day.When(new MarkArrived(One, day.Queue.At(One).Revision)).Then(Arrived(1, One));
    }
}
