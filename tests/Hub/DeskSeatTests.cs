using Aufruf.Domain.Queues;
using Aufruf.Hub.Api;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Hub;

/// <summary>A clerk has one seat, and nobody else acts there.</summary>
public sealed class DeskSeatTests : IDisposable
{
    private readonly DeskApi _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task Who_takes_a_seat_in_one_area_leaves_the_one_in_another()
    {
        await _api.ActAsync("11", "log-in", area: "town.rathaus.floor");
        var request = DeskApi.Request() with { Profile = "residence-first" };
        Assert.Equal("409 seated-elsewhere", await _api.ActAsync("1", "log-in", request)); // Before anything happens.
        Assert.NotNull((await _api.QueueAsync(TwoAreas.FloorKey)).SeatOf(new("anna")));
        request = request with { Move = true };
        await _api.ActAsync("1", "log-in", request);
        Assert.Equal((SmallOffice.One, null), ((await _api.QueueAsync()).SeatOf(new("anna"))?.Id, (await _api.QueueAsync(TwoAreas.FloorKey))
            .SeatOf(new("anna"))));
        Assert.IsType<CounterAnswer>(await _api.ActAsync("1", "log-in", request)); // The answer was lost.
        await _api.ActAsync("11", "log-in", area: "town.rathaus.floor", clerk: DeskApi.Clerk("bert"));
        Assert.NotNull((await _api.QueueAsync()).SeatOf(new("anna")));
    }

    [Theory, InlineData("open"), InlineData("call-next"), InlineData("call"), InlineData("resume")]
    public async Task A_clerk_who_sits_in_another_area_is_asked_before_a_call_takes_a_second_seat(string action)
    {
        var id = await _api.JoinAsync();
        if (action is "resume")
        {
            await _api.ActAsync("1", "call-next");
            await _api.ActAsync("1", "park");
            await _api.ActAsync("1", "close");
        }

        await _api.ActAsync("11", "log-in", area: "town.rathaus.floor");
        var request = DeskApi.Request() with { Ticket = action is "call" or "resume" ? new(id) : null };
        Assert.Equal("409 seated-elsewhere", await _api.ActAsync("1", action, request));
        Assert.False((await _api.QueueAsync()).At(SmallOffice.One).Open);

        await _api.ActAsync("11", "close", area: "town.rathaus.floor");
        request = request with { RequestId = Guid.NewGuid() };
        Assert.IsType<CounterAnswer>(await _api.ActAsync("1", action, request));
        Assert.Equal(SmallOffice.One, (await _api.QueueAsync()).SeatOf(new("anna"))?.Id);
        Assert.IsType<CounterAnswer>(await _api.ActAsync("1", action, request)); // The answer was lost.
    }

    [Fact]
    public async Task A_clerk_at_two_desks_of_one_area_is_asked_first_too()
    {
        await _api.ActAsync("1", "log-in");
        Assert.Equal("409 seated-elsewhere", await _api.ActAsync("2", "log-in"));
        Assert.True((await _api.QueueAsync()).At(SmallOffice.One).Open);
        await _api.ActAsync("2", "log-in", DeskApi.Request() with { Move = true });
        var queue = await _api.QueueAsync();
        Assert.Equal((false, true), (queue.At(SmallOffice.One).Open, queue.At(SmallOffice.Two).Open));
    }

    [Fact]
    public async Task No_clerk_acts_at_a_counter_where_another_sits_but_everybody_may_help_there()
    {
        await _api.JoinAsync();
        await _api.ActAsync("1", "log-in");
        await _api.ActAsync("1", "call-next");
        var bert = DeskApi.Clerk("bert");
        foreach (var action in CounterEndpoints.Actions.Keys.Where(a => !a.StartsWith("emergency", StringComparison.Ordinal)))
        {
            var request = DeskApi.Request();
            request = action switch
            {
                "call" or "resume" or "reopen" => request with { Ticket = new(Guid.NewGuid()) },
                "return" => request with { Way = ReturnWay.ToEnd },
                "transfer" => request with { To = new(Counter: SmallOffice.Two) },
                "switch-service" => request with { Service = SmallOffice.Residence },
                "presence" => request with { Presence = Presence.Pause },
                _ => request,
            };
            Assert.Equal("409 counter-taken", await _api.ActAsync("1", action, request, clerk: bert));
        }

        Assert.NotNull((await _api.QueueAsync()).VisitAt(SmallOffice.One));
        Assert.IsType<CounterAnswer>(await _api.ActAsync("1", "emergency", clerk: bert));
        Assert.IsType<CounterAnswer>(await _api.ActAsync("1", "emergency-end", clerk: bert));
        Assert.IsType<CounterAnswer>(await _api.ActAsync("1", "arrived")); // The one who sits there goes on.
    }

    [Fact]
    public async Task Two_desks_that_log_one_clerk_in_at_once_never_both_pass()
    {
        for (var round = 0; round < 20; round++)
        {
            using var api = new DeskApi();
            var answers = await Task.WhenAll(
                Task.Run(() => api.ActAsync("1", "log-in")), Task.Run(() => api.ActAsync("2", "log-in")),
                Task.Run(() => api.ActAsync("11", "log-in", area: "town.rathaus.floor")));
            Assert.Single(answers, answer => answer is CounterAnswer);
            Assert.Equal(2, answers.Count(answer => answer is "409 seated-elsewhere"));
        }
    }

    [Fact]
    public async Task Two_clerks_who_press_at_once_never_both_act_at_a_counter()
    {
        for (var round = 0; round < 20; round++)
        {
            using var api = new DeskApi();
            await api.JoinAsync();
            var answers = await Task.WhenAll(
                Task.Run(() => api.ActAsync("1", "call-next", clerk: DeskApi.Clerk("anna"))),
                Task.Run(() => api.ActAsync("1", "call-next", clerk: DeskApi.Clerk("bert"))));
            Assert.Single(answers, answer => answer is CounterAnswer);
            Assert.Single(answers, answer => answer is "409 counter-taken");
        }
    }

    [Fact]
    public async Task Who_is_serving_upstairs_cannot_take_a_seat_in_the_hall()
    {
        await _api.ActAsync("11", "log-in", area: "town.rathaus.floor");
        await _api.Queues.HandleAsync(TwoAreas.FloorKey, new(Guid.NewGuid()),
            new QueueCommand.TakeTicket(new(Guid.NewGuid()), new("x"), TwoAreas.Marriage, "de"));
        await _api.ActAsync("11", "call-next", area: "town.rathaus.floor");
        Assert.Equal("409 visit-open", await _api.ActAsync("1", "log-in"));
        Assert.Null((await _api.QueueAsync()).SeatOf(new("anna")));
    }
}
