using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Queues.QueueEvent;

namespace Aufruf.Tests.Domain;

/// <summary>One day at the small office: given events, when a command, then events.</summary>
internal sealed class QueueDay
{
    private readonly WaitingArea _area;
    private Decision<QueueEvent> _decision = new([]);

    private QueueDay(WaitingArea area) => _area = area;

    public static DateTimeOffset Now => SmallOffice.Nine;

    public Queue Queue { get; private set; } = Queue.Empty(SmallOffice.Key);

    public static QueueDay Given(params IEnumerable<QueueEvent> past) => At(SmallOffice.Area, past);

    public static QueueDay At(WaitingArea area, params IEnumerable<QueueEvent> past) =>
        new(area) { Queue = past.Aggregate(Queue.Empty(SmallOffice.Key), (queue, happened) => queue.Apply(happened)) };

    /// <summary>Decides a wish and lets what was decided happen.</summary>
    public QueueDay When(QueueCommand command)
    {
        _decision = Queue.Decide(command, _area, Now);
        Queue = _decision.Events.Aggregate(Queue, (queue, happened) => queue.Apply(happened));
        return this;
    }

    public QueueDay Then(params QueueEvent[] expected)
    {
        Assert.Null(_decision.Refusal);
        Assert.Equal(expected, _decision.Events.Select(WithoutWhy));
        return this;
    }

    public QueueDay ThenRefused(Refusal expected, params QueueEvent[] recorded)
    {
        Assert.Equal(expected, _decision.Refusal);
        Assert.Equal(recorded, _decision.Events);
        return this;
    }

    // Why somebody is next has tests of its own.
    private static QueueEvent WithoutWhy(QueueEvent happened) => happened is TicketCalled called ? called with { Why = null } : happened;

    // The nth ticket of a test. Scattered, so that nothing is in order by chance in a dictionary.
    public static TicketId Id(int n) => new(new Guid(n, 0, 0, BitConverter.GetBytes(n * -7_046_029_254_386_353_131L)));

    public static TicketCode Code(int n) => new($"code-{n}");

    public static TicketTaken Taken(int n, char letter, int number, ServiceId service) =>
        new(Id(n), Code(n), new TicketNumber(letter, number), service, "de", Now);

    public static TicketTaken ForPassport(int n) => Taken(n, 'A', n, SmallOffice.Passport);

    public static TicketTaken ForResidence(int n) => Taken(n, 'C', n, SmallOffice.Residence);

    public static CounterOpened Opened(CounterId counter) => new(counter, Now);

    public static TicketCalled Called(int n, CounterId counter) => new(Id(n), counter, Now);

    public static TicketArrived Arrived(int n, CounterId counter) => new(Id(n), counter, Now);

    public static TicketServed Served(int n, CounterId counter) => new(Id(n), counter, Now);

    public static TicketMissed Missed(int n, CounterId counter) => new(Id(n), counter, Now);

    public static QueueCommand.TakeTicket Take(int n, ServiceId service) => new(Id(n), Code(n), service, "de");

    /// <summary>A queue in a form that can be compared: as JSON, tickets and counters in a fixed order.</summary>
    public static string Text(Queue queue) => JsonSerializer.Serialize(
        new { queue.Key, Tickets = queue.Tickets.Values.OrderBy(t => t.Place), Counters = queue.Counters.Values.OrderBy(c => c.Id.Value, StringComparer.Ordinal), Waiting = queue.Waiting.Count },
        DomainJson.Options);
}
