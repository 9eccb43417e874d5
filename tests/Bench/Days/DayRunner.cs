using Aufruf.Domain.Forecasts;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues.Policies;

namespace Aufruf.Bench.Days;

/// <summary>Plays a generated day through the true policy. Written apart from the forecast's own simulation, so that neither checks
/// itself.</summary>
internal sealed class DayRunner
{
    private const double GivenUp = 20; // Minutes after its time at which a booked citizen counts as not come.

    private const double CatchUp = 60; // Minutes of wait after which a service of a later group is called like one of the first.

    private readonly GeneratedDay _day;
    private readonly AreaRules _rules;
    private readonly DateTimeOffset _opens;
    private readonly PriorityQueue<Action, (double, long)> _agenda = new();
    private readonly List<Person> _waiting = [];
    private readonly HashSet<Person> _expected = [];
    private readonly Seat[] _seats;
    private long _order;
    private long _places;

    /// <summary>A ticket was taken or an appointment checked in.</summary>
    public event Action<Person>? CheckedIn;

    /// <summary>Somebody was called, after those who wait were changed.</summary>
    public event Action<Person>? Called;

    /// <summary>An observation that a hall learns from.</summary>
    public event Action<Func<ServiceTimes, ServiceTimes>>? Seen;

    public DayRunner(GeneratedDay day, AreaRules rules, DateOnly date)
    {
        (_day, _rules) = (day, rules);
        _opens = new DateTimeOffset(date.ToDateTime(new TimeOnly(8, 0)), TimeSpan.FromHours(1));
        _seats = day.Model.Counters.Select((c, i) => new Seat(c, day.Breaks[i])).ToArray();
    }

    /// <summary>Minutes after opening.</summary>
    public double Now { get; private set; }

    public IReadOnlyList<Person> Waiting => _waiting;

    public int OpenCounters => _seats.Count(s => s.LeftAt is null);

    private sealed class Seat(OfficeModel.TrueCounter counter, IReadOnlyList<Break> breaks)
    {
        public OfficeModel.TrueCounter Counter => counter;
        public Queue<Break> Breaks { get; } = new(breaks);
        public Person? Serves { get; set; }
        public double Since { get; set; }
        public bool Deciding { get; set; } = true;
        public double? LeftAt { get; set; }
    }

    public void Run()
    {
        foreach (var person in _day.People)
        {
            person.Called = null;
            if (person.Booked is { } booked)
            {
                _expected.Add(person);
                At(booked + GivenUp, () => GiveUp(person));
            }

            if (person.Comes is { } comes)
            {
                At(comes, () => Come(person));
            }
        }

        foreach (var seat in _seats)
        {
            At(0.5, () => CallNext(seat));
        }

        while (_agenda.TryDequeue(out var happen, out var when))
        {
            Now = when.Item1;
            happen();
        }

        foreach (var seat in _seats.Where(s => s.LeftAt is not null))
        {
            Seen?.Invoke(times => times.PauseOver(Clock(seat.LeftAt!.Value), null, Clock(Math.Max(Now, OfficeModel.Hours * 60))));
        }
    }

    /// <summary>The state of the hall at this moment; not what clerks and citizens have in mind.</summary>
    public Situation Situation =>
        new(Clock(Now), _rules, _seats.Select(SeatNow).ToArray(), _waiting.Select(p => new WaitingNow(CandidateOf(p))).ToArray())
        {
            Expected = _expected.Select(p => new ExpectedAppointment(p.Ticket.Value, p.Service, Clock(p.Booked!.Value))).ToArray(),
            ClosesAt = Clock(OfficeModel.Hours * 60),
        };

    public Candidate CandidateOf(Person person) => new(person.Ticket, person.Service, person.Class, Clock(person.Due), person.Place);

    public DateTimeOffset Clock(double minutes) => _opens.AddMinutes(minutes);

    private CounterNow SeatNow(Seat seat) => new(seat.Counter.Id, seat.Counter.Groups)
    {
        Visit = seat.Serves is { } person ? new(person.Ticket, person.Service, Clock(seat.Since)) : null,
        Absences = seat.LeftAt is { } left ? [new(Clock(left), null)] : [],
    };

