using Aufruf.Domain;
using Aufruf.Domain.Forecasts;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Domain.Reports;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;
using static Aufruf.Tests.Domain.QueueDay;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Domain;

/// <summary>Numbers that citizens take at home: a place in the line from then on, and no call before they are here.</summary>
public class HomeTicketTests
{
    private static readonly ClerkId Anna = new("anna");

    private static readonly WaitingArea Hall = Area with { HomeTickets = new(20, 2) };

    private static TakeAtHome AtHome(int n) => new(Id(n), Code(n), Passport, "de");

    private static TicketTakenAtHome TakenHome(int n) =>
        new(Id(n), Code(n), new('A', n), Passport, "de", Now.AddMinutes(20), Now.AddMinutes(50), Now);

    private static CameIn Came(int n) => new(Id(n), null, Now);

    private static QueueDay Day(params IEnumerable<QueueEvent> past) => At(Hall, [Opened(One), .. past]);

    [Fact]
    public void A_number_taken_at_home_says_when_it_is_called_at_the_earliest_and_until_when_it_is_kept()
    {
        var day = At(Hall).When(AtHome(1)).Then(TakenHome(1));
        Assert.Equal((TicketState.Coming, 0, 1), (day.Ticket(1).State, day.Queue.Waiting.Count, day.Queue.Coming.Count));
        day.When(AtHome(1)).Then(); // A repeat gives no second one.
    }

    [Fact]
    public void In_a_long_queue_it_is_kept_until_after_the_probable_call_but_not_after_closing()
    {
        At(Hall).When(AtHome(1) with { Wait = new(40, 60, 89.5) }).Then(TakenHome(1) with { ArriveBy = Now.AddMinutes(120) });
        var setting = new Setting(SmallOffice.Office with { Hours = HoursOf.Week("08:00-10:30"), Areas = [Hall] }, Hall);
        var taken = Assert.IsType<TicketTakenAtHome>(Assert.Single(
            Queue.Empty(Key).Decide(AtHome(1) with { Wait = new(40, 60, 89.5) }, setting, Now).Events));
        Assert.Equal(Now.AddMinutes(90), taken.ArriveBy);
    }

    [Fact]
    public void A_number_whose_citizen_never_came_leaves_its_part_of_the_daily_cap_to_others()
    {
        var capped = Hall with { Services = [.. Hall.Services.Select(s => s.Id == Passport ? s with { DailyCap = 1 } : s)] };
        At(capped, TakenHome(1)).When(Take(2, Passport)).ThenRefused(Refusal.CapReached);
        At(capped, TakenHome(1)).When(new Cancel(Id(1))).When(Take(2, Passport)).Then(Taken(2, 'A', 2, Passport));
        var lapsed = At(capped, TakenHome(1)).Later(60).When(new EndLate());
        Assert.Equal(0, QueueSnapshot.Of(lapsed.Queue).Restore().TakenFor(Passport));
        lapsed.When(new Reactivate(Id(1))).When(Take(2, Passport)).ThenRefused(Refusal.CapReached); // The citizen came after all.
        At(capped, TakenHome(1)).When(new ComeIn(Id(1))).When(new Cancel(Id(1))).When(Take(2, Passport)).ThenRefused(Refusal.CapReached);
        At(capped, Taken(1, 'A', 1, Passport)).When(new Cancel(Id(1))).When(Take(2, Passport)).ThenRefused(Refusal.CapReached);
    }

