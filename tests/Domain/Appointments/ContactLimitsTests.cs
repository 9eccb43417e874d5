using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Appointments.ContactLimitsCommand;

namespace Aufruf.Tests.Domain.Appointments;

/// <summary>One contact has a few appointments to come, in all offices of the authority together.</summary>
public class ContactLimitsTests
{
    private const string Anna = "a1", Bert = "b2";
    private ContactLimits _limits = ContactLimits.Empty;
    private DateTimeOffset _now = SmallOffice.Nine;

    private Refusal? When(ContactLimitsCommand command, int events = 1)
    {
        var decision = _limits.Decide(command, _now);
        Assert.Equal(decision.Refusal is null ? events : 0, decision.Events.Count);
        _limits = decision.Events.Aggregate(_limits, (limits, happened) => limits.Apply(happened));
        return decision.Refusal;
    }

    private Count Counted(string contact, int n, int minutes = 60, int most = 2) =>
        new(contact, new(BookingWeek.Id(n), BookingWeek.Key, SmallOffice.Nine.AddMinutes(minutes)), most);

    [Fact]
    public void A_third_appointment_is_refused_and_another_contact_is_not_concerned()
    {
        Assert.Null(When(Counted(Anna, 1)));
        Assert.Null(When(Counted(Anna, 2)));
        Assert.Equal(Refusal.TooManyAppointments, When(Counted(Anna, 3)));
        Assert.Null(When(Counted(Bert, 4)));
    }

    [Fact]
    public void The_same_appointment_counts_once_however_often_it_is_moved()
    {
        Assert.Null(When(Counted(Anna, 1)));
        Assert.Null(When(Counted(Anna, 1), events: 0)); // A repeat.
        Assert.Null(When(Counted(Anna, 2)));
        Assert.Null(When(Counted(Anna, 1, minutes: 600)));
        Assert.Equal(2, _limits.Of(Anna, _now).Count());
    }

    [Fact]
    public void A_cancelled_appointment_and_one_that_is_over_count_no_more()
    {
        When(Counted(Anna, 1));
        When(Counted(Anna, 2, minutes: 90));
        Assert.Null(When(new Uncount(Anna, BookingWeek.Id(1))));
        Assert.Null(When(new Uncount(Anna, BookingWeek.Id(1)), events: 0));
        Assert.Null(When(Counted(Anna, 3)));
        _now = _now.AddMinutes(60);
        Assert.Null(When(Counted(Anna, 4, minutes: 120)));
    }

    [Fact]
    public void Staff_count_without_a_limit() =>
        Assert.All(Enumerable.Range(1, 9), n => Assert.Null(When(Counted(Anna, n, most: int.MaxValue))));

    [Fact]
    public void A_contact_with_nothing_to_come_is_forgotten()
    {
        When(Counted(Anna, 1));
        When(Counted(Bert, 2, minutes: 90));
        _now = _now.AddMinutes(61);
        When(Counted("c3", 3, minutes: 90));
        Assert.Equal([Bert, "c3"], _limits.ByContact.Keys.Order());
    }

    [Fact]
    public void A_rush_is_shared_among_many_streams() =>
        Assert.Equal("contact-limits/town.a1", ContactLimits.StreamOf("town", "a1b2c3"));
}
