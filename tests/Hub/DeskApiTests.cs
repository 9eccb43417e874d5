using System.Text;
using Aufruf.Contracts;
using Aufruf.Domain.Queues;
using Aufruf.Grains;
using Aufruf.Hub.Api;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Hub;

/// <summary>The effects of a clerk's requests, and their refusals.</summary>
public sealed class DeskApiTests : IDisposable
{
    private readonly DeskApi _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task A_clerk_calls_parks_goes_on_and_finishes_what_was_really_done()
    {
        var id = await _api.JoinAsync();
        Assert.IsType<CounterAnswer>(await _api.ActAsync("1", "call-next"));
        Assert.IsType<CounterAnswer>(await _api.ActAsync(
            "1", "park", DeskApi.Request() with { Until = SmallOffice.Nine.AddMinutes(5).ToOffset(TimeSpan.FromHours(1)) }));
        Assert.Equal((TicketState.Parked, SmallOffice.Nine.AddMinutes(5), TimeSpan.Zero),
            ((await _api.TicketAsync(id)).State, (await _api.TicketAsync(id)).WakeAt, (await _api.TicketAsync(id)).WakeAt?.Offset));
        Assert.IsType<CounterAnswer>(await _api.ActAsync("1", "resume", DeskApi.Request() with { Ticket = new(id) }));
        var collection = DeskApi.Request() with { Service = SmallOffice.Collection };
        Assert.IsType<CounterAnswer>(await _api.ActAsync("1", "switch-service", collection));
        Assert.IsType<CounterAnswer>(
            await _api.ActAsync("1", "finish", DeskApi.Request() with { Given = [new(SmallOffice.Collection, 3)], ForPickup = true }));
        Assert.Equal(TicketState.Pickup, (await _api.TicketAsync(id)).State);
        Assert.IsType<CounterAnswer>(await _api.ActAsync("1", "undo"));
        Assert.Equal(TicketState.Serving, (await _api.TicketAsync(id)).State);
    }

    [Fact]
    public async Task A_ticket_goes_back_or_on_as_the_clerk_says()
    {
        var id = await _api.JoinAsync();
        await _api.ActAsync("1", "call-next");
        await _api.ActAsync("1", "return", DeskApi.Request() with { Way = ReturnWay.After, After = 2 });
        Assert.Equal((TicketState.Waiting, 3L), ((await _api.TicketAsync(id)).State, (await _api.TicketAsync(id)).NotBeforeCall ?? 0));
        await _api.ActAsync("1", "call", DeskApi.Request() with { Ticket = new(id) });
        await _api.ActAsync("1", "transfer", DeskApi.Request() with { To = new(Counter: SmallOffice.Three) });
        Assert.Equal(SmallOffice.Three, (await _api.TicketAsync(id)).ForCounter);
        await _api.ActAsync("3", "call-next");
        // As the screen names it.
        await _api.ActAsync("3", "transfer", DeskApi.Request() with { To = new(Area: "town.rathaus.floor", Service: TwoAreas.Marriage) });
        Assert.Equal((TicketState.Transferred, "floor"), ((await _api.TicketAsync(id)).State, (await _api.TicketAsync(id)).ToArea));
    }

    [Theory]
    [InlineData("call")]
    [InlineData("resume")]
    [InlineData("reopen")]
    [InlineData("return")]
    [InlineData("transfer")]
    [InlineData("switch-service")]
    [InlineData("presence")]
    [InlineData("emergency-accept")]
    public async Task An_action_that_lacks_what_it_needs_is_no_request(string action) =>
        Assert.Equal("400 invalid", await _api.ActAsync("1", action));

    [Fact]
    public void Every_action_of_the_contract_is_known() => Assert.Equal(
        ["call-next", "call", "recall", "arrived", "finish", "missed", "return", "park", "resume", "reopen", "transfer", "switch-service",
            "undo", "open", "close", "log-in", "presence",
            "emergency", "emergency-accept", "emergency-end"],
        CounterEndpoints.Actions.Keys);

