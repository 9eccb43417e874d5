using Aufruf.Domain;
using Aufruf.Domain.Queues;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Hub;

/// <summary>A press that comes again calls nobody else.</summary>
public sealed partial class FurtherQueuesTests
{
    [Fact]
    public async Task A_press_that_fetched_somebody_and_comes_again_too_late_is_not_recorded_as_ignored()
    {
        await SitAsync(One, Anna);
        var ticket = await TakeAsync(Stairs, Vehicle);
        var press = Guid.NewGuid();
        Assert.Null((await Press(One, press)).Refusal);
        Assert.Null((await _queues.HandleAsync(Key, new(press), new IgnorePress(One, Refusal.TooLate))).Refusal);
        Assert.Equal(ticket, (await Today(Key)).VisitAt(One)?.Id);
    }

    [Fact]
    public async Task A_press_that_fetched_somebody_who_went_home_again_fetches_nobody_else()
    {
        await SitAsync(One, Anna);
        await TakeAsync(Stairs, Vehicle);
        var press = Guid.NewGuid();
        Assert.Null((await Press(One, press)).Refusal);
        Assert.Null((await _queues.HandleAsync(Key, new(Guid.NewGuid()), new UndoStep(One))).Refusal);
        await CarryTransfersAsync();
        await Press(One, press);
        Assert.Null((await Today(Key)).VisitAt(One));
    }

    [Fact]
    public async Task A_repeated_press_that_called_somebody_here_fetches_nobody_from_the_other_floor()
    {
        await SitAsync(One, Anna);
        var own = await TakeAsync(Key, Passport);
        await TakeAsync(Stairs, Vehicle);
        var press = Guid.NewGuid();
        Assert.Null((await Press(One, press)).Refusal);
        Assert.Null((await Press(One, press)).Refusal);
        Assert.Equal(own, (await Today(Key)).VisitAt(One)?.Id);
        Assert.Equal(1, (await Today(Stairs)).Waiting.Count);
    }

    [Fact]
    public async Task A_repeated_press_for_a_kept_ticket_is_answered_as_before()
    {
        await SitAsync(One, Anna, profile: null);
        var kept = await TakeAsync(Stairs, Vehicle);
        await _inner.HandleAsync(Stairs, new(Guid.NewGuid()), new LogIn(new("21"), Anna));
        Assert.Null((await _inner.HandleAsync(Stairs, new(Guid.NewGuid()), new SendOn(kept, new(Clerk: Anna), Bert))).Refusal);
        await _inner.HandleAsync(Stairs, new(Guid.NewGuid()), new CloseCounter(new("21")));
        var press = Guid.NewGuid();
        Assert.Null((await Press(One, press)).Refusal);
        Assert.Null((await Press(One, press)).Refusal);
        Assert.Equal(kept, (await Today(Key)).VisitAt(One)?.Id);
    }
}
