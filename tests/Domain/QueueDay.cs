using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Domain.Queues.Policies;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Queues.QueueEvent;

namespace Aufruf.Tests.Domain;

/// <summary>One day at the small office: given events, when a command, then events.</summary>
internal sealed class QueueDay
{
    private Decision<QueueEvent> _decision = new([]);

    private QueueDay(Setting setting) => Setting = setting;

    public static DateTimeOffset Now => SmallOffice.Nine;

    public Setting Setting { get; }

    /// <summary>The time of the clock; nine at first.</summary>
    public DateTimeOffset Time { get; private set; } = Now;

    public Queue Queue { get; private set; } = Queue.Empty(SmallOffice.Key);

    public static QueueDay Given(params IEnumerable<QueueEvent> past) => At(SmallOffice.Area, past);

    public static QueueDay At(WaitingArea area, params IEnumerable<QueueEvent> past) =>
        new(SmallOffice.SettingWith(area))
        {
            Queue = past.Aggregate(Queue.Empty(SmallOffice.Key), (queue, happened) =>
            queue.Apply(happened))
        };

    public static QueueDay Under(AreaRules rules, params IEnumerable<QueueEvent> past) => At(SmallOffice.Area with { Rules = rules }, past);

    /// <summary>Things happen; those without a time of their own happen now.</summary>
    public QueueDay And(params IEnumerable<QueueEvent> happened)
    {
        Queue = happened.Aggregate(Queue, (queue, e) => queue.Apply(e.At == Now ? e with { At = Time } : e));
        return this;
    }

    public QueueDay Later(int minutes = 0, int seconds = 0)
    {
        Time += TimeSpan.FromSeconds((60 * minutes) + seconds);
        return this;
    }

    public Ticket Ticket(int n) => Queue.Tickets[Id(n)];

    /// <summary>Which ticket a counter would call now; null when none.</summary>
    public TicketId? Next(CounterId counter) => Queue.NextFor(counter, Setting, Time)?.Ticket.Id;

    public Why? WhyNext(CounterId counter) => Queue.NextFor(counter, Setting, Time)?.Why;

    /// <summary>Decides a command and applies its events.</summary>
    public QueueDay When(QueueCommand command)
    {
        _decision = Queue.Decide(command, Setting, Time);
        Queue = _decision.Events.Aggregate(Queue, (queue, happened) => queue.Apply(happened));
        return this;
    }

    /// <summary>Exactly this has happened, at this moment.</summary>
    public QueueDay Then(params QueueEvent[] expected)
    {
        Assert.Null(_decision.Refusal);
        Assert.Equal(expected.Select(InWords), _decision.Events.Select(WithoutWhy)
            .Select(e => JsonSerializer.Serialize(e, DomainJson.Options)));
        return this;
    }

    public QueueDay ThenRefused(Refusal expected, params QueueEvent[] recorded)
    {
        Assert.Equal(expected, _decision.Refusal);
        Assert.Equal(recorded.Select(InWords), _decision.Events.Select(e => JsonSerializer.Serialize(e, DomainJson.Options)));
        return this;
    }

    private string InWords(QueueEvent expected) => JsonSerializer.Serialize(expected with { At = Time }, DomainJson.Options);

    // Why somebody is next has tests of its own.
    private static QueueEvent WithoutWhy(QueueEvent happened) => happened is TicketCalled called ? called with { Why = null } : happened;

    /// <summary>The same, at another time.</summary>
    public static T On<T>(T happened, DateTimeOffset at) where T : QueueEvent => (T)(happened with { At = at });

    public static CheckedIn Booked(int n, DateTimeOffset start, ServiceId? service = null) =>
        new(Id(n), Code(n), new TicketNumber('B', n), service ?? SmallOffice.Passport, "de", start, Now);

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
        new
        {
            queue.Key,
            Tickets = queue.Tickets.Values.OrderBy(t => t.Place),
            Counters = queue.Counters.Values.OrderBy(c => c.Id.Value, StringComparer.Ordinal),
            Waiting = queue.Waiting.Count,
            Lines = queue.Waiting.All.Select(x => x.Candidate).Concat(queue.Waiting.Held.Select(t => t.Candidate)).Order(),
            queue.CallsMade,
            Stopped = queue.Stopped.OrderBy(s => s.Key.Value, StringComparer.Ordinal),
            Emergencies = queue.Emergencies.Values.OrderBy(e => e.Counter.Value, StringComparer.Ordinal),
            Offered = queue.OpenOffers.Select(o => o.Offer.Ticket).OrderBy(t => t.Value),
            queue.Ended,
        },
        DomainJson.Options);
}