    [Fact]
    public void Why_no_number_is_given_is_said_each_with_its_reason()
    {
        At(Area).When(AtHome(1)).ThenRefused(Refusal.NoHomeTickets);
        At(Hall).When(AtHome(1) with { Service = new("cars") }).ThenRefused(Refusal.UnknownService);
        At(Hall, new ServiceStopped(Passport, StopKind.ByClerk, Now)).When(AtHome(1)).ThenRefused(Refusal.ServiceStopped);
        At(Hall, new DayEnded(Now)).When(AtHome(1)).ThenRefused(Refusal.DayIsOver);
        At(Hall).Later(minutes: (15 * 60) - 10).When(AtHome(1)).ThenRefused(Refusal.TicketsEnded); // Called after midnight.
        Assert.Equal(Refusal.OfficeClosed, Hours("10:00-12:00"));
        Assert.Equal(Refusal.TicketsEnded, Hours("08:00-09:20"));
        Assert.Null(Hours("08:00-09:21"));

        static Refusal? Hours(string span) => Queue.Empty(Key).Decide(AtHome(1),
            new(SmallOffice.Office with { Hours = HoursOf.Week(span), Areas = [Hall] }, Hall), Now).Refusal;
    }

    [Fact]
    public void The_cap_counts_those_on_their_way_and_says_when_the_next_number_is_free()
    {
        var day = Day(TakenHome(1), TakenHome(2) with { ArriveBy = Now.AddMinutes(55) }).When(AtHome(3))
            .ThenRefused(Refusal.HomeTicketsOut);
        Assert.Equal(Now.AddMinutes(50), day.Queue.NextHomeTicketAt());
        day.When(new ComeIn(Id(1))).When(AtHome(3));
        Assert.Equal(TicketState.Coming, day.Ticket(3).State);
        day.When(AtHome(4)).ThenRefused(Refusal.HomeTicketsOut);
        day.Later(minutes: 51).When(new EndLate()).When(new EndLate());
        day.When(AtHome(4));
        Assert.Equal([TicketState.Waiting, TicketState.Coming, TicketState.Lapsed, TicketState.Coming],
            Enumerable.Range(1, 4).Select(n => day.Ticket(n).State));
    }

    [Fact]
    public void Nobody_absent_is_called()
    {
        var day = Day(TakenHome(1)).Later(minutes: 30);
        Assert.Null(day.Next(One));
        day.When(new CallNext(One)).ThenRefused(Refusal.NobodyWaiting);
        day.When(new CallTicket(One, Id(1))).ThenRefused(Refusal.NotHereYet);
        day.When(new Resume(One, Id(1))).ThenRefused(Refusal.NotWaiting);
    }

    [Fact]
    public void On_arrival_a_number_from_home_has_the_place_of_the_time_at_which_it_was_taken()
    {
        var day = Day(TakenHome(1), On(ForPassport(2), Now.AddMinutes(5))).Later(minutes: 25);
        Assert.Equal(Id(2), day.Next(One));
        day.When(new ComeIn(Id(1))).Then(Came(1));
        Assert.Equal(Id(1), day.Next(One));
        Assert.Equal(1, day.Queue.AheadOf(day.Ticket(2), day.Setting, day.Time));
    }

    [Fact]
    public void Somebody_who_comes_early_is_not_called_before_the_time_that_was_said()
    {
        var day = Day(TakenHome(1), On(ForPassport(2), Now.AddMinutes(5))).Later(minutes: 10).When(new ComeIn(Id(1))).Then(Came(1));
        Assert.Equal(Id(2), day.Next(One));
        day.When(new CallNext(One)).When(new CallNext(One) { Became = VisitOutcome.Served }).ThenRefused(Refusal.NobodyWaiting);
        day.Later(minutes: 10);
        Assert.Equal(Id(1), day.Next(One));
    }

    [Fact]
    public void A_clock_that_was_ahead_when_the_number_was_taken_lengthens_no_wait()
    {
        var ahead = TakenHome(1);
        var day = Day(ahead with
        {
            At = ahead.At.AddHours(3),
            Earliest = ahead.Earliest.AddHours(3),
            ArriveBy = ahead.ArriveBy.AddHours(3),
        }).When(new ComeIn(Id(1)));
        Assert.Equal(day.Time + (ahead.Earliest - ahead.At), day.Ticket(1).NotBefore);
    }