    /// <summary>Whether the counter that has just called somebody could have called somebody else: both services stand in one
    /// group.</summary>
    public bool CouldHaveCalled(Person called, Person other) =>
        _seats.First(s => s.Serves == called).Counter.Groups.Any(g => g.Contains(called.Service) && g.Contains(other.Service));

    private void At(double minutes, Action happen) => _agenda.Enqueue(happen, (minutes, _order++));

    private void Come(Person person)
    {
        if (_expected.Remove(person))
        {
            Seen?.Invoke(times => times.AppointmentOver(person.Service, true, Clock(Now)));
        }

        person.Place = ++_places;
        _waiting.Add(person);
        CheckedIn?.Invoke(person);
        foreach (var seat in _seats.Where(s => s is { Serves: null, Deciding: false, LeftAt: null }
            && s.Counter.Groups.Any(g => g.Contains(person.Service))))
        {
            seat.Deciding = true;
            At(Now + person.Gap + (0.05 * Array.IndexOf(_seats, seat)), () => CallNext(seat));
        }
    }

    private void GiveUp(Person person)
    {
        if (_expected.Remove(person))
        {
            Seen?.Invoke(times => times.AppointmentOver(person.Service, false, Clock(Now)));
        }
    }

    private void CallNext(Seat seat)
    {
        seat.Deciding = false;
        if (Leaves(seat) || Next(seat) is not { } person)
        {
            return;
        }

        _waiting.Remove(person);
        person.Called = Now;
        (seat.Serves, seat.Since) = (person, Now);
        Called?.Invoke(person);
        var occupies = Now >= 240 ? person.Occupies * _day.Model.FactorFromNoon : person.Occupies;
        At(Now + occupies, () => Free(seat));
    }

    private void Free(Seat seat)
    {
        var person = seat.Serves!;
        Seen?.Invoke(times => times.VisitEnded(person.Service, TimeSpan.FromMinutes(Now - seat.Since), Clock(Now)));
        (seat.Serves, seat.Since) = (null, Now);
        if (Leaves(seat))
        {
            return;
        }

        seat.Deciding = true;
        if (Next(seat) is not null)
        {
            Seen?.Invoke(times => times.NextCalled(TimeSpan.FromMinutes(person.Gap), Clock(Now + person.Gap)));
        }

        At(Now + person.Gap, () => CallNext(seat));
    }

    private bool Leaves(Seat seat)
    {
        if (Now >= seat.Counter.LeavesAt && seat.Counter.LeavesAt < OfficeModel.Hours * 60)
        {
            seat.LeftAt = Now;
            Seen?.Invoke(times => times.PauseBegan(Clock(Now)));
            return true;
        }

        if (!seat.Breaks.TryPeek(out var pause) || pause.From > Now)
        {
            return false;
        }

        seat.Breaks.Dequeue();
        (seat.LeftAt, seat.Deciding) = (Now, true);
        Seen?.Invoke(times => times.PauseBegan(Clock(Now)));
        At(Now + pause.Minutes, () =>
        {
            (seat.LeftAt, seat.Since) = (null, Now);
            Seen?.Invoke(times => times.PauseOver(Clock(Now - pause.Minutes), TimeSpan.FromMinutes(pause.Minutes), Clock(Now)));
            CallNext(seat);
        });
        return true;
    }

    private Person? Next(Seat seat)
    {
        var tooLong = _waiting.Where(p => Now - p.Due > CatchUp).Select(p => p.Service).ToHashSet();
        foreach (var due in (bool[])[true, false])
        {
            foreach (var (group, g) in seat.Counter.Groups.Select((services, i) => (services, i)))
            {
                var callable = _waiting.Where(p => (!due || p.Due <= Now) && (group.Contains(p.Service)
                    || (g == 0 && tooLong.Contains(p.Service) && seat.Counter.Groups.Any(later => later.Contains(p.Service)))));
                var heads = callable.GroupBy(p => (p.Service, p.Class)).Select(line => line.Min(CandidateOf)).ToArray();
                if (heads.Length > 0)
                {
                    var next = heads.Aggregate((best, other) => _rules.IsBefore(other, best, Clock(Now)) ? other : best).Ticket;
                    return _waiting.First(p => p.Ticket == next);
                }
            }
        }

        return null;
    }
}
