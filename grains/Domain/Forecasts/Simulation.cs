namespace Aufruf.Domain.Forecasts;

/// <summary>Plays the rest of a day once per replication, with the true policy, and notes the time of every call.</summary>
/// <remarks>A call looks only at the first ticket of each line. So its cost does not grow with the queue.</remarks>
internal sealed class Simulation
{
    private const double Never = double.PositiveInfinity;
    private const double Overtime = 180;            // Minutes after closing for which waiting tickets are followed.
    private const double WithoutClosing = 720;      // Minutes ahead when no closing time is known.

    private readonly SimulatedHall _hall;
    private readonly SimulatedQueue _queue;
    private readonly int _replications;
    private readonly double[] _pauseRates;
    private readonly double[] _returns;
    private readonly double _horizon;
    private readonly double[] _next;                // Per counter: minutes until it calls.
    private double _pace;
    private int _replication;

    /// <summary>Minutes to the call; [ticket * replications + replication]. Infinite: not within the horizon.</summary>
    public float[] Calls { get; }

    /// <summary>The same for tickets that are taken now.</summary>
    public float[] NewTicketCalls { get; }

    /// <summary>Minutes until those would be finished.</summary>
    public float[] NewTicketEnds { get; }

    public Simulation(SimulatedHall hall, int replications, float[] calls)
    {
        (_hall, _queue, _replications, Calls) = (hall, new(hall), replications, calls);
        NewTicketCalls = new float[hall.NewTickets.Length * replications];
        NewTicketEnds = new float[hall.NewTickets.Length * replications];
        (_pauseRates, _returns) = (hall.Times.Pauses.Rates(), hall.Times.Pauses.Returns());
        _horizon = hall.Now.ClosesAt is { } closes ? Math.Max(0, (closes - hall.Now.Now).TotalMinutes) + Overtime : WithoutClosing;
        _next = new double[hall.Counters.Length];
    }

    public void Run()
    {
        Calls.AsSpan(0, _hall.Now.Waiting.Count * _replications).Fill(float.PositiveInfinity);
        for (_replication = 0; _replication < _replications; _replication++)
        {
            Begin();
            while (_queue.Uncalled > 0 && Step())
            {
            }

            for (var i = 0; i < _hall.NewTickets.Length; i++)
            {
                var (ticket, called) = (_hall.NewTickets[i], _queue.NewTicketCalls[i]);
                NewTicketCalls[(i * _replications) + _replication] = (float)called;
                NewTicketEnds[(i * _replications) + _replication] = (float)(called + Occupied(ticket.Key, ticket.Times));
            }
        }
    }

    private void Begin()
    {
        // The uncertainty of the pace is common to a whole replication, and spread evenly over the replications.
        _pace = _hall.Times.Pace.Factor(Chance.NormalQuantile((((_replication * 37) % _replications) + 0.5) / _replications));
        _queue.Begin(_replication);
        for (var c = 0; c < _next.Length; c++)
        {
            _next[c] = _hall.Counters[c].Visit is not { } visit ? Gap(_hall.Counters[c].Key)
                : (visit.Times.Remaining(visit.Elapsed / _pace, Chance.Of(visit.Key, _replication, Question.Occupied)) * _pace)
                    + Gap(visit.Key);
        }
    }

    private double Gap(ulong key) => _hall.Times.Gap.At(Chance.Of(key, _replication, Question.Gap));

    private double Occupied(ulong key, Spread times) => times.At(Chance.Of(key, _replication, Question.Occupied)) * _pace;

    /// <summary>The next counter calls, or finds no ticket.</summary>
    private bool Step()
    {
        var (c, now) = (-1, _horizon);
        for (var i = 0; i < _next.Length; i++)
        {
            if (_next[i] < now)
            {
                (c, now) = (i, _next[i]);
            }
        }

        if (c < 0)
        {
            return false;
        }

        var counter = _hall.Counters[c];
        if (BackFromPause(counter, now) is var back && back > now)
        {
            _next[c] = back;
            return true;
        }

        var (line, entry) = _queue.Choose(counter, now);
        _next[c] = entry >= 0 ? Call(line, entry, now)
            : _queue.NextArrival(counter, now) + Gap(Chance.Mix(counter.Key + (ulong)_queue.Calls));
        return true;
    }

    private double BackFromPause(SimulatedHall.SimulatedCounter counter, double now)
    {
        for (var i = 0; i < counter.Counter.Absences.Count; i++)
        {
            var absence = counter.Counter.Absences[i];
            var from = (absence.From - _hall.Now.Now).TotalMinutes;
            if (from <= now && absence.Until is null)
            {
                return Math.Max(now, Return(counter.Key, from));
            }

            if (from <= now && (absence.Until - _hall.Now.Now)?.TotalMinutes is { } until && until > now)
            {
                return until + Gap(counter.Key);
            }
        }

        return now;
    }

    /// <summary>The return of a counter that left for an unknown while.</summary>
    private double Return(ulong key, double left)
    {
        var pauses = _hall.Times.Pauses;
        if (!pauses.Known)
        {
            return Never;
        }

        // The longer a counter is away, the more likely it does not come back today: Bayes.
        var (returns, away) = (_returns[HourAt(left)], pauses.Lengths.ShareAbove(-left));
        return Chance.Of(key, _replication, Question.Returns) * ((returns * away) + 1 - returns) > returns * away
            ? Never
            : Math.Max(0, left) + pauses.Lengths.Remaining(Math.Max(0, -left), Chance.Of(key, _replication, Question.PauseLength));
    }

    /// <summary>Hour of the day, so many minutes from now.</summary>
    private int HourAt(double minutes) => (int)((((_hall.Now.Now.TimeOfDay.TotalHours + (minutes / 60)) % 24) + 24) % 24);

    /// <summary>Minutes until the counter that calls an entry now calls again.</summary>
    private double Call(int line, int entry, double now)
    {
        ref readonly var called = ref _hall.Entries[entry];
        _queue.Call(line, entry);
        if (called.Waits >= 0)
        {
            Calls[(called.Waits * _replications) + _replication] = (float)now;
        }

        var occupied = Occupied(called.Key, called.Times);
        var free = now + occupied;
        return _hall.Times.Pauses.Known && Chance.Of(called.Key, _replication, Question.Pause) < 1 - Math.Exp(
            -_pauseRates[HourAt(free)] * occupied / 60)
            ? Return(called.Key, free)
            : free + Gap(called.Key);
    }
}
