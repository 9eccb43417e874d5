using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Offices;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using static Aufruf.Domain.Queues.QueueCommand;

namespace Aufruf.Tests.Flows;

/// <summary>Sixteen clerks work on one queue of the true hub at once. Each screen is some moments old.</summary>
public sealed class SixteenClerksTests
{
    private const int Clerks = 16;
    private const int WishesEach = 150;

    // Where a clerk's finger would be: the numbers of a seed, so that the commands of a failing run can be seen again.
    private static readonly ServiceId Pass = new("pass");

    [Fact]
    public async Task No_ticket_is_doubled_or_lost_between_sixteen_clerks()
    {
        await using var hub = await TestHub.StartAsync(TestOffice.WithCounters(Clerks));
        var (queues, office) = (hub.Services.GetRequiredService<IQueues>(), hub.Services.GetRequiredService<OfficeDirectory>()
            .Find("probe.amt")!);
        var key = office.QueueOf(office.Areas[0], TimeProvider.System.GetUtcNow());

        var given = new List<(RequestId Request, QueueCommand Command, long Version, Refusal? Refusal)>();
        var people = Task.Run(() => ComeAsync(queues, key, 400), TestContext.Current.CancellationToken);
        await Task.WhenAll([people, .. Enumerable.Range(1, Clerks)
            .Select(n => Task.Run(() => ServeAsync(queues, key, n, given), TestContext.Current.CancellationToken))]);
        await queues.HandleAsync(key, new(Guid.CreateVersion7()), new EndDay());

        // A repeated request gets the first answer.
        foreach (var (request, command, version, refusal) in given.Where(g => g.Version > 0).Take(300))
        {
            var again = await queues.HandleAsync(key, request, command);
            Assert.Equal((version, refusal), (again.Version, again.Refusal));
        }

        var queue = (await queues.ViewAsync(key)).Queue;
        await hub.StopAsync();

        await using var journal = new SqliteJournal(Path.Combine(hub.Data, "aufruf.db"), readOnly: true);
        Assert.Null((await JournalAudit.VerifyAsync(journal, TestContext.Current.CancellationToken)).Fault);
        var list = await WrittenList.OfAsync(journal, key.Stream);
        Assert.Equal(400, list.Taken);
        Assert.Empty(list.Open);
        Assert.All(queue.Tickets.Values, t => Assert.False(t.Alive));
        Assert.True(list is { Calls: > 300, Parked: > 30, Transferred: > 30, Undone: > 5, Ignored: > 100 }, $"Too quiet a day: {list}");
    }

    private static async Task ComeAsync(IQueues queues, QueueKey key, int count)
    {
        for (var n = 0; n < count; n++)
        {
            var id = Guid.CreateVersion7();
            await queues.HandleAsync(key, new(id), new TakeTicket(new(id), new($"code-{n}"), Pass, "de"));
        }
    }

    private static async Task ServeAsync(IQueues queues, QueueKey key, int n, List<(RequestId, QueueCommand, long, Refusal?)> given)
    {
        var random = new Random(n);
        var counter = new CounterId($"{n}");
        var view = await queues.ViewAsync(key);
        for (var i = 0; i < WishesEach; i++)
        {
            var (request, command) = (new RequestId(Guid.CreateVersion7()), Choose(random, view.Queue, counter));
            var first = queues.HandleAsync(key, request, command);
            if (random.Next(5) == 0)
            {
                var (one, other) = (await first, await queues.HandleAsync(key, request, command)); // An impatient browser.
                Assert.True(one.Events.Count == 0 || one.Version == other.Version);
            }

            var answer = await first;
            lock (given)
            {
                if (answer.Events.Count > 0)
                {
                    given.Add((request, command, answer.Version, answer.Refusal));
                }
            }

            view = random.Next(3) == 0 ? view : await queues.ViewAsync(key); // The screen follows now and then.
        }
    }

    private static QueueCommand Choose(Random random, Queue seen, CounterId counter)
    {
        // These hands are too fast for a press that says what it saw.
        var revision = random.Next(3) > 0 ? (long?)null : seen.At(counter).Revision;
        var visit = seen.VisitAt(counter)?.State;
        TicketId? Some(TicketState state) => seen.Tickets.Values.Where(t => t.State == state).Select(t => (TicketId?)t.Id)
            .ElementAtOrDefault(random.Next(3));
        return (visit, random.Next(12)) switch
        {
            (not null, 0 or 1) => new Park(counter, null, revision),
            (not null, 2) => new Transfer(counter, new(Counter: new($"{random.Next(1, Clerks + 1)}")), revision),
            (not null, 3) => new Transfer(counter, new(Service: Pass), revision),
            (not null, 4) => new ReturnTicket(counter, (ReturnWay)random.Next(3), 3, null, revision),
            (not null, 5) => new MarkMissed(counter, revision),
            (not null, 6) => new Finish(counter, revision),
            (TicketState.Called, 7) => new MarkArrived(counter, revision),
            (null, 0 or 1) when Some(TicketState.Parked) is { } parked => new Resume(counter, parked, revision),
            (null, 2) when Some(TicketState.Waiting) is { } waiting => new CallTicket(counter, waiting, revision),
            (null, 3) when Some(TicketState.Missed) is { } missed => new Reactivate(missed),
            (null, 4 or 5) => new UndoStep(counter, revision),
            (_, 11) => new SetPresence(counter, (Presence)random.Next(3), revision),
            _ => new CallNext(counter, revision)
            {
                Became = visit is TicketState.Called ? (VisitOutcome)random.Next(2) : null,
            },
        };
    }
}
