namespace Aufruf.Domain.Forecasts;

/// <summary>A situation in the form that a simulation reads fast: tickets in lines of equals, and for each counter its lines.</summary>
internal sealed class SimulatedHall
{
    // No figure of an office is known yet. A ticket that costs nothing is given up more often than an appointment.
    private const double ComesFromHome = 0.8;

    // The same rule as in the queue: after an hour every ticket belongs to the first group of a work profile.
    private const double CatchUpMinutes = 60;

    public required Situation Now { get; init; }
    public required ServiceTimes Times { get; init; }

    /// <summary>All tickets that wait or may come, line by line; within a line in the order of every policy.</summary>
    public required Entry[] Entries { get; init; }

    /// <summary>The first entry of each line, and at the end the number of entries.</summary>
    public required int[] Starts { get; init; }

    public required SimulatedCounter[] Counters { get; init; }

    /// <summary>For each service: a ticket that is taken now.</summary>
    public required NewTicket[] NewTickets { get; init; }

    public int Lines => Starts.Length - 1;

    /// <param name="Waits">Position in <see cref="Situation.Waiting"/>; below zero for an expected ticket.</param>
    /// <param name="Due">Minutes from now; negative for the past.</param>
    /// <param name="NotBefore">Minutes from now; zero when it can be called.</param>
    /// <param name="Comes">Probability.</param>
    internal readonly record struct Entry(Candidate Candidate, ulong Key, Spread Times, int Waits, double Due, double NotBefore,
        int NotBeforeCalls, double Comes);

    /// <param name="Before">Lines that must be empty first: the same service, the same class.</param>
    internal sealed record NewTicket(Candidate Candidate, ulong Key, Spread Times, int[] Before);

    /// <param name="Visit">The usual times of the present visit, and the minutes that it has taken; null: free.</param>
    /// <param name="Groups">Per group of services: its lines.</param>
    /// <param name="NewTickets">Per group of services: its new tickets.</param>
    internal sealed record SimulatedCounter(CounterNow Counter, ulong Key, (Spread Times, ulong Key, double Elapsed)? Visit, Also[] Also,
        int[][] Groups, int[][] NewTickets)
    {
        /// <summary>Every line it may call.</summary>
        public int[] Lines { get; } = [.. Groups.SelectMany(g => g).Concat(Also.SelectMany(a => a.Lines)).Distinct()];
    }

    /// <summary>A service of a later group, or of none. It joins the first group when its ticket waits too long.</summary>
    /// <param name="NewTicket">Below zero: there is none.</param>
    internal readonly record struct Also(int[] Lines, int NewTicket, double AfterMinutes);

    /// <param name="Later">Its tickets cannot be called yet: they are expected, or held back.</param>
    private readonly record struct Line(ServiceId Service, WaitingClass Class, CounterId? Counter, bool Later);

    public static SimulatedHall Of(Situation now, ServiceTimes times, ulong seed)
    {
        Spread? any = null; // A service that left the configuration takes as long as the average one.
        Spread TimesOf(ServiceId service) => times.Services.TryGetValue(service, out var known)
            ? known.Times
            : any ??= times.Services.Values.Aggregate(Spread.Nothing, (all, s) => all.Plus(s.Times));

        var lines = new Dictionary<Line, List<Entry>>();
        List<Entry> LineOf(Line line) => lines.TryGetValue(line, out var entries) ? entries : lines[line] = [];

        foreach (var (i, one) in now.Waiting.Index())
        {
            var candidate = one.Candidate;
            var notBefore = one.NotBefore is { } until ? Math.Max(0, Minutes(until)) : 0;
            LineOf(new(candidate.Service, candidate.Class, one.ForCounter, notBefore > 0 || one.NotBeforeCalls > 0)).Add(new(
                candidate, Chance.KeyOf(seed, candidate.Ticket.Value), TimesOf(candidate.Service), i, Minutes(candidate.DueAt), notBefore,
                one.NotBeforeCalls, Comes: 1));
        }

        foreach (var one in now.Expected)
        {
            var candidate = new Candidate(new(one.Id), one.Service, one.Class, one.Booked, long.MaxValue);
            var comes = one.Comes ?? times.Services.GetValueOrDefault(one.Service)?.Comes ?? 1;
            LineOf(new(one.Service, one.Class, null, Later: true))
                .Add(new(candidate, Chance.KeyOf(seed, one.Id), TimesOf(one.Service), -1, Minutes(one.Booked), 0, 0, comes));
        }

        foreach (var (candidate, earliest) in now.Coming)
        {
            LineOf(new(candidate.Service, candidate.Class, null, Later: true)).Add(new(
                candidate, Chance.KeyOf(seed, candidate.Ticket.Value), TimesOf(candidate.Service), -1, Minutes(candidate.DueAt),
                Math.Max(0, Minutes(earliest)), 0, ComesFromHome));
        }

        var keys = lines.Keys.ToArray();
        var starts = new int[keys.Length + 1];
        foreach (var (l, line) in lines.Values.Index())
        {
            line.Sort((a, b) => a.Candidate.CompareTo(b.Candidate));
            starts[l + 1] = starts[l] + line.Count;
        }

        var services = now.Counters.SelectMany(c => c.Groups.SelectMany(g => g)).Distinct().ToArray();
        return new()
        {
            Now = now,
            Times = times,
            Entries = [.. lines.Values.SelectMany(line => line)],
            Starts = starts,
            Counters = [.. now.Counters.Select(CounterOf)],
            NewTickets = [.. services.Select(NewTicketOf)],
        };

        double Minutes(DateTimeOffset at) => (at - now.Now).TotalMinutes;

        int[] LinesWhere(Func<Line, bool> isWanted) => [.. Enumerable.Range(0, keys.Length).Where(l => isWanted(keys[l]))];

        NewTicket NewTicketOf(ServiceId service) => new(
            new(default, service, WaitingClass.WalkIn, now.Now, long.MaxValue), Chance.KeyOf(seed, service.Value), TimesOf(service),
            LinesWhere(k => k.Service == service && k is { Class: WaitingClass.WalkIn, Counter: null, Later: false }));

        SimulatedCounter CounterOf(CounterNow counter)
        {
            var first = counter.Groups.Take(1).SelectMany(g => g);
            var later = counter.Groups.Skip(1).SelectMany(g => g).Concat(counter.Also.Select(a => a.Service)).Except(first);
            return new(
                counter,
                Chance.KeyOf(seed, counter.Id.Value),
                counter.Visit is { } visit
                    ? (TimesOf(visit.Service), Chance.KeyOf(seed, visit.Ticket.Value), Math.Max(0, -Minutes(visit.CalledAt)))
                    : null,
                [.. later.Select(service => new Also(
                    LinesWhere(k => k.Counter is null && k.Service == service),
                    Array.IndexOf(services, service),
                    counter.Also.FirstOrDefault(a => a.Service == service)?.WhenMinutes ?? CatchUpMinutes))],
                [.. counter.Groups.Select((g, i) =>
                    LinesWhere(k => k.Counter is null ? g.Contains(k.Service) : i == 0 && k.Counter == counter.Id))],
                [.. counter.Groups.Select(g => Enumerable.Range(0, services.Length).Where(s => g.Contains(services[s])).ToArray())]);
        }
    }
}