    [Fact]
    public void A_second_arrival_changes_nothing_and_the_first_is_taken_back_until_the_call()
    {
        var day = Day(TakenHome(1)).Later(minutes: 25).When(new ComeIn(Id(1), Anna)).Then(new CameIn(Id(1), Anna, Now));
        day.When(new ComeIn(Id(1))).Then();
        day.When(new UndoComeIn(Id(1), Anna)).Then(new CameInUndone(Id(1), Anna, Now));
        Assert.Equal((TicketState.Coming, Now, null), (day.Ticket(1).State, day.Ticket(1).HereSince, day.Ticket(1).Home?.CameAt));
        day.When(new UndoComeIn(Id(1), Anna)).Then();
        day.When(new ComeIn(Id(1))).When(new CallNext(One)).When(new UndoComeIn(Id(1), Anna)).ThenRefused(Refusal.NothingToUndo);
    }

    [Fact]
    public void A_citizen_who_does_not_come_in_time_loses_the_number_and_a_clerk_can_still_take_it_up()
    {
        var day = Day(TakenHome(1), On(ForPassport(2), Now.AddMinutes(5))).Later(minutes: 50).When(new EndLate()).Then();
        day.Later(seconds: 1).When(new EndLate()).Then(new TicketLapsed(Id(1), Now));
        Assert.Equal((TicketState.Lapsed, false, 0), (day.Ticket(1).State, day.Ticket(1).KeepsNumber, day.Queue.Coming.Count));
        day.When(new ComeIn(Id(1))).ThenRefused(Refusal.HomeTicketLapsed);
        day.When(new Reactivate(Id(1))).Then(new TicketReactivated(Id(1), Now));
        Assert.Equal((Id(1), day.Time), (day.Next(One), day.Ticket(1).Home?.CameAt));
    }

    /// <summary>A state, and what each command about the ticket becomes there: an event, "nothing", or a refusal's code.</summary>
    private static readonly Dictionary<string, (Func<QueueDay> Given, string[] Outcomes)> States = new()
    {
        ["on the way"] = (() => Day(TakenHome(1)),
            ["CameIn", "nothing", "TicketCancelled", "not-missed", "not-here-yet", "TicketLapsed", "PriorityGiven"]),
        ["here"] = (() => Day(TakenHome(1), Came(1)),
            ["nothing", "CameInUndone", "TicketCancelled", "not-missed", "TicketCalled", "nothing", "PriorityGiven"]),
        ["taken at the office"] = (() => Day(ForPassport(1)),
            ["nothing", "nothing-to-undo", "TicketCancelled", "not-missed", "TicketCalled", "nothing", "PriorityGiven"]),
        ["called"] = (() => Day(TakenHome(1), Came(1), Called(1, One)),
            ["nothing", "nothing-to-undo", "not-waiting", "not-missed", "not-waiting", "nothing", "PriorityGiven"]),
        ["at the counter"] = (() => Day(TakenHome(1), Came(1), Called(1, One), Arrived(1, One)),
            ["nothing", "nothing-to-undo", "not-waiting", "not-missed", "not-waiting", "nothing", "PriorityGiven"]),
        ["parked"] = (() => Day(TakenHome(1), Came(1), Called(1, One), Arrived(1, One), new TicketParked(Id(1), One, null, Now)),
            ["nothing", "nothing-to-undo", "TicketCancelled", "not-missed", "TicketCalled", "nothing", "PriorityGiven"]),
        ["served"] = (() => Day(TakenHome(1), Came(1), Called(1, One), Served(1, One)),
            ["not-waiting", "nothing-to-undo", "not-waiting", "TicketReactivated", "not-waiting", "nothing", "not-waiting"]),
        ["missed"] = (() => Day(TakenHome(1), Came(1), Called(1, One), Missed(1, One)),
            ["not-waiting", "nothing-to-undo", "not-waiting", "TicketReactivated", "not-waiting", "nothing", "not-waiting"]),
        ["lapsed"] = (() => Day(TakenHome(1), new TicketLapsed(Id(1), Now)),
            ["home-ticket-lapsed", "nothing-to-undo", "not-waiting", "TicketReactivated", "not-waiting", "nothing", "not-waiting"]),
        ["cancelled"] = (() => Day(TakenHome(1), new TicketCancelled(Id(1), null, Now)),
            ["not-waiting", "nothing-to-undo", "nothing", "TicketReactivated", "not-waiting", "nothing", "not-waiting"]),
        ["expired"] = (() => Day(TakenHome(1), new TicketExpired(Id(1), Now)),
            ["not-waiting", "nothing-to-undo", "not-waiting", "not-missed", "not-waiting", "nothing", "not-waiting"]),
    };

