using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Grains;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Push;
using Aufruf.Tests.Domain;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Hub;

/// <summary>A press in the hall calls from upstairs, by real queues; the hub may end between the steps.</summary>
public sealed partial class FurtherQueuesTests : IDisposable
{
    private static readonly QueueKey Stairs = Key with { Area = "upstairs" };
    private static readonly ServiceId Vehicle = new("vehicle");
    private static readonly ClerkId Anna = new("anna"), Bert = new("bert");

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(Nine);
    private readonly MemoryJournal _journal = new();
    private readonly MemoryQueues _inner;
    private readonly FurtherQueues _queues;
    private readonly TransferPost _post;
    private int _taken;

    public FurtherQueuesTests()
    {
        _inner = new(_journal, Joined, _clock);
        OfficeDirectory offices = new(Joined);
        _post = new(_inner, offices, new Vault(StoredVaultKeys.InSqlite(_folder.File("vault.db"), _folder.File("vault.key"))),
            NullLogger<TransferPost>.Instance);
        _queues = new(_inner, offices, _post, area => area == Stairs.AreaKey ? Today(Stairs).GetAwaiter().GetResult() : null, _clock);
    }

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<Queue> Today(QueueKey key) => (await _inner.ViewAsync(key)).Queue;

    private Task<Answer<QueueEvent>> Press(CounterId counter, Guid? request = null) =>
        _queues.HandleAsync(Key, new(request ?? Guid.NewGuid()), new CallNext(counter));

    private Task<Answer<QueueEvent>> CallAsync(CounterId counter, TicketId ticket, Guid? request = null) =>
        _queues.HandleAsync(Key, new(request ?? Guid.NewGuid()), new CallTicket(counter, ticket));

    private async Task<TicketId> TakeAsync(QueueKey queue, ServiceId service)
    {
        var n = ++_taken;
        Assert.Null((await _queues.HandleAsync(queue, new(Guid.NewGuid()), new TakeTicket(QueueDay.Id(n), QueueDay.Code(n), service, "de")))
            .Refusal);
        _clock.Advance(TimeSpan.FromSeconds(30));
        return QueueDay.Id(n);
    }

    private async Task SitAsync(CounterId counter, ClerkId clerk, string? profile = "both") =>
        Assert.Null((await _queues.HandleAsync(Key, new(Guid.NewGuid()), new LogIn(counter, clerk, profile))).Refusal);

    /// <summary>As a hub does after its start.</summary>
    private async Task CarryTransfersAsync()
    {
        Transferring transfers = new(_post, _inner,
            new(_journal, Checkpoints.InSqlite(_folder.File("subscriptions.db")), OneHub.Only, _clock), NullLogger<Transferring>.Instance);
        await foreach (var entry in _journal.ReadFromAsync(0, QueueKey.StreamKind, Stop))
        {
            await transfers.TakeAsync(entry, Stop);
        }
    }

    [Fact]
    public async Task Both_floors_are_called_in_the_order_of_their_arrival()
    {
        await SitAsync(One, Anna);
        TicketId[] arrived = [await TakeAsync(Key, Passport), await TakeAsync(Stairs, Vehicle), await TakeAsync(Key, Passport),
            await TakeAsync(Stairs, Vehicle)];
        foreach (var ticket in arrived)
        {
            Assert.Null((await Press(One)).Refusal);
            Assert.Equal(ticket, (await Today(Key)).VisitAt(One)?.Id);
            Assert.Null((await _queues.HandleAsync(Key, new(Guid.NewGuid()), new Finish(One))).Refusal);
        }

        Assert.Equal(Refusal.NobodyWaiting, (await Press(One)).Refusal);
        Assert.Empty((await Today(Stairs)).OpenOffers);
    }

    [Fact]
    public async Task A_repeated_press_calls_nobody_else()
    {
        await SitAsync(One, Anna);
        var first = await TakeAsync(Stairs, Vehicle);
        await TakeAsync(Stairs, Vehicle);
        var press = Guid.NewGuid();
        Assert.Null((await Press(One, press)).Refusal);
        for (var repeat = 0; repeat < 3; repeat++)
        {
            Assert.Null((await Press(One, press)).Refusal);
            Assert.Equal(first, (await Today(Key)).VisitAt(One)?.Id);
        }

        Assert.Equal(1, (await Today(Stairs)).Waiting.Count);
    }

