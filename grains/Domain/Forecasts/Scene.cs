using Aufruf.Domain.Queues.Policies;

namespace Aufruf.Domain.Forecasts;

/// <summary>A situation in the shape that a simulation reads fast: who waits in lines of equals, counters with the numbers of their lines.</summary>
internal sealed class Scene
{
    // As the queue does it: a work profile has an order, and after an hour everybody belongs to its first group.
    private const double CatchUpMinutes = 60;

    public required Situation Now { get; init; }
    public required ServiceTimes Times { get; init; }

    /// <summary>Everybody who waits or may come, line by line; within a line in the order of every policy.</summary>
    public required Entry[] Entries { get; init; }

    /// <summary>Where each line begins; one more than there are lines.</summary>
    public required int[] Starts { get; init; }

    /// <summary>Whether a line holds people who cannot be called yet: expected, or held back.</summary>
    public required bool[] Later { get; init; }

    public required Desk[] Desks { get; init; }

    /// <summary>For each service: what would happen to one who took a ticket now.</summary>
    public required Ghost[] Ghosts { get; init; }

    public int Lines => Starts.Length - 1;

    /// <param name="Waits">Position in <see cref="Situation.Waiting"/>; below zero for one who is only expected.</param>
    /// <param name="Due">Minutes from now; negative for the past.</param>
    /// <param name="NotBefore">Minutes from now; zero for one who can be called.</param>
    /// <param name="Comes">Probability.</param>
    internal readonly record struct Entry(Candidate Candidate, ulong Key, Spread Times, int Waits, double Due, double NotBefore, int NotBeforeCalls, double Comes);

    /// <summary>One who would take a ticket now.</summary>
    /// <param name="Before">Lines that must be empty first: the same service, the same class.</param>
    internal sealed record Ghost(Candidate Candidate, ulong Key, Spread Times, int[] Before);

    /// <param name="Visit">How long the present visit takes, and for how many minutes it already does; null: free.</param>
    /// <param name="Free">Minutes for which it is free though somebody waits.</param>
    internal sealed record Desk(CounterNow Counter, ulong Key, (Spread Times, ulong Key, double Elapsed)? Visit, double Free, Also[] Also, int[][] Groups, int[][] Ghosts)
    {
        /// <summary>Every line it may call.</summary>
        public int[] Lines { get; } = [.. Groups.SelectMany(g => g).Concat(Also.SelectMany(a => a.Lines)).Distinct()];
    }

    /// <summary>A service of a later group, or of none, that is called with the first group when somebody waits too long for it.</summary>
    /// <param name="Ghost">Below zero: there is none.</param>
    internal readonly record struct Also(int[] Lines, int Ghost, double AfterMinutes);

    private readonly record struct Line(ServiceId Service, WaitingClass Class, CounterId? Counter, bool Later);

    public static Scene Of(Situation now, ServiceTimes times, ulong seed)
    {
        Spread? any = null; // A service that was taken out of the configuration takes as long as any other.
        Spread TimesOf(ServiceId service) => times.Services.TryGetValue(service, out var known)
            ? known.Times
            : any ??= times.Services.Values.Aggregate(Spread.Nothing, (all, s) => all.Plus(s.Times));

        var lines = new Dictionary<Line, List<Entry>>();
        List<Entry> LineOf(Line line) => lines.TryGetValue(line, out var entries) ? entries : lines[line] = [];

        for (var i = 0; i < now.Waiting.Count; i++)
        {
            var one = now.Waiting[i];
            var notBefore = one.NotBefore is { } until ? Math.Max(0, Minutes(until)) : 0;
            LineOf(new(one.Candidate.Service, one.Candidate.Class, one.ForCounter, notBefore > 0 || one.NotBeforeCalls > 0)).Add(new(
                one.Candidate, Chance.KeyOf(seed, one.Candidate.Ticket.Value), TimesOf(one.Candidate.Service), i, Minutes(one.Candidate.DueAt), notBefore, one.NotBeforeCalls, 1));
        }

        foreach (var one in now.Expected)
        {
            var candidate = new Candidate(new(one.Id), one.Service, one.Class, one.Booked, long.MaxValue);
            var comes = one.Comes ?? times.Services.GetValueOrDefault(one.Service)?.Comes ?? 1;
            LineOf(new(one.Service, one.Class, null, Later: true)).Add(new(candidate, Chance.KeyOf(seed, one.Id), TimesOf(one.Service), -1, Minutes(one.Booked), 0, 0, comes));
        }

        var keys = lines.Keys.ToArray();
        var starts = new int[keys.Length + 1];
        var entries = new Entry[lines.Values.Sum(l => l.Count)];
        for (var l = 0; l < keys.Length; l++)
        {
            var line = lines[keys[l]];
            line.Sort((a, b) => a.Candidate.CompareTo(b.Candidate));
            line.CopyTo(entries, starts[l]);
            starts[l + 1] = starts[l] + line.Count;
        }

        var wanted = now.Counters.SelectMany(c => c.Groups.SelectMany(g => g)).Distinct().ToArray();
        return new()
        {
            Now = now,
            Times = times,
            Entries = entries,
            Starts = starts,
            Later = keys.Select(k => k.Later).ToArray(),
            Desks = now.Counters.Select(DeskOf).ToArray(),
            Ghosts = wanted.Select(GhostOf).ToArray(),
        };

        double Minutes(DateTimeOffset at) => (at - now.Now).TotalMinutes;

        int[] LinesWhere(Func<Line, bool> is_) => Enumerable.Range(0, keys.Length).Where(l => is_(keys[l])).ToArray();

        Ghost GhostOf(ServiceId service) => new(
            new(default, service, WaitingClass.WalkIn, now.Now, long.MaxValue),
            Chance.KeyOf(seed, service.Value),
            TimesOf(service),
            LinesWhere(k => k.Service == service && k is { Class: WaitingClass.WalkIn, Counter: null, Later: false }));

        Desk DeskOf(CounterNow counter)
        {
            var groups = counter.Groups.Select((g, i) => LinesWhere(k => k.Counter is null ? g.Contains(k.Service) : i == 0 && k.Counter == counter.Id)).ToArray();
            var later = counter.Groups.Skip(1).SelectMany(g => g).Concat(counter.Also.Select(a => a.Service)).Except(counter.Groups.Take(1).SelectMany(g => g));
            var mine = counter.Visit is { } visit
                ? (TimesOf(visit.Service), Chance.KeyOf(seed, visit.Ticket.Value), Math.Max(0, -Minutes(visit.CalledAt)))
                : ((Spread, ulong, double)?)null;
            return new(
                counter,
                Chance.KeyOf(seed, counter.Id.Value),
                mine,
                counter.FreeSince is { } free && groups.Any(g => g.Any(l => !keys[l].Later)) ? Math.Max(0, -Minutes(free)) : 0,
                later.Select(service => new Also(
                    LinesWhere(k => k.Counter is null && k.Service == service),
                    Array.IndexOf(wanted, service),
                    counter.Also.FirstOrDefault(a => a.Service == service)?.WhenMinutes ?? CatchUpMinutes)).ToArray(),
                groups,
                counter.Groups.Select(g => Enumerable.Range(0, wanted.Length).Where(w => g.Contains(wanted[w])).ToArray()).ToArray());
        }
    }
}
