using System.Text;
using Aufruf.Contracts;
using Aufruf.Domain.Queues;
using Aufruf.Edge.Protocol;
using Aufruf.Grains;
using Aufruf.Hub.Api;
using Aufruf.Hub.Forecasting;
using Aufruf.Hub.Push;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Hub;

/// <summary>A desk mends and finds tickets, takes them up again, prints slips and sends messages.</summary>
public sealed class DeskCitizenTests : IDisposable
{
    private readonly DeskApi _api = new(TwoAreas.Office with
    {
        Areas = [TwoAreas.Hall with { Rules = TwoAreas.Hall.Rules with { AskName = true } }, TwoAreas.Floor],
    });

    public void Dispose() => _api.Dispose();

    private static TicketRequest Request() => new(Guid.NewGuid());

    private async Task<FoundTickets> FoundAsync(string? text = null) => Assert.IsType<FoundTickets>(await _api.FindAsync(text));

    [Fact]
    public async Task A_waiting_ticket_is_mended_and_sent_on_without_a_call()
    {
        var id = await _api.JoinAsync();
        Assert.IsType<CounterAnswer>(await _api.OfTicketAsync(id, "mend",
            Request() with { Service = SmallOffice.Residence, Also = [SmallOffice.Collection], Language = "en" }));
        var ticket = await _api.TicketAsync(id);
        Assert.Equal((SmallOffice.Residence, "en", 0), (ticket.Service, ticket.Language, ticket.Calls));
        Assert.Equal("400 invalid", await _api.OfTicketAsync(id, "mend"));
        Assert.Equal("400 invalid", await _api.OfTicketAsync(id, "mend", Request() with { Language = "xx" }));
        Assert.Equal("400 invalid", await _api.OfTicketAsync(id, "mend", Request() with { Remark = "no part of it" }));
        Assert.Equal("404 not-found", await _api.OfTicketAsync(id, "no-such"));

        Assert.Equal("400 invalid", await _api.OfTicketAsync(id, "send-on"));
        Assert.IsType<CounterAnswer>(await _api.OfTicketAsync(id, "send-on", Request() with { To = new(Counter: SmallOffice.Three) }));
        Assert.Equal(SmallOffice.Three, (await _api.TicketAsync(id)).ForCounter);
        Assert.IsType<CounterAnswer>(await _api.OfTicketAsync(id, "send-on",
            Request() with { To = new(Area: "town.rathaus.floor", Service: TwoAreas.Marriage) }));
        Assert.Equal(TicketState.Transferred, (await _api.TicketAsync(id)).State);
    }

    [Fact]
    public async Task The_list_of_finished_tickets_leads_back_to_the_line_or_to_the_counter()
    {
        var (first, second) = (await _api.JoinAsync(), await _api.JoinAsync());
        Assert.Empty((await FoundAsync()).Tickets);
        await _api.ActAsync("1", "call-next");
        await _api.ActAsync("1", "arrived");
        Assert.Equal("400 invalid", await _api.ActAsync("1", "finish",
            DeskApi.Request() with { ForPickup = true, Outcome = ServedOutcome.NothingDone }));
        await _api.ActAsync("1", "finish", DeskApi.Request() with { Outcome = ServedOutcome.PapersMissing });
        await _api.OfTicketAsync(second, "cancel");
        Assert.Equal([TicketState.Served, TicketState.Cancelled],
            (await FoundAsync()).Tickets.OrderBy(t => $"{t.Number}", StringComparer.Ordinal).Select(t => t.State));
        Assert.Equal(ServedOutcome.PapersMissing, (await FoundAsync("A001")).Tickets.Single().Outcome);

        Assert.Equal("409 never-called", await _api.ActAsync("1", "reopen", DeskApi.Request() with { Ticket = new(second) }));
        Assert.IsType<CounterAnswer>(await _api.OfTicketAsync(second, "reactivate"));
        Assert.IsType<CounterAnswer>(await _api.ActAsync("3", "reopen", DeskApi.Request() with { Ticket = new(first) },
            clerk: DeskApi.Clerk("bert")));
        Assert.Equal((TicketState.Serving, TicketState.Waiting),
            ((await _api.TicketAsync(first)).State, (await _api.TicketAsync(second)).State));
        Assert.Equal("409 not-missed", await _api.ActAsync("1", "reopen", DeskApi.Request() with { Ticket = new(first) }));
    }

