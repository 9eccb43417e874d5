using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Api;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Hub;

/// <summary>Slips of hands and programs at the desk's API.</summary>
public sealed class DeskHandsTests : IDisposable
{
    private readonly DeskApi _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task A_call_over_a_citizen_who_never_arrived_has_to_say_what_became_of_them()
    {
        var (first, second) = (await _api.JoinAsync(), await _api.JoinAsync());
        await _api.ActAsync("1", "call", DeskApi.Request() with { Ticket = new(first) });
        var over = DeskApi.Request() with { Ticket = new(second) };
        Assert.Equal("409 outcome-unknown", await _api.ActAsync("1", "call", over));
        Assert.Equal("409 outcome-unknown", await _api.ActAsync("1", "call-next"));
        Assert.IsType<CounterAnswer>(await _api.ActAsync("1", "call", over with { Became = VisitOutcome.Missed }));
        Assert.Equal((1, TicketState.Called), ((await _api.TicketAsync(first)).Misses, (await _api.TicketAsync(second)).State));
    }

    [Fact]
    public async Task One_request_id_is_one_command_wherever_it_was_used_first()
    {
        var (first, second) = (await _api.JoinAsync(), await _api.JoinAsync());
        var call = DeskApi.Request() with { Ticket = new(first) };
        var answer = Assert.IsType<CounterAnswer>(await _api.ActAsync("1", "call", call));
        Assert.Equal(answer.Version, Assert.IsType<CounterAnswer>(await _api.ActAsync("1", "call", call)).Version);
        Assert.Equal(answer.Version, // The same command from a screen that has changed since.
            Assert.IsType<CounterAnswer>(await _api.ActAsync("1", "call", call with { Seen = 1 })).Version);

        Assert.Equal("409 request-reused", await _api.ActAsync("3", "call", call)); // Another counter,
        Assert.Equal("409 request-reused", await _api.ActAsync("1", "call", call with { Ticket = new(second) })); // ticket,
        Assert.Equal("409 request-reused", await _api.ActAsync("1", "finish", new(call.RequestId))); // action,
        Assert.Equal("409 request-reused", await _api.OfTicketAsync(second, "cancel", new(call.RequestId))); // or about a ticket,
        Assert.Equal("409 request-reused", await _api.TakeAsync(new(call.RequestId, "passport", "de"))); // or at the kiosk.
        Assert.Equal("409 request-reused", await _api.TakeAsync(new(first, "residence", "de")));
        Assert.Equal("409 request-reused", await _api.ActAsync("1", "recall", new(first)));
        Assert.Equal(TicketState.Called, (await _api.TicketAsync(first)).State);
        Assert.Equal(TicketState.Waiting, (await _api.TicketAsync(second)).State);
    }

    [Fact]
    public async Task Finishing_says_which_services_are_still_open()
    {
        var request = new EnterTicketRequest(Guid.NewGuid(), SmallOffice.Passport, "de")
        {
            Also = [SmallOffice.Residence, SmallOffice.Collection],
        };
        async Task<IReadOnlyList<ServiceId>> EndingAsync(string action, CounterRequest? ending = null)
        {
            await _api.EnterAsync(request with { RequestId = Guid.NewGuid() });
            await _api.ActAsync("1", "call-next");
            await _api.ActAsync("1", "arrived");
            if (action is not "finish")
            {
                await _api.JoinAsync();
            }

            return Assert.IsType<CounterAnswer>(await _api.ActAsync("1", action, ending)).StillWished;
        }

        Assert.Equal([SmallOffice.Residence, SmallOffice.Collection], await EndingAsync("finish"));
        Assert.Equal([SmallOffice.Collection], await EndingAsync("finish",
            DeskApi.Request() with { Given = [new(SmallOffice.Passport, 1), new(SmallOffice.Residence, 1)], ForPickup = true }));
        Assert.Equal([SmallOffice.Residence, SmallOffice.Collection], await EndingAsync("call-next"));
    }
}