    [Fact]
    public async Task An_expected_no_is_a_conflict_with_its_reason()
    {
        Assert.Equal("409 nobody-waiting", await _api.ActAsync("1", "call-next"));
        Assert.Equal("409 nothing-to-undo", await _api.ActAsync("1", "undo"));
        Assert.Equal("404 unknown-counter", await _api.ActAsync("77", "call-next"));
        Assert.Equal("404 unknown-ticket", await _api.ActAsync("1", "call", DeskApi.Request() with { Ticket = new(Guid.NewGuid()) }));
        Assert.Equal("409 unknown-profile", await _api.ActAsync("1", "log-in", DeskApi.Request() with { Profile = "nope" }));
    }

    [Fact]
    public async Task A_clerk_of_another_office_finds_nothing_here()
    {
        Assert.Equal("404 not-found", await _api.ActAsync("1", "open", clerk: DeskApi.Clerk(office: "other.rathaus")));
        Assert.Equal("404 not-found", await _api.ActAsync("1", "open", area: "town.rathaus.cellar"));
        Assert.Equal("400 invalid", await _api.ActAsync("1", "open", new CounterRequest(Guid.Empty)));
    }

    [Fact]
    public async Task A_request_made_before_midnight_and_repeated_after_it_finds_its_first_effect()
    {
        _api.Clock.SetUtcNow(new(2026, 11, 23, 22, 59, 58, TimeSpan.Zero)); // 23:59:58 in Berlin.
        var request = new TakeTicketRequest(Guid.NewGuid(), "passport", "de") { Queue = SmallOffice.Key };
        var taken = Assert.IsType<TakenTicket>(await _api.TakeAsync(request));
        var call = DeskApi.Request() with { Queue = SmallOffice.Key };
        await _api.ActAsync("1", "call-next", call);
        _api.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(taken.StatusPath, Assert.IsType<TakenTicket>(await _api.TakeAsync(request)).StatusPath);
        Assert.IsType<CounterAnswer>(await _api.ActAsync("1", "call-next", call));
        Assert.Equal((1, 0), ((await _api.QueueAsync()).Tickets.Count,
            (await _api.QueueAsync(SmallOffice.Key with { Day = SmallOffice.Day.AddDays(1) })).Tickets.Count));
    }

    [Theory]
    [InlineData("town.rathaus.hall", 0, "CounterAnswer")]
    [InlineData("town.rathaus.hall", -1, "409 day-is-over")]
    [InlineData("town.rathaus.hall", -2, "409 day-is-over")]
    [InlineData("town.rathaus.hall", 1, "409 day-is-over")]
    [InlineData("town.rathaus.floor", 0, "400 invalid")]
    [InlineData("other.rathaus.hall", 0, "400 invalid")]
    public async Task A_request_is_for_its_own_area_and_day(string area, int days, string expected)
    {
        var queue = QueueKey.Parse($"{area}.2026-11-23") with { Day = SmallOffice.Day.AddDays(days) };
        var answer = await _api.ActAsync("1", "open", DeskApi.Request() with { Queue = queue });
        Assert.Equal(expected, answer is CounterAnswer ? nameof(CounterAnswer) : answer);
    }

