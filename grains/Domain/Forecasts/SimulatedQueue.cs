namespace Aufruf.Domain.Forecasts;

/// <summary>The tickets of one replication, and which of them a counter calls next: the same order of calls as in the queue.</summary>
internal sealed class SimulatedQueue(SimulatedHall hall)
{
    private const double InTime = 0.8;              // Share of booked citizens who are there at their time ...
    private const double MeanLateness = 4;          // ... and the mean lateness of the others, in minutes.

    private readonly int[] _heads = new int[hall.Lines];
    private readonly double[] _from = new double[hall.Entries.Length]; // Minutes from which an entry can be called; infinite once it was.
    private int _calls;

    /// <summary>Minutes to the call of a ticket that is taken now, per service; infinite before it.</summary>
    public double[] NewTicketCalls { get; } = new double[hall.NewTickets.Length];

    /// <summary>How many tickets have not been called, new ones included.</summary>
    public int Uncalled { get; private set; }

    public int Calls => _calls;

    public void Begin(int replication)
    {
        Array.Copy(hall.Starts, _heads, _heads.Length);
        Array.Fill(NewTicketCalls, double.PositiveInfinity);
        (_calls, Uncalled) = (0, hall.Now.Waiting.Count + hall.NewTickets.Length);
        for (var i = 0; i < _from.Length; i++)
        {
            _from[i] = Arrival(hall.Entries[i], replication);
        }
    }

    private static double Arrival(in SimulatedHall.Entry entry, int replication)
    {
        if (entry.Waits >= 0)
        {
            return entry.NotBefore;
        }

        if (Chance.Of(entry.Key, replication, Question.Comes) >= entry.Comes)
        {
            return double.PositiveInfinity;
        }

        var late = Chance.Of(entry.Key, replication, Question.Late);
        // For a citizen who is late already, the rest of the lateness is as unknown as before.
        var expected = Math.Max(entry.Due, entry.NotBefore);
        return Math.Max(0, expected)
            + (expected > 0 && late < InTime ? 0 : -MeanLateness * Math.Log((1 - late) / (expected > 0 ? 1 - InTime : 1)));
    }

    /// <summary>Line and entry that a counter calls; below zero when there is none.</summary>
    public (int Line, int Entry) Choose(SimulatedHall.SimulatedCounter counter, double now)
    {
        var at = hall.Now.Now.AddTicks((long)(now * TimeSpan.TicksPerMinute));
        for (var g = 0; g < counter.Groups.Length; g++)
        {
            var also = g == 0 ? counter.Also : [];
            var best = Best(counter.Groups[g], also, now, at, due: true);
            foreach (var ticket in counter.NewTickets[g])
            {
                OfferCall(ticket, best.Entry, now, at);
            }

            foreach (var service in also)
            {
                if (service.NewTicket >= 0 && now > service.AfterMinutes)
                {
                    OfferCall(service.NewTicket, best.Entry, now, at);
                }
            }

            if (best.Entry >= 0)
            {
                return best;
            }
        }

        // No ticket is due: an early one is called.
        foreach (var group in counter.Groups)
        {
            if (Best(group, [], now, at, due: false) is { Entry: >= 0 } early)
            {
                return early;
            }
        }

        return (-1, -1);
    }

    public void Call(int line, int entry)
    {
        _calls++;
        Uncalled -= hall.Entries[entry].Waits >= 0 ? 1 : 0;
        _from[entry] = double.PositiveInfinity;
        while (_heads[line] < hall.Starts[line + 1] && double.IsPositiveInfinity(_from[_heads[line]]))
        {
            _heads[line]++;
        }
    }

    /// <summary>The next arrival that an idle counter may call, in minutes from now; infinite when there is none.</summary>
    public double NextArrival(SimulatedHall.SimulatedCounter counter, double now)
    {
        var next = double.PositiveInfinity;
        foreach (var line in counter.Lines)
        {
            for (var i = _heads[line]; i < hall.Starts[line + 1]; i++)
            {
                next = _from[i] > now ? Math.Min(next, _from[i]) : next;
            }
        }

        return next;
    }

    private (int Line, int Entry) Best(int[] lines, SimulatedHall.Also[] also, double now, DateTimeOffset at, bool due)
    {
        var best = (Line: -1, Entry: -1);
        Consider(lines);
        foreach (var service in also)
        {
            if (WaitsTooLong(service, now))
            {
                Consider(service.Lines);
            }
        }

        return best;

        void Consider(int[] more)
        {
            foreach (var line in more)
            {
                if (First(line, now, due) is >= 0 and var entry
                    && (best.Entry < 0 || IsBefore(CandidateOf(entry), CandidateOf(best.Entry), at)))
                {
                    best = (line, entry);
                }
            }
        }
    }

    private Candidate CandidateOf(int entry) => hall.Entries[entry].Candidate;

    private bool IsBefore(Candidate one, Candidate other, DateTimeOffset at) => hall.Now.Rules.IsBefore(one, other, at);

    private bool WaitsTooLong(in SimulatedHall.Also service, double now)
    {
        foreach (var line in service.Lines)
        {
            if (First(line, now, due: true) is >= 0 and var entry && now - hall.Entries[entry].Due > service.AfterMinutes)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first entry of a line that can be called; below zero when there is none.</summary>
    /// <param name="due">Only one whose time and turn have come.</param>
    private int First(int line, double now, bool due)
    {
        for (var i = _heads[line]; i < hall.Starts[line + 1]; i++)
        {
            ref readonly var entry = ref hall.Entries[i];
            if (due && entry.Due > now)
            {
                return -1; // All behind it are due later.
            }

            if (_from[i] <= now && (!due || entry.NotBeforeCalls <= _calls))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Notes the call of a ticket taken now. Until then it changes nothing for the others, so it stands in no line.</summary>
    /// <param name="rival">The entry that is really called; below zero for none.</param>
    private void OfferCall(int ticket, int rival, double now, DateTimeOffset at)
    {
        var one = hall.NewTickets[ticket];
        if (double.IsPositiveInfinity(NewTicketCalls[ticket]) && Array.TrueForAll(one.Before, line => _heads[line] == hall.Starts[line + 1])
            && (rival < 0 || IsBefore(one.Candidate, CandidateOf(rival), at)))
        {
            NewTicketCalls[ticket] = now;
            Uncalled--;
        }
    }
}
