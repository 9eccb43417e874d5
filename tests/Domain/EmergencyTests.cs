using Aufruf.Domain;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;
using static Aufruf.Tests.Domain.QueueDay;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Domain;

/// <summary>A clerk needs help: who calls, who comes, over.</summary>
public class EmergencyTests
{
    private static readonly EmergencyRaised Raised = new(One, Now);

    [Fact]
    public void Help_is_called_for_accepted_and_over()
    {
        var day = Given().When(new RaiseEmergency(One)).Then(Raised).When(new AcceptEmergency(One, Three)).Then(new EmergencyAccepted(One, Three, Now));
        Assert.Equal([Three], day.Queue.Emergencies[One].Coming);
        Assert.Empty(day.When(new EndEmergency(One)).Then(new EmergencyEnded(One, Now)).Queue.Emergencies);
    }

    [Fact]
    public void Calling_twice_is_one_call() => Given(Raised).When(new RaiseEmergency(One)).Then();

    [Fact]
    public void Coming_twice_is_coming_once() => Given(Raised, new EmergencyAccepted(One, Three, Now)).When(new AcceptEmergency(One, Three)).Then();

    [Fact]
    public void Several_may_come_also_from_another_floor() =>
        Assert.Equal([Three, new("21")], Given(Raised).When(new AcceptEmergency(One, Three)).When(new AcceptEmergency(One, new("21"))).Queue.Emergencies[One].Coming);

    [Fact]
    public void Nobody_comes_from_a_counter_the_office_does_not_have() => Given(Raised).When(new AcceptEmergency(One, new("77"))).ThenRefused(Refusal.UnknownCounter);

    [Fact]
    public void Where_nobody_called_there_is_nothing_to_accept_or_end()
    {
        Given().When(new AcceptEmergency(One, Three)).ThenRefused(Refusal.NoEmergency);
        Given().When(new EndEmergency(One)).ThenRefused(Refusal.NoEmergency);
    }

    [Fact]
    public void Help_is_called_from_a_closed_counter_and_after_the_days_end_too() => Given(new DayEnded(Now)).When(new RaiseEmergency(One)).Then(Raised);

    [Fact]
    public void A_call_for_help_changes_nothing_at_the_counter()
    {
        var day = Given(Opened(One), ForPassport(1), Called(1, One));
        Assert.Equal(day.Queue.At(One), day.When(new RaiseEmergency(One)).Queue.At(One));
    }

    [Fact]
    public void A_call_from_a_counter_that_left_the_configuration_can_still_be_ended() =>
        QueueDay.At(Area with { Counters = [.. Area.Counters.Skip(1)] }, Raised).When(new EndEmergency(One)).Then(new EmergencyEnded(One, Now));
}
