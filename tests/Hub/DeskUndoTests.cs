using Aufruf.Domain.Queues;
using Aufruf.Hub.Api;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Hub;

/// <summary>A desk takes back a transfer to another area.</summary>
public sealed class DeskUndoTests : IDisposable
{
    private readonly DeskApi _api = new();

    public void Dispose() => _api.Dispose();

    private async Task<(Guid Ticket, CounterRequest Undo)> SentToTheFloorAsync()
    {
        var id = await _api.JoinAsync();
        await _api.ActAsync("1", "call-next");
        await _api.ActAsync("1", "arrived");
        Assert.IsType<CounterAnswer>(await _api.ActAsync("1", "transfer",
            DeskApi.Request() with { To = new(Area: "floor", Service: TwoAreas.Marriage) }));
        return (id, DeskApi.Request());
    }

    [Fact]
    public async Task A_transfer_to_another_area_is_taken_back_wherever_the_hub_died()
    {
        var (id, undo) = await SentToTheFloorAsync();
        // The withdrawal stands in the journal, and the hub died before the other area had it. The desk repeats its request.
        var withdrawn = await _api.Queues.HandleAsync(SmallOffice.Key, new(undo.RequestId),
            new QueueCommand.UndoStep(SmallOffice.One) { By = new("anna") });
        Assert.IsType<QueueEvent.TransferWithdrawn>(Assert.Single(withdrawn.Events));
        Assert.Equal(TicketState.Transferred, (await _api.TicketAsync(id)).State);
        _api.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<CounterAnswer>(await _api.ActAsync("1", "undo", undo));
        Assert.IsType<CounterAnswer>(await _api.ActAsync("1", "undo", undo)); // The answer was lost.
        Assert.Equal((TicketState.Serving, id), ((await _api.TicketAsync(id)).State,
            (await _api.QueueAsync()).At(SmallOffice.One).Ticket?.Value));
        Assert.DoesNotContain((await _api.QueueAsync(TwoAreas.FloorKey)).Tickets.Values, t => t.Alive);
    }

    [Fact]
    public async Task A_ticket_that_was_called_in_the_other_area_stays_there_and_the_desk_says_why()
    {
        var (id, undo) = await SentToTheFloorAsync();
        var (_, offer) = Assert.Single((await _api.QueueAsync()).OpenOffers);
        await _api.Queues.HandleAsync(TwoAreas.FloorKey, new(Guid.NewGuid()), offer);
        Assert.IsType<CounterAnswer>(await _api.ActAsync("11", "call-next", area: "town.rathaus.floor", clerk: DeskApi.Clerk("bert")));
        Assert.Equal("409 called-there", await _api.ActAsync("1", "undo", undo));
        Assert.Equal("409 called-there", await _api.ActAsync("1", "undo", undo));
        Assert.Equal(TicketState.Transferred, (await _api.TicketAsync(id)).State);
        Assert.Empty((await _api.QueueAsync()).OpenWithdrawals);
    }
}
