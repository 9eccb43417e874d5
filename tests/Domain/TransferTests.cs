using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Domain.Queues.Policies;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;
using static Aufruf.Tests.Domain.QueueDay;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Domain;

/// <summary>Sent on within the area: to a service, a counter, or a clerk.</summary>
public class TransferTests
{
    private static readonly ClerkId Anna = new("anna"), Bert = new("bert");

    private static QueueDay ServingAtOne(params IEnumerable<QueueEvent> more) =>
        Given([Opened(One), ForPassport(1), Called(1, One), Arrived(1, One), .. more]);

    private static TicketTransferred Sent(TransferTarget to) => new(Id(1), One, to, Now);

    [Fact]
    public void To_another_service_with_the_same_number_and_a_part_of_its_own()
    {
        var day = ServingAtOne().Later(4).When(new Transfer(One, new(Service: Residence))).Then(Sent(new(Service: Residence)));
        Assert.Equal((TicketState.Waiting, Residence, new TicketNumber('A', 1)),
            (day.Ticket(1).State, day.Ticket(1).Service, day.Ticket(1).Number));
        Assert.Equal([new Part(Passport, One, Now, Now, Now.AddMinutes(4))], day.Ticket(1).Parts);
        day.When(new CallNext(Two)).Then(Opened(Two), Called(1, Two)).Later(3).When(new MarkArrived(Two)).Later(6).When(new Finish(Two));
        Assert.Equal(new TicketTimes(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromMinutes(10), true), TicketTimes.Of(day.Ticket(1)));
        Assert.Equal(1, day.Queue.ServedAt(Two));
        Assert.Equal(0, day.Queue.ServedAt(One));
    }

    [Fact]
    public void Its_second_wait_counts_from_there_and_faster()
    {
        var day = ServingAtOne(On(ForPassport(2), Now.AddMinutes(1))).Later(4).When(new Transfer(One, new(Service: Collection))).Later(2);
        Assert.Equal((Id(1), WhyKind.Transferred), (day.Next(One), day.WhyNext(One)?.Kind)); // Six points against five.
    }

    [Fact]
    public void Who_was_sent_on_before_being_seen_at_the_counter_keeps_the_first_wait()
    {
        var day = Given(Opened(One), ForPassport(1), ForPassport(2), Called(1, One)).Later(4)
            .When(new Transfer(One, new(Service: Collection)));
        Assert.Equal(Id(1), day.Later(1).Next(One));
    }

    [Fact]
    public void To_a_counter_only_that_counter_calls_it()
    {
        var day = ServingAtOne(Opened(Three)).When(new Transfer(One, new(Counter: Three))).Then(Sent(new(Counter: Three)));
        day.When(new CallNext(One)).ThenRefused(Refusal.NobodyWaiting);
        Assert.Equal(WhyKind.SentHere, day.WhyNext(Three)?.Kind);
        day.When(new CallNext(Three)).Then(Called(1, Three));
    }

    [Fact]
    public void Even_a_counter_that_does_not_give_the_service_calls_who_was_sent_there() =>
        ServingAtOne(Opened(Two)).When(new Transfer(One, new(Counter: Two))).When(new CallNext(Two)).Then(Called(1, Two));

    [Fact]
    public void A_counter_on_pause_keeps_who_was_sent_there() =>
        ServingAtOne(Opened(Three), new PresenceChanged(Three, Presence.Pause, Now)).When(new Transfer(One, new(Counter: Three)))
            .When(new CallNext(One)).ThenRefused(Refusal.NobodyWaiting);

    [Fact]
    public void When_the_counter_closes_the_ticket_is_everybodys() =>
        ServingAtOne(Opened(Three)).When(new Transfer(One, new(Counter: Three))).When(new CloseCounter(Three)).When(new CallNext(One))
            .Then(Called(1, One));

    [Fact]
    public void When_the_counter_leaves_the_configuration_the_ticket_is_everybodys()
    {
        var past = ServingAtOne(Opened(Three)).When(new Transfer(One, new(Counter: Three))).Queue;
        var without = SettingWith(Area with { Counters = [.. Area.Counters.Take(2)] });
        Assert.Equal(Id(1), past.NextFor(One, without, Now)?.Ticket.Id);
    }

    [Fact]
    public void To_a_clerk_it_follows_the_clerk_from_counter_to_counter()
    {
        var day = ServingAtOne(Opened(Two), new ClerkLoggedIn(Two, Bert, null, Now)).When(new Transfer(One, new(Clerk: Bert)))
            .Then(Sent(new(Clerk: Bert)));
        Assert.Equal((Id(1), null), (day.Next(Two), day.Next(Three)));
        day.When(new LogIn(Three, Bert) { Move = true });
        Assert.Equal(((TicketId?)null, Id(1)), (day.Next(One), day.Next(Three)));
    }

    [Fact]
    public void When_the_clerk_goes_home_the_ticket_is_everybodys() =>
        ServingAtOne(Opened(Two), new ClerkLoggedIn(Two, Bert, null, Now)).When(new Transfer(One, new(Clerk: Bert)))
            .When(new CloseCounter(Two)).When(new CallNext(One)).Then(Called(1, One));

