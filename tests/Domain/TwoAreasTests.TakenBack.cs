using Aufruf.Domain;
using Aufruf.Domain.Queues;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;
using static Aufruf.Tests.Domain.QueueDay;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Domain;

/// <summary>A ticket that was sent to the other area is taken back.</summary>
public partial class TwoAreasTests
{
    private ReleaseTransfer TakeBack()
    {
        Assert.IsType<TransferWithdrawn>(Assert.Single(InHall(new UndoStep(One)).Events));
        return Assert.Single(_hall.OpenWithdrawals).Release;
    }

    /// <summary>The message to the other area, and its answer.</summary>
    private Refusal? Deliver(ReleaseTransfer release)
    {
        var refusal = Above(release).Refusal;
        InHall(new CloseWithdrawal(release.Ticket, refusal is null ? TransferState.Rejected : TransferState.Accepted, release.Attempt));
        return refusal;
    }

    [Theory, InlineData(false, false), InlineData(true, false), InlineData(true, true)]
    public void It_is_taken_back_to_its_counter_whether_or_not_it_has_arrived(bool hasArrived, bool isClosed)
    {
        var before = _hall;
        var offer = SendUp();
        if (hasArrived)
        {
            Above(offer);
        }

        if (isClosed)
        {
            InHall(new CloseTransfer(Id(1), TransferState.Accepted, offer.Attempt));
        }

        _now = _now.AddSeconds(10);
        var release = TakeBack();
        Assert.False(_hall.Tickets[Id(1)].Alive); // Not before the other area has given it back.
        Assert.Null(Deliver(release));
        Assert.Equal(before.Tickets[Id(1)] with { Changes = 0 }, _hall.Tickets[Id(1)] with { Changes = 0, Transfer = null });
        Assert.Equal((Id(1), 1), (_hall.At(One).Ticket, Living));

        // Every message once more, in any order: late offers and answers change nothing.
        Above(offer);
        Above(release);
        InHall(new CloseTransfer(Id(1), TransferState.Accepted, offer.Attempt));
        InHall(new CloseTransfer(Id(1), TransferState.Rejected, offer.Attempt));
        InHall(new CloseWithdrawal(Id(1), TransferState.Rejected, offer.Attempt));
        Assert.Equal((Id(1), 1), (_hall.At(One).Ticket, Living));

        // And it can be sent again.
        Above(SendUp());
        Assert.Equal((null, 1, TicketState.Waiting), (_hall.At(One).Ticket, Living, _upstairs.Tickets[Id(1)].State));
    }

    [Fact]
    public void Once_it_was_called_upstairs_it_stays_there()
    {
        Above(SendUp());
        Above(new CallNext(TwentyOne));
        Assert.Equal(Refusal.CalledThere, Deliver(TakeBack()));
        Assert.Equal((1, TicketState.Called, null), (Living, _upstairs.Tickets[Id(1)].State, _hall.At(One).Ticket));
        Assert.Empty(_hall.OpenWithdrawals);
        _now = _now.AddSeconds(11);
        Assert.Equal(Refusal.NothingToUndo, InHall(new UndoStep(One)).Refusal);
    }

    [Fact]
    public void After_ten_seconds_it_stays_upstairs()
    {
        Above(SendUp());
        _now = _now.AddSeconds(11);
        Assert.Equal(Refusal.NothingToUndo, InHall(new UndoStep(One)).Refusal);
    }

    [Fact]
    public void When_its_counter_has_gone_on_it_waits_here_at_its_place()
    {
        _hall = _hall.Apply(ForPassport(2));
        Above(SendUp());
        var release = TakeBack();
        InHall(new CallNext(One)); // The answer comes after a crash.
        Assert.Null(Deliver(release));
        Assert.Equal((TicketState.Waiting, Now, Id(2)), (_hall.Tickets[Id(1)].State, _hall.Tickets[Id(1)].DueAt, _hall.At(One).Ticket));
    }

    [Fact]
    public void When_the_day_ends_in_between_it_ends_once()
    {
        Above(SendUp());
        var release = TakeBack();
        InHall(new EndDay());
        Assert.Null(Deliver(release));
        Assert.Equal((TicketState.Expired, 0), (_hall.Tickets[Id(1)].State, Living));
        Assert.Empty(_hall.OpenWithdrawals);
    }

    [Fact]
    public void What_was_refused_upstairs_waits_here_and_comes_back_to_its_counter()
    {
        _upstairs = _upstairs.Apply(new TransferAccepted(Id(7), Code(7), new('A', 1), Vehicle, "de", "cellar", Now, null, null, 1, Now));
        var offer = SendUp();
        Assert.Equal(Refusal.NumberTaken, Above(offer).Refusal);
        InHall(new CloseTransfer(Id(1), TransferState.Rejected, offer.Attempt));
        Assert.IsType<StepUndone>(Assert.Single(InHall(new UndoStep(One)).Events));
        Assert.Equal((TicketState.Serving, 1), (_hall.Tickets[Id(1)].State, Living));
    }
}
