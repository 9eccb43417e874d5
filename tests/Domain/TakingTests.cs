using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;
using static Aufruf.Tests.Domain.QueueDay;

namespace Aufruf.Tests.Domain;

public class TakingTests
{
    [Fact]
    public void The_first_ticket_of_the_day_is_A001() =>
        Given().When(Take(1, SmallOffice.Passport)).Then(Taken(1, 'A', 1, SmallOffice.Passport));

    [Fact]
    public void Services_that_share_a_letter_share_its_numbers() =>
        Given(ForPassport(1)).When(Take(2, SmallOffice.Collection)).Then(Taken(2, 'A', 2, SmallOffice.Collection));

    [Fact]
    public void Each_letter_counts_for_itself() =>
        Given(ForPassport(1), ForPassport(2)).When(Take(3, SmallOffice.Residence)).Then(Taken(3, 'C', 1, SmallOffice.Residence));

    [Fact]
    public void A_service_the_office_does_not_offer_gives_no_ticket() =>
        Given().When(Take(1, new ServiceId("dog-licence"))).ThenRefused(Refusal.UnknownService);

    [Fact]
    public void The_language_of_the_slip_is_remembered()
    {
        var day = Given().When(new TakeTicket(Id(1), Code(1), SmallOffice.Passport, "en"));
        Assert.Equal("en", day.Queue.Tickets[Id(1)].Language);
    }

    [Fact]
    public void After_A999_comes_A001_again() =>
        Given(Taken(1, 'A', 999, SmallOffice.Passport)).When(Take(2, SmallOffice.Passport)).Then(Taken(2, 'A', 1, SmallOffice.Passport));

    [Fact]
    public void A_number_that_still_waits_is_skipped() =>
        Given(Taken(1, 'A', 1, SmallOffice.Passport), Taken(2, 'A', 2, SmallOffice.Passport), Taken(3, 'A', 999, SmallOffice.Passport))
            .When(Take(4, SmallOffice.Passport)).Then(Taken(4, 'A', 3, SmallOffice.Passport));

    [Fact]
    public void A_number_at_a_counter_is_not_given_again() =>
        Given(Taken(1, 'A', 1, SmallOffice.Passport), Called(1, SmallOffice.One), Taken(2, 'A', 999, SmallOffice.Passport))
            .When(Take(3, SmallOffice.Passport)).Then(Taken(3, 'A', 2, SmallOffice.Passport));

    [Fact]
    public void A_number_that_was_served_may_be_given_again() =>
        Given(Taken(1, 'A', 1, SmallOffice.Passport), Called(1, SmallOffice.One), Served(1, SmallOffice.One),
            Taken(2, 'A', 999, SmallOffice.Passport))
            .When(Take(3, SmallOffice.Passport)).Then(Taken(3, 'A', 1, SmallOffice.Passport));

    [Fact]
    public void When_all_999_numbers_are_alive_no_ticket_is_given() =>
        Given(Enumerable.Range(1, 999).Select(ForPassport)).When(Take(1000, SmallOffice.Passport)).ThenRefused(Refusal.NoNumberLeft);

    [Fact]
    public void When_all_numbers_of_one_letter_are_alive_the_others_go_on() =>
        Given(Enumerable.Range(1, 999).Select(ForPassport)).When(Take(1000, SmallOffice.Residence))
            .Then(Taken(1000, 'C', 1, SmallOffice.Residence));

    [Fact]
    public void The_last_free_number_is_found_wherever_it_is() =>
        Given([.. Enumerable.Range(1, 999).Select(ForPassport), Called(500, SmallOffice.One), Missed(500, SmallOffice.One)])
            .When(Take(1000, SmallOffice.Collection)).Then(Taken(1000, 'A', 500, SmallOffice.Collection));

    [Fact]
    public void A_command_for_a_ticket_that_came_too_late_is_recorded_and_gives_none()
    {
        var day = Given().When(new IgnoreTicket(SmallOffice.Passport, Refusal.TooLate))
            .ThenRefused(Refusal.TooLate, new TicketIgnored(SmallOffice.Passport, Refusal.TooLate, Now));
        Assert.Empty(day.Queue.Tickets);
    }

    [Fact]
    public void A_press_at_a_printer_that_waited_in_a_hub_that_stood_still_gives_no_ticket() =>
        Given().When(Take(1, SmallOffice.Passport) with { NotAfter = Now.AddSeconds(-1) })
            .ThenRefused(Refusal.TooLate, new TicketIgnored(SmallOffice.Passport, Refusal.TooLate, Now));

    [Fact]
    public void A_ticket_is_found_by_the_code_on_its_slip()
    {
        var queue = Given(ForPassport(1), ForPassport(2)).Queue;
        Assert.Equal(Id(2), queue.Find(Code(2))?.Id);
        Assert.Null(queue.Find(new TicketCode("guessed")));
    }

    [Fact]
    public void A_ticket_code_never_reaches_a_log() => Assert.DoesNotContain("code-1", Code(1).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData(1, "A001")]
    [InlineData(42, "A042")]
    [InlineData(999, "A999")]
    public void A_number_is_a_letter_and_three_digits(int value, string text) =>
        Assert.Equal(text, new TicketNumber('A', value).ToString());
}