    [Fact]
    public async Task A_clerk_enters_a_citizen_with_priority_remark_and_several_services()
    {
        var request = new EnterTicketRequest(Guid.NewGuid(), SmallOffice.Passport, "en")
        {
            Also = [SmallOffice.Residence, SmallOffice.Passport, SmallOffice.Residence],
            Priority = "pregnant",
            Remark = "  needs a chair ",
        };
        var taken = Assert.IsType<TakenTicket>(await _api.EnterAsync(request));
        var ticket = await _api.TicketAsync(request.RequestId);
        Assert.Equal(("A001", "en", "pregnant", false), (taken.Number.ToString(), ticket.Language, ticket.Priority, taken.Printing));
        Assert.Equal([SmallOffice.Residence], ticket.Also);
        Assert.Equal("needs a chair", _api.Vault.Open(Subject.Of(SmallOffice.Key), ticket.Id.ToString(), ticket.Remark));
        Assert.Equal(taken.StatusPath, Assert.IsType<TakenTicket>(await _api.EnterAsync(request)).StatusPath); // Sent again.
        Assert.Equal("409 unknown-priority", await _api.EnterAsync(request with { RequestId = Guid.NewGuid(), Priority = "rich" }));
        Assert.Equal("404 unknown-service",
            await _api.EnterAsync(request with { RequestId = Guid.NewGuid(), Service = TwoAreas.Marriage, Priority = null }));
        Assert.Equal("400 invalid", await _api.EnterAsync(request with { RequestId = Guid.NewGuid(), Remark = new string('x', 501) }));
        Assert.Equal("400 invalid", await _api.EnterAsync(request with { RequestId = Guid.NewGuid(), Printer = "box-1" }));
        Assert.Equal("400 invalid",
            await _api.EnterAsync(request with { RequestId = Guid.NewGuid(), Also = [.. Enumerable.Repeat(SmallOffice.Residence, 11)] }));
    }

    [Fact]
    public async Task No_remark_is_kept_for_a_day_that_is_over()
    {
        var id = await _api.JoinAsync();
        _api.Clock.Advance(TimeSpan.FromHours(15.1));
        Assert.Equal("409 day-is-over", await _api.OfTicketAsync(id, "remark",
            new(Guid.NewGuid()) { Remark = "Rollstuhl", Queue = SmallOffice.Key }));
        Assert.Equal("409 day-is-over", await _api.EnterAsync(
            new(Guid.NewGuid(), SmallOffice.Passport, "de") { Remark = "Rollstuhl", Queue = SmallOffice.Key }));
        Assert.Null(await _api.Keys.FindAsync(Subject.Of(SmallOffice.Key)));
    }

    [Fact]
    public async Task No_remark_stands_in_the_journal_in_clear()
    {
        var id = await _api.JoinAsync();
        Assert.IsType<CounterAnswer>(await _api.OfTicketAsync(id, "remark", new(Guid.NewGuid()) { Remark = "Rollstuhl" }));
        var written = string.Join('\n', _api.Journal.Of(SmallOffice.Key.Stream).Select(e => Encoding.UTF8.GetString(e.Entry.Span)));
        Assert.Contains("remark-written", written, StringComparison.Ordinal);
        Assert.DoesNotContain("Rollstuhl", written, StringComparison.Ordinal);
        var ticket = await _api.TicketAsync(id);
        Assert.Equal("Rollstuhl", _api.Vault.Open(Subject.Of(SmallOffice.Key), ticket.Id.ToString(), ticket.Remark));
        await _api.OfTicketAsync(id, "remark", new(Guid.NewGuid()) { Remark = " " });
        Assert.Null((await _api.TicketAsync(id)).Remark);
        Assert.Equal("400 invalid", await _api.OfTicketAsync(id, "remark", new(Guid.NewGuid()) { Remark = new string('x', 501) }));
    }

    [Fact]
    public async Task A_ticket_is_struck_off_put_back_and_given_priority()
    {
        var id = await _api.JoinAsync();
        await _api.OfTicketAsync(id, "cancel");
        Assert.Equal(TicketState.Cancelled, (await _api.TicketAsync(id)).State);
        await _api.OfTicketAsync(id, "reactivate");
        await _api.OfTicketAsync(id, "prioritise", new(Guid.NewGuid()) { Reason = "pregnant" });
        Assert.Equal((TicketState.Waiting, "pregnant"), ((await _api.TicketAsync(id)).State, (await _api.TicketAsync(id)).Priority));
        await _api.OfTicketAsync(id, "prioritise");
        Assert.Null((await _api.TicketAsync(id)).Priority);
        Assert.Equal("409 not-missed", await _api.OfTicketAsync(id, "reactivate"));
        Assert.Equal("404 not-found", await _api.OfTicketAsync(id, "explode"));
    }

