namespace Aufruf.Domain.Forecasts;

/// <summary>Plays the rest of a day once per replication, with the true policy, and notes when everybody is called.</summary>
/// <remarks>One call costs a look at the first of each line of its counter: a replication grows with the number of tickets, not with its square.</remarks>
internal sealed partial class Simulation
{
    private const double Never = double.PositiveInfinity;
    private const double Overtime = 180;            // Minutes after closing until which those who still wait are followed.
    private const double WithoutClosing = 720;      // Minutes ahead when no closing time is known.
    private const double InTime = 0.8;              // Share of booked citizens who are there at their time ...
    private const double MeanLateness = 4;          // ... and the mean lateness of the others, in minutes.

    private readonly Scene _scene;
    private readonly int _replications;
    private readonly double[] _pauseRates;
    private readonly double[] _returns;
    private readonly double _horizon;
    private readonly double _startHour;

    // Of the replication that runs.
    private readonly int[] _heads;
    private readonly double[] _from;                // Per entry: minutes from which it can be called; never once it was called.
    private readonly double[] _next;                // Per counter: minutes until it calls.
    private readonly bool[] _ghostDone;
    private double _pace;
    private int _calls;
    private int _waiting;
    private int _replication;

    /// <summary>Minutes to the call; [ticket * replications + replication]. Never: not within the horizon.</summary>
    public float[] Calls { get; }

    /// <summary>The same for those who would take a ticket now.</summary>
    public float[] GhostCalls { get; }

    /// <summary>Minutes until those would be finished.</summary>
    public float[] GhostEnds { get; }

    public Simulation(Scene scene, int replications, float[] calls)
    {
        (_scene, _replications, Calls) = (scene, replications, calls);
        GhostCalls = new float[scene.Ghosts.Length * replications];
        GhostEnds = new float[scene.Ghosts.Length * replications];
        _pauseRates = scene.Times.Pauses.Rates();
        _returns = scene.Times.Pauses.Returns();
        _horizon = scene.Now.ClosesAt is { } closes ? Math.Max(0, (closes - scene.Now.Now).TotalMinutes) + Overtime : WithoutClosing;
        _startHour = scene.Now.Now.TimeOfDay.TotalHours;
        _heads = new int[scene.Lines];
        _from = new double[scene.Entries.Length];
        _next = new double[scene.Desks.Length];
        _ghostDone = new bool[scene.Ghosts.Length];
    }

    public void Run()
    {
        Calls.AsSpan(0, _scene.Now.Waiting.Count * _replications).Fill(float.PositiveInfinity);
        Array.Fill(GhostCalls, float.PositiveInfinity);
        Array.Fill(GhostEnds, float.PositiveInfinity);
        for (_replication = 0; _replication < _replications; _replication++)
        {
            Begin();
            while (_waiting > 0 && Step())
            {
            }
        }
    }

    private void Begin()
    {
        // The uncertainty of the pace is common to a whole replication; spread evenly over the replications.
        _pace = _scene.Times.Pace.Factor(Normal.Quantile((((_replication * 37) % _replications) + 0.5) / _replications));
        Array.Copy(_scene.Starts, _heads, _heads.Length);
        Array.Clear(_ghostDone);
        (_calls, _waiting) = (0, _scene.Now.Waiting.Count + _scene.Ghosts.Length);
        for (var l = 0; l < _scene.Lines; l++)
        {
            if (_scene.Later[l])
            {
                for (var i = _scene.Starts[l]; i < _scene.Starts[l + 1]; i++)
                {
                    _from[i] = Arrival(_scene.Entries[i]);
                }
            }
        }

        for (var c = 0; c < _next.Length; c++)
        {
            var desk = _scene.Desks[c];
            _next[c] = desk.Visit is { } visit
                ? (visit.Times.Remaining(visit.Elapsed / _pace, Chance.Of(visit.Key, _replication, Question.Occupied)) * _pace) + Gap(visit.Key)
                : _scene.Times.Gap.Remaining(desk.Free, Chance.Of(desk.Key, _replication, Question.Gap));
        }
    }

