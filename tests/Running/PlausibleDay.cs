using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using static Aufruf.Domain.Queues.QueueCommand;

namespace Aufruf.Tests.Running;

/// <summary>An ordinary day of a citizens' office, made up from a seed and carried out by the true rules: a rush in the morning, pauses at noon, some who do not come.</summary>
internal sealed class PlausibleDay
{
    /// <summary>What one request changed.</summary>
    internal sealed record Entry(DateTimeOffset At, IReadOnlyList<QueueEvent> Events, Refusal? Refusal);

    private readonly Random _chance;
    private readonly Setting _setting;
    private readonly DateTimeOffset _midnight;
    private readonly double _rush;
    private readonly PriorityQueue<Action, (DateTimeOffset At, int Order)> _agenda = new();
    private readonly HashSet<CounterId> _idle = [];
    private readonly List<Entry> _entries = [];
    private DateTimeOffset _now;
    private int _planned;

    private PlausibleDay(Setting setting, QueueKey key, int seed)
    {
        (_setting, Queue) = (setting, Queue.Empty(key));
        _chance = new Random((seed * 7919) + key.Day.DayNumber);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(setting.Office.TimeZone);
        var local = key.Day.ToDateTime(TimeOnly.MinValue);
        _midnight = new DateTimeOffset(local, zone.GetUtcOffset(local.AddHours(8))).ToUniversalTime(); // Of an ordinary day: eight is eight hours later.
        _rush = key.Day.DayOfWeek switch { DayOfWeek.Monday => 1.25, DayOfWeek.Thursday => 1.15, DayOfWeek.Wednesday => 0.7, _ => 0.95 };
    }

    public Queue Queue { get; private set; }

    /// <param name="unfinished">Stops here, as a day that is still going on.</param>
    public static (QueueKey Key, IReadOnlyList<Entry> Entries) Of(Office office, WaitingArea area, DateOnly date, int seed, TimeOnly? unfinished = null)
    {
        var key = new QueueKey(office.Authority.Id, office.Id, area.Id, date);
        var day = new PlausibleDay(new(office, area), key, seed);
        day.Run(unfinished is { } until ? day._midnight + until.ToTimeSpan() : DateTimeOffset.MaxValue);
        return (key, day._entries);
    }

    private static readonly double[] ArrivalsAnHour = [27, 25, 20, 15, 8, 0, 17, 17, 11]; // From eight o'clock on; at one the door is closed.

    private void Run(DateTimeOffset until)
    {
        foreach (var (counter, n) in _setting.Area.Counters.Select((c, n) => (c.Id, n)))
        {
            At(Clock(7, 50 + _chance.Next(12)), () => { Do(new LogIn(counter, new ClerkId($"clerk-{n + 1}"))); Next(counter); });
            At(Clock(n % 2 == 0 ? 11 : 12, 40 + _chance.Next(15)), () => Do(new SetPresence(counter, Presence.PauseAfter)));
            At(Clock(n % 2 == 0 ? 12 : 13, 20 + _chance.Next(10)), () => Back(counter));
        }

        for (var hour = 0; hour < ArrivalsAnHour.Length; hour++)
        {
            Enumerable.Range(0, Poisson(ArrivalsAnHour[hour] * _rush)).ToList().ForEach(_ => At(Clock(8 + hour, 0).AddSeconds(_chance.Next(3600)), WalkIn));
        }

        for (var slot = Clock(8, 20); slot < Clock(16, 30); slot = slot.AddMinutes(20))
        {
            var booked = slot;
            if (_chance.NextDouble() < 0.7 && booked.UtcDateTime.Hour != Clock(13, 0).UtcDateTime.Hour)
            {
                At(booked.AddMinutes(-9 + (_chance.NextDouble() * 13)), () => Arrived(new CheckIn(NewTicket(), NewCode(), AnyService(), "de", booked)));
            }
        }

        if (_chance.NextDouble() < 0.4)
        {
            At(Clock(16, _chance.Next(10, 50)), () => Do(new StopService(_setting.Area.Services[^2].Id, Automatic: _chance.Next(3) > 0)));
        }

        At(Clock(18, 10), () => Do(new EndDay()));
        while (_agenda.TryDequeue(out var act, out var when) && when.At <= until)
        {
            _now = when.At;
            act();
        }
    }

    private void WalkIn()
    {
        var service = AnyService();
        var middle = 1 + (5.5 * Ahead(service) * Math.Exp(0.15 * Normal()));
        Arrived(new TakeTicket(NewTicket(), NewCode(), service, _chance.NextDouble() switch { < 0.8 => "de", < 0.93 => "en", _ => "uk" })
        {
            Forecast = new(Math.Round(Math.Max(0, (middle * 0.35) - 1.5), 1), Math.Round(middle, 1), Math.Round((middle * 2.2) + 4, 1)),
        });
    }