    public static TheoryData<string> EveryState => [.. States.Keys];

    [Theory, MemberData(nameof(EveryState))]
    public void Every_command_in_every_state(string state)
    {
        var (given, outcomes) = States[state];
        QueueCommand[] commands = [new ComeIn(Id(1)), new UndoComeIn(Id(1), Anna), new Cancel(Id(1)), new Reactivate(Id(1)),
            new CallTicket(Three, Id(1)), new EndLate(), new Prioritise(Id(1), "frail")];
        Assert.Equal(outcomes, commands.Select(command =>
        {
            var day = given().Later(minutes: 51);
            var decision = day.Queue.Decide(command, day.Setting, day.Time);
            return decision.Refusal?.Code ?? (decision.Events is [.., var last] ? last.GetType().Name : "nothing");
        }));
    }

    [Fact]
    public void A_number_that_was_given_back_on_the_way_and_taken_up_again_belongs_to_somebody_who_is_here()
    {
        var day = Day(TakenHome(1)).When(new Cancel(Id(1))).Later(minutes: 5).When(new Reactivate(Id(1)));
        Assert.Equal((TicketState.Waiting, Now.AddMinutes(20), null), (day.Ticket(1).State, day.Ticket(1).NotBefore, day.Next(One)));
    }

    [Fact]
    public void The_day_ends_what_is_still_on_its_way()
    {
        var day = Day(TakenHome(1)).When(new EndDay());
        Assert.Equal((TicketState.Expired, 0), (day.Ticket(1).State, day.Queue.Coming.Count));
    }

    [Fact]
    public void Nobody_waits_at_home_so_reports_count_from_the_arrival_and_name_the_absent()
    {
        var day = Day(TakenHome(1)).Later(minutes: 30).When(new ComeIn(Id(1))).Later(minutes: 4).When(new CallNext(One));
        Assert.Equal(TimeSpan.FromMinutes(4), TicketTimes.Of(day.Ticket(1)).Wait);
        var facts = DayFacts.Of(Key, [TakenHome(1), TakenHome(2),
            On(Came(1), Now.AddMinutes(30)), On(Opened(One), Now.AddMinutes(31)), On(Called(1, One), Now.AddMinutes(34)),
            new TicketLapsed(Id(2), Now.AddMinutes(51))]);
        Assert.Equal([(true, Now.AddMinutes(30), TicketState.Called), (true, Now, TicketState.Lapsed)],
            facts.Tickets.Select(t => (t.FromHome, t.Arrived, t.State)));
        Assert.Equal(TimeSpan.FromMinutes(4), facts.Tickets[0].WaitTime);
    }

    [Fact]
    public void A_forecast_counts_those_on_their_way_less_than_those_who_are_here()
    {
        var times = new ServiceTimes().With(Hall.Services);
        double NewTicket(params QueueEvent[] before)
        {
            var day = Day(before).Later(minutes: 25);
            return Forecast.Of(day.Queue.SituationOf(day.Setting, day.Time), times, seed: 7).ForNew(Passport).Range!.P50;
        }

        var (alone, coming, here) = (NewTicket(), NewTicket(TakenHome(1), TakenHome(2)), NewTicket(ForPassport(1), ForPassport(2)));
        Assert.True(alone < coming && coming < here, $"{alone} {coming} {here}");
    }
}