    [Fact]
    public async Task Two_counters_that_press_at_once_call_two_people()
    {
        await SitAsync(One, Anna);
        await SitAsync(Three, Bert);
        for (var n = 0; n < 4; n++)
        {
            await TakeAsync(Stairs, Vehicle);
        }

        var answers = await Task.WhenAll(Press(One), Press(Three),
            _queues.HandleAsync(Stairs, new(Guid.NewGuid()), new CallNext(new("21"))));
        Assert.All(answers, answer => Assert.Null(answer.Refusal));
        var (hall, stairs) = (await Today(Key), await Today(Stairs));
        TicketId?[] called = [hall.VisitAt(One)?.Id, hall.VisitAt(Three)?.Id, stairs.VisitAt(new("21"))?.Id];
        Assert.Equal(3, called.OfType<TicketId>().Distinct().Count());
        Assert.Equal(1, stairs.Waiting.Count);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(40, false)]
    public async Task A_hub_that_ends_between_the_steps_calls_the_ticket_after_its_start_or_leaves_it_waiting(int seconds, bool isCalled)
    {
        await SitAsync(One, Anna);
        var ticket = await TakeAsync(Stairs, Vehicle);
        var press = Guid.NewGuid();
        var views = 0;
        // The hall answers while the press is decided, and no more when the ticket comes.
        _inner.Fault = key => key == Key && ++views > 2 ? new JournalUnavailableException("gone") : null;
        await Assert.ThrowsAsync<JournalUnavailableException>(() => Press(One, press));
        Assert.Equal(TicketState.Transferred, (await Today(Stairs)).Tickets[ticket].State);

        _inner.Fault = _ => null;
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        await CarryTransfersAsync();
        await CarryTransfersAsync();
        var (hall, stairs) = (await Today(Key), await Today(Stairs));
        Assert.Equal((isCalled ? ticket : (TicketId?)null, isCalled ? 0 : 1), (hall.VisitAt(One)?.Id, stairs.Waiting.Count));
        Assert.Equal(isCalled, (await Press(One, press)).Refusal is null); // The desk repeats its request.
    }

    [Fact]
    public async Task A_chosen_ticket_comes_down_and_the_one_before_it_goes_on_waiting()
    {
        await SitAsync(One, Anna);
        var (first, chosen) = (await TakeAsync(Stairs, Vehicle), await TakeAsync(Stairs, Vehicle));
        var press = Guid.NewGuid();
        for (var repeat = 0; repeat < 3; repeat++)
        {
            Assert.Null((await CallAsync(One, chosen, press)).Refusal);
            Assert.Equal(chosen, (await Today(Key)).VisitAt(One)?.Id);
        }

        Assert.Equal(TicketState.Waiting, (await Today(Stairs)).Tickets[first].State);
        Assert.Equal(Refusal.OutcomeUnknown, (await CallAsync(One, first)).Refusal); // The called one may have come or not.
        Assert.Equal(TicketState.Waiting, (await Today(Stairs)).Tickets[first].State);
    }

    [Fact]
    public async Task The_next_one_for_a_service_of_the_other_floor_is_called_before_those_of_this_floor()
    {
        await SitAsync(One, Anna);
        await TakeAsync(Key, Passport);
        var (first, _) = (await TakeAsync(Stairs, Vehicle), await TakeAsync(Stairs, Vehicle));
        var (press, command) = (new RequestId(Guid.NewGuid()), new CallNext(One) { Service = Vehicle });
        Assert.Null((await _queues.HandleAsync(Key, press, command)).Refusal);
        Assert.Null((await _queues.HandleAsync(Key, press, command)).Refusal);
        Assert.Equal(first, (await Today(Key)).VisitAt(One)?.Id);
        Assert.Equal(1, (await Today(Stairs)).Waiting.Count);
        await SitAsync(Three, Bert, profile: null); // Without the profile that service is unknown there.
        var unknown = await _queues.HandleAsync(Key, new(Guid.NewGuid()), new CallNext(Three) { Service = Vehicle });
        Assert.Equal(Refusal.UnknownService, unknown.Refusal);
    }

    [Fact]
    public async Task Two_counters_that_call_the_same_one_at_once_get_one_call_and_one_refusal()
    {
        await SitAsync(One, Anna);
        await SitAsync(Three, Bert);
        var ticket = await TakeAsync(Stairs, Vehicle);
        var answers = await Task.WhenAll(CallAsync(One, ticket), CallAsync(Three, ticket),
            _queues.HandleAsync(Stairs, new(Guid.NewGuid()), new CallTicket(new("21"), ticket)));
        Assert.Single(answers, answer => answer.Refusal is null);
        Assert.Equal(2, answers.Count(answer => answer.Refusal == Refusal.NotWaiting));
        var (hall, stairs) = (await Today(Key), await Today(Stairs));
        Assert.Single((Ticket?[])[hall.VisitAt(One), hall.VisitAt(Three), stairs.VisitAt(new("21"))], visit => visit?.Id == ticket);
        Assert.Empty(stairs.OpenOffers);
    }