    [Fact]
    public async Task A_name_is_found_by_staff_and_stands_nowhere_in_clear_text()
    {
        var id = await _api.JoinAsync();
        Assert.Equal("400 invalid", await _api.OfTicketAsync(id, "person", Request() with { Person = new(" ") }));
        Assert.Equal("400 invalid", await _api.OfTicketAsync(id, "person", Request() with { Person = new("Erika", Persons: 21) }));
        Assert.IsType<CounterAnswer>(await _api.OfTicketAsync(id, "person",
            Request() with { Person = new("Erika Mustermann", "02404 123456", 2) }));
        Assert.IsType<TakenTicket>(await _api.EnterAsync(new(Guid.NewGuid(), SmallOffice.Passport, "de") { Person = new("Max Muster") }));
        Assert.Equal(new TicketPerson("Erika Mustermann", "02404 123456", 2), (await FoundAsync("erika")).Tickets.Single().Person);
        Assert.Equal(id, (await FoundAsync("123456")).Tickets.Single().Id.Value);
        Assert.Equal(2, (await FoundAsync("muster")).Tickets.Count);
        Assert.Empty((await FoundAsync("nobody")).Tickets);
        var written = new StringBuilder();
        await foreach (var entry in _api.Journal.ReadFromAsync(0, QueueKey.StreamKind, TestContext.Current.CancellationToken))
        {
            written.Append(Encoding.UTF8.GetString(entry.Entry.Span));
        }

        Assert.Contains("person-written", written.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Mustermann", written.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("123456", written.ToString(), StringComparison.Ordinal);

        Assert.IsType<CounterAnswer>(await _api.OfTicketAsync(id, "person"));
        Assert.Null((await _api.TicketAsync(id)).Person);
    }

    [Fact]
    public async Task An_area_that_asks_for_no_names_keeps_none()
    {
        using var without = new DeskApi();
        var id = await without.JoinAsync();
        Assert.Equal("409 names-not-asked", await without.OfTicketAsync(id, "person", Request() with { Person = new("Erika") }));
        Assert.Equal("409 names-not-asked",
            await without.EnterAsync(new(Guid.NewGuid(), SmallOffice.Passport, "de") { Person = new("Erika") }));
    }

    [Fact]
    public async Task A_slip_is_printed_again_as_a_copy_with_a_command_of_its_own()
    {
        var id = await _api.JoinAsync();
        Assert.Equal("400 invalid", await _api.SlipAsync(id, "box-1"));
        var shown = Assert.IsType<TakenTicket>(await _api.SlipAsync(id));
        Assert.False(shown.Printing);
        Assert.EndsWith("/qr.svg", shown.QrPath, StringComparison.Ordinal);
        _api.Fleet.Update("town.rathaus", "printer-1", new(1, DevicePresence.Ready, SmallOffice.Nine, PrinterCondition.Ready));
        Assert.True(Assert.IsType<TakenTicket>(await _api.SlipAsync(id, "printer-1")).Printing);
        Assert.True(Assert.IsType<TakenTicket>(await _api.SlipAsync(id, "printer-1")).Printing);
        var commands = _api.Link.On("dev/printer-1/cmd", ProtocolJson.Default.DeviceCommand).ToArray();
        Assert.Equal(2, commands.Select(c => c.Id).Distinct().Count());
        Assert.DoesNotContain(id, commands.Select(c => c.Id));
        Assert.All(commands, c => Assert.Contains("\"copy\":true", c.Data.GetRawText(), StringComparison.Ordinal));
        await _api.OfTicketAsync(id, "cancel");
        Assert.Equal("409 not-waiting", await _api.SlipAsync(id, "printer-1"));
    }

    [Fact]
    public async Task A_message_stands_on_the_tickets_page_and_the_clerks_own_words_are_sealed()
    {
        var id = await _api.JoinAsync();
        var ticket = await _api.TicketAsync(id);
        async Task<TicketMessage?> ShownAsync() => (await _api.Tickets.FindAsync($"{SmallOffice.Key}", ticket.Code.Value))?.Message;
        Assert.Null(await ShownAsync());
        Assert.Equal("400 invalid", await _api.OfTicketAsync(id, "message"));
        Assert.Equal("400 invalid", await _api.OfTicketAsync(id, "message", Request() with { Message = NoticeKind.Text }));
        Assert.Equal("400 invalid",
            await _api.OfTicketAsync(id, "message", Request() with { Message = NoticeKind.Text, Text = new('x', 201) }));
        Assert.Equal("400 invalid", await _api.OfTicketAsync(id, "message", Request() with { Message = NoticeKind.Delay, Text = "x" }));
        await _api.OfTicketAsync(id, "message", Request() with { Message = NoticeKind.ComeCloser });
        Assert.Equal((NoticeKind.ComeCloser, null), ((await ShownAsync())!.Kind, (await ShownAsync())!.Text));
        await _api.OfTicketAsync(id, "message", Request() with { Message = NoticeKind.Text, Text = "Ihr Foto ist da." });
        Assert.Equal("Ihr Foto ist da.", (await ShownAsync())!.Text);
        Assert.DoesNotContain("Foto", (await _api.TicketAsync(id)).Notice!.Text, StringComparison.Ordinal);
        // The key of the day is gone: no message is better than an empty one.
        await _api.Keys.DestroyAsync(Subject.Of(SmallOffice.Key));
        var after = new TicketViews(_api.Queues, new(TwoAreas.Office), new NoForecasts(), () => new("x"), new(_api.Keys), _api.Clock);
        Assert.Null((await after.FindAsync($"{SmallOffice.Key}", ticket.Code.Value))?.Message);
    }

    [Fact]
    public async Task A_counter_calls_the_next_ticket_of_one_service()
    {
        await _api.JoinAsync();
        var residence = await _api.JoinAsync("residence");
        Assert.Equal("404 unknown-service", await _api.ActAsync("1", "call-next", DeskApi.Request() with { Service = new("no-such") }));
        Assert.IsType<CounterAnswer>(await _api.ActAsync("1", "call-next", DeskApi.Request() with { Service = SmallOffice.Residence }));
        Assert.Equal(TicketState.Called, (await _api.TicketAsync(residence)).State);
    }

    [Fact]
    public async Task A_second_press_at_once_is_held_back_when_it_says_what_it_saw()
    {
        await _api.JoinAsync();
        await _api.ActAsync("1", "call-next");
        async Task<long> RevisionAsync() => (await _api.QueueAsync()).At(SmallOffice.One).Revision;
        Assert.Equal("409 too-soon", await _api.ActAsync("1", "arrived", DeskApi.Request() with { Seen = await RevisionAsync() }));
        _api.Clock.Advance(TimeSpan.FromSeconds(1.5));
        Assert.IsType<CounterAnswer>(await _api.ActAsync("1", "arrived", DeskApi.Request() with { Seen = await RevisionAsync() }));
        Assert.IsType<CounterAnswer>(await _api.ActAsync("1", "undo", DeskApi.Request() with { Seen = await RevisionAsync() }));
    }
}