    [Fact]
    public void A_clerk_who_sits_nowhere_gets_nobody() => ServingAtOne().When(new Transfer(One, new(Clerk: Bert)))
        .ThenRefused(Refusal.ClerkNotHere);

    public static TheoryData<TransferTarget> FromHereToHere =>
        [new TransferTarget(), new TransferTarget(Counter: One), new TransferTarget(Clerk: Anna), new TransferTarget("hall"),
            new TransferTarget(Counter: new("9")), new TransferTarget("cellar")];

    [Theory, MemberData(nameof(FromHereToHere))]
    public void A_ticket_is_not_sent_where_it_is_nor_where_nothing_is(TransferTarget to) =>
        ServingAtOne(new ClerkLoggedIn(One, Anna, null, Now)).When(new Transfer(One, to)).ThenRefused(Refusal.UnknownTarget);

    [Fact]
    public void To_a_service_nobody_knows_nothing_is_sent() => ServingAtOne().When(new Transfer(One, new(Service: new("dog"))))
        .ThenRefused(Refusal.UnknownService);

    [Fact]
    public void A_ticket_with_several_services_does_one_after_the_other()
    {
        var day = Given(Opened(Three)).When(Take(1, Passport) with { Also = [Residence, Passport, Residence] })
            .Then(Taken(1, 'A', 1, Passport), new ServicesChosen(Id(1), [Residence], Now))
            .When(new CallNext(Three)).Then(Called(1, Three)).Later(1).When(new MarkArrived(Three)).Later(5)
            .When(new SwitchService(Three, Residence)).Then(new ServiceSwitched(Id(1), Three, Residence, Now));
        Assert.Equal((Residence, 0), (day.Ticket(1).Service, day.Ticket(1).Also.Count));
        day.Later(7).When(new Finish(Three) { Given = [new(Passport, 3), new(Residence, 1)] })
            .Then(new ServicesGiven(Id(1), Three, [new(Passport, 3), new(Residence, 1)], Now), Served(1, Three));
        Assert.Equal(new TicketTimes(TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(12), true),
            TicketTimes.Of(day.Ticket(1)));
        Assert.Equal([(Passport, TimeSpan.FromMinutes(5)), (Residence, TimeSpan.FromMinutes(7))],
            day.Ticket(1).Parts.Select(p => (p.Service, p.ServiceTime ?? default)));
    }

    [Fact]
    public void Going_on_with_another_service_says_that_the_citizen_is_here() =>
        Given(Opened(Three), ForPassport(1), Called(1, Three)).When(new SwitchService(Three, Residence))
            .Then(Arrived(1, Three), new ServiceSwitched(Id(1), Three, Residence, Now));

    [Fact]
    public void Going_on_with_the_same_service_changes_nothing() => ServingAtOne().When(new SwitchService(One, Passport)).Then();

    [Fact]
    public void A_wish_that_begins_elsewhere_is_no_further_wish_and_the_others_go_along()
    {
        var day = Given(Opened(One), ForPassport(1), new ServicesChosen(Id(1), [Residence, Collection], Now), Called(1, One),
            Arrived(1, One));
        Assert.Equal([Residence, Collection], day.When(new Transfer(One, new(Counter: Three))).Ticket(1).Also);
        day.When(new CallTicket(One, Id(1))).When(new Transfer(One, new(Service: Residence)));
        Assert.Equal(Residence, day.Ticket(1).Service);
        Assert.Equal([Collection], day.Ticket(1).Also);
    }

    [Fact]
    public void No_area_takes_over_a_wish_that_it_cannot_give()
    {
        OfferTransfer offer = new(Id(1), Code(1), new('K', 1), Passport, "de", "upstairs", Now.AddMinutes(-9), Attempt: 1)
        {
            Also = [new("vehicle"), Residence, Passport, new("marriage")],
        };
        Assert.Equal([Residence], Given().When(offer).Ticket(1).Also);
        Assert.Empty(Given().When(offer with { Also = [new("vehicle")] }).Ticket(1).Also);
    }

    public static TheoryData<TransferTarget> Kept => [new TransferTarget(Counter: Three), new TransferTarget(Clerk: new("anna"))];

    [Theory, MemberData(nameof(Kept))]
    public void A_ticket_kept_for_one_counter_or_clerk_is_free_for_all_after_the_time_that_the_office_sets(TransferTarget to)
    {
        QueueDay Sent(int minutes) => Under(new() { KeptMinutes = minutes }, Opened(One), Opened(Three),
            new ClerkLoggedIn(Three, new("anna"), null, Now), ForPassport(1), Called(1, One), Arrived(1, One))
            .Later(5).When(new Transfer(One, to));
        var day = Sent(10).Later(10);
        Assert.Equal((null, Id(1)), (day.Next(One), day.Next(Three)));
        day.Later(seconds: 1);
        Assert.Equal((Id(1), Id(1)), (day.Next(One), day.Next(Three)));
        day.When(new CallNext(One)).Then(Called(1, One));
        Assert.Null(Sent(0).Later(600).Next(One)); // 0: for ever, as long as somebody is there.
    }
}