    private double Arrival(in Scene.Entry entry)
    {
        if (entry.Waits >= 0)
        {
            return entry.NotBefore;
        }

        if (Chance.Of(entry.Key, _replication, Question.Comes) >= entry.Comes)
        {
            return Never;
        }

        var late = Chance.Of(entry.Key, _replication, Question.Late);
        // Already late: how much later is as unknown as before.
        return Math.Max(0, entry.Due) + (entry.Due > 0 && late < InTime ? 0 : -MeanLateness * Math.Log((1 - late) / (entry.Due > 0 ? 1 - InTime : 1)));
    }

    private double Gap(ulong key) => _scene.Times.Gap.At(Chance.Of(key, _replication, Question.Gap));

    /// <summary>The next counter calls, or finds nobody.</summary>
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

        if (BackFromPause(c, now) is var back && back > now)
        {
            _next[c] = back;
            return true;
        }

        var (line, entry) = Choose(_scene.Desks[c], now);
        _next[c] = entry >= 0 ? Call(line, entry, now) : NextArrival(_scene.Desks[c], now);
        return true;
    }

    private double BackFromPause(int c, double now)
    {
        var desk = _scene.Desks[c];
        for (var i = 0; i < desk.Counter.Absences.Count; i++)
        {
            var absence = desk.Counter.Absences[i];
            var from = (absence.From - _scene.Now.Now).TotalMinutes;
            if (from <= now && absence.Until is null)
            {
                return Math.Max(now, Return(desk.Key, from));
            }

            if (from <= now && (absence.Until - _scene.Now.Now)?.TotalMinutes is { } until && until > now)
            {
                return until + Gap(desk.Key);
            }
        }

        return now;
    }

    /// <summary>When a counter comes back that left for an unknown while.</summary>
    private double Return(ulong key, double left)
    {
        var pauses = _scene.Times.Pauses;
        if (!pauses.Known)
        {
            return Never;
        }

        // The longer it is away already, the more it looks like home: Bayes.
        var (returns, away) = (_returns[HourAt(left)], pauses.Lengths.ShareAbove(-left));
        return Chance.Of(key, _replication, Question.Returns) * ((returns * away) + 1 - returns) > returns * away
            ? Never
            : Math.Max(0, left) + pauses.Lengths.Remaining(Math.Max(0, -left), Chance.Of(key, _replication, Question.PauseLength));
    }

    /// <summary>Hour of the day, so many minutes from now.</summary>
    private int HourAt(double minutes) => (int)((((_startHour + (minutes / 60)) % 24) + 24) % 24);

    /// <summary>Minutes until the counter that calls an entry now calls again.</summary>
    private double Call(int line, int entry, double now)
    {
        ref readonly var called = ref _scene.Entries[entry];
        _calls++;
        if (called.Waits >= 0)
        {
            Calls[(called.Waits * _replications) + _replication] = (float)now;
            _waiting--;
        }

        if (_scene.Later[line])
        {
            _from[entry] = Never;
            while (_heads[line] < _scene.Starts[line + 1] && double.IsPositiveInfinity(_from[_heads[line]]))
            {
                _heads[line]++;
            }
        }
        else
        {
            _heads[line]++;
        }

        var occupied = called.Times.At(Chance.Of(called.Key, _replication, Question.Occupied)) * _pace;
        var free = now + occupied;
        return _scene.Times.Pauses.Known && Chance.Of(called.Key, _replication, Question.Pause) < 1 - Math.Exp(-_pauseRates[HourAt(free)] * occupied / 60)
            ? Return(called.Key, free)
            : free + Gap(called.Key);
    }

    /// <summary>When somebody comes whom an idle counter may call.</summary>
    private double NextArrival(Scene.Desk desk, double now)
    {
        var next = Never;
        foreach (var line in desk.Lines)
        {
            for (var i = _heads[line]; _scene.Later[line] && i < _scene.Starts[line + 1]; i++)
            {
                next = _from[i] > now ? Math.Min(next, _from[i]) : next;
            }
        }

        return next + Gap(Chance.Mix(desk.Key + (ulong)_calls));
    }
}