    /// <summary>How many are before one at the counter where it goes quickest; no more than a rule of thumb.</summary>
    private double Ahead(ServiceId service) => _setting.Area.Counters.Where(c => c.Services.Contains(service))
        .Min(c => c.Services.Sum(s => (double)Queue.Waiting.CountOf(s) / _setting.Area.Counters.Count(other => other.Services.Contains(s))));

    private void Arrived(QueueCommand wish)
    {
        if (Do(wish) && Queue.Tickets.Values.MaxBy(t => t.Place) is { } ticket && _chance.NextDouble() < 0.03)
        {
            At(_now.AddMinutes(5 + _chance.Next(30)), () => Do(new Cancel(ticket.Id)));
        }

        _idle.ToList().ForEach(counter => At(_now.AddSeconds(4 + _chance.Next(20)), () => Next(counter)));
    }

    private void Next(CounterId counter)
    {
        if (!Queue.At(counter).Calling || Queue.VisitAt(counter) is not null)
        {
            return;
        }

        if (_now > Clock(17, 30) || (_now > Clock(16, 45) && Queue.Waiting.Count == 0))
        {
            Do(new CloseCounter(counter));
            return;
        }

        var parked = Queue.Tickets.Values.Where(t => t.State is TicketState.Parked).OrderBy(t => t.Place).FirstOrDefault();
        if (parked is not null && _chance.Next(2) == 0 && Do(new Resume(counter, parked.Id)))
        {
            Serve(counter, 0.4);
            return;
        }

        if (!Do(new CallNext(counter)))
        {
            _idle.Add(counter);
            return;
        }

        _idle.Remove(counter);
        if (_chance.NextDouble() < 0.05)
        {
            At(_now.AddSeconds(50 + _chance.Next(30)), () => Do(new Recall(counter)));
            At(_now.AddSeconds(110 + _chance.Next(40)), () => { Do(new MarkMissed(counter)); Next(counter); });
            return;
        }

        At(_now.AddSeconds(15 + (_chance.NextDouble() * 50)), () =>
        {
            Do(new MarkArrived(counter));
            Serve(counter, 1);
        });
    }

    private void Serve(CounterId counter, double length)
    {
        var usual = Queue.VisitAt(counter) is { } visit ? _setting.Area.Service(visit.Service)?.UsualMinutes ?? 8 : 8;
        At(_now.AddMinutes(usual * length * 0.85 * Math.Exp(0.45 * Normal())), () =>
        {
            if (length == 1 && _chance.NextDouble() < 0.04)
            {
                Do(new Park(counter));
            }
            else if (Queue.VisitAt(counter) is { } done)
            {
                Do(new Finish(counter) { Given = _chance.Next(6) == 0 ? [new(done.Service, 2)] : [] });
            }

            At(_now.AddSeconds(8 + _chance.Next(40)), () => Next(counter));
        });
    }

    private void Back(CounterId counter)
    {
        if (Queue.At(counter).Presence is Presence.Pause)
        {
            Do(new SetPresence(counter, Presence.Ready));
            Next(counter);
        }
        else if (_now < Clock(15, 0))
        {
            At(_now.AddMinutes(6), () => Back(counter));
        }
    }

    private bool Do(QueueCommand wish)
    {
        var decision = Queue.Decide(wish, _setting, _now);
        if (decision.Events.Count > 0)
        {
            _entries.Add(new(_now, decision.Events, decision.Refusal));
            Queue = decision.Events.Aggregate(Queue, (queue, happened) => queue.Apply(happened));
        }

        return decision.Refusal is null;
    }

    private void At(DateTimeOffset when, Action act) => _agenda.Enqueue(act, (when, _planned++));

    private DateTimeOffset Clock(int hour, int minute) => _midnight.AddHours(hour).AddMinutes(minute);

    private ServiceId AnyService()
    {
        double[] weights = [34, 22, 20, 11, 7, 10];
        var services = _setting.Area.Services;
        var at = _chance.NextDouble() * services.Select((_, n) => weights[n % weights.Length]).Sum();
        return services.Where((_, n) => (at -= weights[n % weights.Length]) < 0).First().Id;
    }

    private TicketId NewTicket() => new(NewGuid());

    private TicketCode NewCode() => new(NewGuid().ToString("N")[..16]);

    private Guid NewGuid()
    {
        var bytes = new byte[16];
        _chance.NextBytes(bytes);
        return new(bytes);
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _chance.NextDouble())) * Math.Cos(2 * Math.PI * _chance.NextDouble());

    private int Poisson(double mean)
    {
        var (n, product) = (0, _chance.NextDouble());
        for (var limit = Math.Exp(-mean); product > limit; n++)
        {
            product *= _chance.NextDouble();
        }

        return n;
    }
}
