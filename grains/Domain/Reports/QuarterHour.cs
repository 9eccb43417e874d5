namespace Aufruf.Domain.Reports;

/// <summary>A quarter of an hour of the office's day, on average over the days on which anything happened.</summary>
/// <param name="Arrivals">Tickets that came.</param>
/// <param name="Waiting">How many waited, on average over the quarter.</param>
/// <param name="OpenCounters">At how many counters somebody was there to call, on average over the quarter; pauses are not open.</param>
public sealed record QuarterHour(TimeOnly Start, double Arrivals, double Waiting, double OpenCounters)
{
    // Offsets of all present time zones are whole quarters of an hour: a quarter of the world's clock is one of the office's.
    private static readonly long Quarter = TimeSpan.FromMinutes(15).Ticks;

    private sealed class Sums
    {
        public int Times { get; set; }
        public double Arrivals { get; set; }
        public double Waiting { get; set; }
        public double Open { get; set; }
    }

    internal static IReadOnlyList<QuarterHour> Of(IReadOnlyList<DayFacts> facts, ReportScope scope)
    {
        var quarters = new Dictionary<long, Sums>();
        foreach (var day in facts.Where(d => d.Tickets.Count > 0 || d.Counters.Count > 0))
        {
            var end = scope.EndOf(day);
            foreach (var ticket in day.Tickets.Where(scope.Wants))
            {
                At(quarters, ticket.Arrived.UtcTicks / Quarter).Arrivals++;
                ticket.Waits.ToList().ForEach(wait => Share(wait, end, (quarter, share) => At(quarters, quarter).Waiting += share));
            }

            foreach (var counter in day.Counters.Where(c => !c.Paused))
            {
                Share(counter.Time, end, (quarter, share) => At(quarters, quarter).Open += share);
            }
        }

        // A quarter on a day of a clock change may come twice or not at all: it is divided by how often it came.
        var byTime = new SortedDictionary<TimeOnly, Sums>();
        foreach (var day in facts.Where(d => d.Tickets.Count > 0 || d.Counters.Count > 0).Select(d => d.Queue.Day).Distinct())
        {
            foreach (var quarter in QuartersOf(day, scope).TakeWhile(q => q * Quarter <= scope.Now.UtcTicks))
            {
                var start = TimeOnly.FromDateTime(scope.Local(new DateTimeOffset(quarter * Quarter, TimeSpan.Zero)));
                var sums = byTime.TryGetValue(start, out var known) ? known : byTime[start] = new Sums();
                sums.Times++;
                if (quarters.TryGetValue(quarter, out var found))
                {
                    (sums.Arrivals, sums.Waiting, sums.Open) = (sums.Arrivals + found.Arrivals, sums.Waiting + found.Waiting, sums.Open + found.Open);
                }
            }
        }

        QuarterHour[] all = [.. byTime.Select(t => new QuarterHour(t.Key, t.Value.Arrivals / t.Value.Times, t.Value.Waiting / t.Value.Times, t.Value.Open / t.Value.Times))];
        var first = Array.FindIndex(all, q => !q.IsEmpty);
        return first < 0 ? [] : all[first..(Array.FindLastIndex(all, q => !q.IsEmpty) + 1)];
    }

    private bool IsEmpty => Arrivals == 0 && Waiting == 0 && OpenCounters == 0;

    private static Sums At(Dictionary<long, Sums> quarters, long quarter) => quarters.TryGetValue(quarter, out var known) ? known : quarters[quarter] = new Sums();

    /// <summary>How much of each quarter a stretch of time covers.</summary>
    private static void Share(Span time, DateTimeOffset end, Action<long, double> add)
    {
        var (from, to) = (time.From.UtcTicks, (time.To ?? end).UtcTicks);
        for (var quarter = from / Quarter; quarter * Quarter < to; quarter++)
        {
            add(quarter, (Math.Min(to, (quarter + 1) * Quarter) - Math.Max(from, quarter * Quarter)) / (double)Quarter);
        }
    }

    /// <summary>92, 96 or 100 quarters: a day may have 23 or 25 hours.</summary>
    public static IEnumerable<long> QuartersOf(DateOnly day, ReportScope scope)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).Ticks / Quarter;
        return Enumerable.Range(-60, 220).Select(n => midnight + n) // No zone is further than 15 hours away.
            .Where(quarter => DateOnly.FromDateTime(scope.Local(new DateTimeOffset(quarter * Quarter, TimeSpan.Zero))) == day);
    }
}