    [Fact]
    public async Task A_chosen_ticket_that_has_gone_upstairs_since_is_not_fetched_by_a_repeat()
    {
        await SitAsync(One, Anna);
        var ticket = await TakeAsync(Key, Passport);
        var press = Guid.NewGuid();
        Assert.Null((await CallAsync(One, ticket, press)).Refusal);
        Assert.Null((await _queues.HandleAsync(Key, new(Guid.NewGuid()), new Transfer(One, new("upstairs", Service: Vehicle)))).Refusal);
        await CarryTransfersAsync();
        Assert.Equal(1, (await Today(Stairs)).Waiting.Count);
        Assert.Null((await CallAsync(One, ticket, press)).Refusal); // As it was answered before.
        Assert.Equal(1, (await Today(Stairs)).Waiting.Count);
    }

    [Fact]
    public async Task A_chosen_ticket_is_called_once_when_the_hub_ends_between_the_steps()
    {
        await SitAsync(One, Anna);
        await TakeAsync(Stairs, Vehicle);
        var (chosen, press, views) = (await TakeAsync(Stairs, Vehicle), Guid.NewGuid(), 0);
        _inner.Fault = key => key == Key && ++views > 2 ? new JournalUnavailableException("gone") : null;
        await Assert.ThrowsAsync<JournalUnavailableException>(() => CallAsync(One, chosen, press));
        Assert.Equal(TicketState.Transferred, (await Today(Stairs)).Tickets[chosen].State);
        _inner.Fault = _ => null;
        await CarryTransfersAsync();
        Assert.Null((await CallAsync(One, chosen, press)).Refusal);
        Assert.Equal((chosen, 1), ((await Today(Key)).VisitAt(One)?.Id, (await Today(Stairs)).Waiting.Count));
    }

    [Fact]
    public async Task A_ticket_that_no_profile_calls_and_one_that_is_gone_are_not_called()
    {
        await SitAsync(Three, Bert, profile: null);
        await SitAsync(One, Anna);
        var ticket = await TakeAsync(Stairs, Vehicle);
        Assert.Equal(Refusal.UnknownTicket, (await CallAsync(Three, ticket)).Refusal);
        Assert.Null((await _queues.HandleAsync(Stairs, new(Guid.NewGuid()), new Cancel(ticket))).Refusal);
        Assert.Equal(Refusal.NotWaiting, (await CallAsync(One, ticket)).Refusal);
    }

    [Fact]
    public async Task A_desk_upstairs_offers_the_clerks_whose_calls_are_seen_there_and_the_hall_offers_none()
    {
        await SitAsync(One, Anna);
        Assert.Null((await _queues.HandleAsync(Stairs, new(Guid.NewGuid()), new LogIn(new("21"), Bert))).Refusal);
        var areas = new LiveAreas(_inner, _journal, _clock, NullLogger<LiveAreas>.Instance);
        await areas.ReadTodayAsync(Joined);
        Assert.Equal([new DeskSeat(Key.AreaKey, "1", Anna)], areas.SeatsElsewhere(Stairs, Joined));
        Assert.Empty(areas.SeatsElsewhere(Key, Joined)); // Its board does not show calls from upstairs.
    }

    [Fact]
    public async Task A_ticket_kept_for_a_clerk_follows_to_the_other_floor()
    {
        await SitAsync(One, Anna, profile: null);
        await TakeAsync(Stairs, Vehicle);
        var kept = await TakeAsync(Stairs, Vehicle);
        Assert.Equal(Refusal.NobodyWaiting, (await Press(One)).Refusal);
        await _inner.HandleAsync(Stairs, new(Guid.NewGuid()), new LogIn(new("21"), Anna));
        Assert.Null((await _inner.HandleAsync(Stairs, new(Guid.NewGuid()), new SendOn(kept, new(Clerk: Anna), Bert))).Refusal);
        await _inner.HandleAsync(Stairs, new(Guid.NewGuid()), new CloseCounter(new("21")));
        Assert.Null((await Press(One)).Refusal);
        Assert.Equal(kept, (await Today(Key)).VisitAt(One)?.Id);
    }
}