    [Fact]
    public async Task A_stopped_service_gives_no_tickets_at_the_kiosk_but_a_clerk_may_still_enter_citizens()
    {
        Assert.IsType<CounterAnswer>(await _api.OfServiceAsync("passport", "stop"));
        Assert.Equal("409 service-stopped", await _api.TakeAsync(new(Guid.NewGuid(), "passport", "de")));
        Assert.IsType<TakenTicket>(await _api.EnterAsync(new(Guid.NewGuid(), SmallOffice.Passport, "de")));
        Assert.IsType<CounterAnswer>(await _api.OfServiceAsync("passport", "release"));
        Assert.IsType<TakenTicket>(await _api.TakeAsync(new(Guid.NewGuid(), "passport", "de")));
    }

    [Fact]
    public async Task Help_is_called_accepted_from_another_area_and_over()
    {
        Assert.Equal("409 no-emergency", await _api.ActAsync("1", "emergency-accept", DeskApi.Request() with { From = TwoAreas.Upstairs }));
        await _api.ActAsync("1", "emergency");
        await _api.ActAsync("1", "emergency-accept", DeskApi.Request() with { From = TwoAreas.Upstairs });
        Assert.Equal([TwoAreas.Upstairs], (await _api.QueueAsync()).Emergencies[SmallOffice.One].Coming);
        await _api.ActAsync("1", "emergency-end");
        Assert.Empty((await _api.QueueAsync()).Emergencies);
    }

    [Fact]
    public async Task Only_the_holder_of_the_code_may_give_the_ticket_back_and_once()
    {
        var id = await _api.JoinAsync();
        var (queue, code) = (SmallOffice.Key.ToString(), (await _api.TicketAsync(id)).Code.Value);
        Assert.Equal("404 not-found", await _api.GiveBackAsync(queue, "code-0"));
        Assert.Equal("404 not-found", await _api.GiveBackAsync("town.rathaus.hall.2026-11-22", code));
        Assert.Equal(TicketState.Cancelled, Assert.IsType<TicketView>(await _api.GiveBackAsync(queue, code)).State);
        Assert.Equal(TicketState.Cancelled, Assert.IsType<TicketView>(await _api.GiveBackAsync(queue, code)).State); // Twice is once.
        Assert.Equal("409 nobody-waiting", await _api.ActAsync("1", "call-next"));
    }

    [Fact]
    public async Task Who_is_called_already_cannot_give_the_ticket_back()
    {
        var id = await _api.JoinAsync();
        await _api.ActAsync("1", "call-next");
        Assert.Equal("409 not-waiting", await _api.GiveBackAsync(SmallOffice.Key.ToString(), (await _api.TicketAsync(id)).Code.Value));
    }

    [Fact]
    public async Task The_page_of_a_ticket_follows_it_into_the_other_area()
    {
        var id = await _api.JoinAsync();
        var ticket = await _api.TicketAsync(id);
        await _api.ActAsync("1", "call-next");
        await _api.ActAsync("1", "transfer", DeskApi.Request() with { To = new(Area: "floor", Service: TwoAreas.Marriage) });
        var (queue, code) = (SmallOffice.Key.ToString(), ticket.Code.Value);
        Assert.Equal(TicketState.Transferred, (await _api.Tickets.FindAsync(queue, code))?.State);

        await _api.Queues.HandleAsync(TwoAreas.FloorKey, new(Guid.NewGuid()),
            new QueueCommand.OfferTransfer(ticket.Id, ticket.Code, ticket.Number, TwoAreas.Marriage, "de", "hall", ticket.TakenAt,
                (await _api.TicketAsync(id)).Attempt));
        var there = await _api.Tickets.FindAsync(queue, code);
        Assert.Equal((TicketState.Waiting, "Obergeschoss", "A001", 0),
            (there?.State, there?.Area["de"], there?.Number.ToString(), there?.Ahead));
        Assert.Equal(TicketState.Cancelled, Assert.IsType<TicketView>(await _api.GiveBackAsync(queue, code)).State);
        Assert.Equal(TicketState.Cancelled, (await _api.QueueAsync(TwoAreas.FloorKey)).Tickets[ticket.Id].State);
    }
}
