using Aufruf.Domain;
using Aufruf.Domain.Forecasts;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues.Policies;

namespace Aufruf.Bench.Days;

/// <summary>An office of the bench: eight counters with different services, six services, a rush in the morning, clerks who take breaks.</summary>
/// <remarks>
/// Open from 8 to 16, tickets until 15:30. Walk-ins are Poisson by quarter hour. Two appointments a quarter hour, 80 of 100 booked; 15 of 100 stay away, the
/// others come 8 minutes early on average (standard deviation 6). Service times are log-normal per service; the configured usual minutes are near the truth, not
/// equal to it. 3 of 100 do not come when called: two minutes lost. Every clerk has half an hour for lunch and half of them ten minutes in the morning, not
/// planned in any system; two go home at one. A clerk calls 20 seconds after a visit (median), sometimes minutes.
/// Figures are guesses of ours, in the range that offices publish; they are no measurement of an office.
/// </remarks>
internal sealed record OfficeModel
{
    public const double Hours = 8;

    /// <summary>A service and its true times, which no forecast sees.</summary>
    internal sealed record TrueService(Service Service, double MeanMinutes, double LogDeviation, double Share);

    /// <summary>A counter, its groups of services, and when its clerk goes home.</summary>
    internal sealed record TrueCounter(CounterId Id, IReadOnlyList<IReadOnlyList<ServiceId>> Groups, double LeavesAt);

    public static IReadOnlyList<TrueService> Services { get; } =
    [
        True("passport", 10, 10.5, 0.45, 0.30),
        True("collection", 4, 3.5, 0.60, 0.20),
        True("residence", 12, 13.0, 0.50, 0.18),
        True("certificate", 6, 5.0, 0.55, 0.12),
        True("licence", 15, 12.0, 0.40, 0.10),
        True("question", 3, 3.0, 0.70, 0.10),
    ];

    /// <summary>Walk-ins per quarter hour, from 8:00 on: a rush at the opening and one after lunch.</summary>
    private static readonly double[] Walkins =
        [22, 19, 17, 14, 12, 11, 10, 9, 9, 8, 8, 8, 7, 7, 6, 6, 6, 6, 7, 8, 8, 8, 7, 6, 6, 5, 5, 4, 4, 3, 0, 0];

    /// <summary>All service times of the day's second half are multiplied by this.</summary>
    public double FactorFromNoon { get; init; } = 1;

    /// <summary>So many further clerks go home at noon.</summary>
    public int LeaveAtNoon { get; init; }

    /// <summary>Every counter calls everything.</summary>
    public bool Pooled { get; init; }

    public IReadOnlyList<TrueCounter> Counters => Pooled ? [.. Specialised.Select(c => c with { Groups = [Services.Select(s => s.Service.Id).ToArray()] })] : Specialised;

    private TrueCounter[] Specialised =>
    [
        At("1", 8, ["passport", "collection"]),
        At("2", 5, ["passport", "collection"]),
        At("3", LeaveAtNoon > 0 ? 4 : 8, ["passport", "collection", "residence", "certificate"]),
        At("4", 8, ["residence", "certificate"]),
        At("5", LeaveAtNoon > 1 ? 4 : 8, ["passport", "residence", "certificate"]),
        At("6", 8, ["licence"], ["residence", "certificate"]),
        At("7", 8, ["licence", "question"]),
        At("8", 5, ["question", "collection"], ["passport"]),
    ];

    public ServiceTimes DayOne => ServiceTimes.Of(Services.Select(s => s.Service));

    public GeneratedDay Day(int seed)
    {
        var random = new Chances(seed);
        var people = new List<Person>();
        for (var quarter = 0; quarter < Walkins.Length; quarter++)
        {
            for (var at = random.Exponential(15 / Math.Max(0.001, Walkins[quarter])); at < 15; at += random.Exponential(15 / Math.Max(0.001, Walkins[quarter])))
            {
                people.Add(Somebody(random, random.Below(0.04) ? WaitingClass.Priority : WaitingClass.WalkIn, (quarter * 15) + at, null));
            }

            for (var slot = 0; slot < 2 && quarter < Walkins.Length - 2; slot++)
            {
                if (random.Below(0.8))
                {
                    var booked = quarter * 15.0;
                    people.Add(Somebody(random, WaitingClass.Appointment, random.Below(0.15) ? null : Math.Max(0, booked - 8 + (6 * random.Bell())), booked));
                }
            }
        }

        return new(this, people, Counters.Select(c => Breaks(random, c)).ToArray(), seed);
    }

    private Person Somebody(Chances random, WaitingClass of, double? comes, double? booked)
    {
        var (service, pick) = (Services[^1], random.Unit());
        foreach (var one in Services)
        {
            pick -= one.Share;
            if (pick < 0)
            {
                service = one;
                break;
            }
        }

        var walk = 0.5 + random.Exponential(0.3);
        var takes = service.MeanMinutes * Math.Exp((service.LogDeviation * random.Bell()) - (0.5 * service.LogDeviation * service.LogDeviation));
        return new(new TicketId(random.Id()), service.Service.Id, of, comes, booked, random.Below(0.03) ? 2 : walk + takes, 0.33 * Math.Exp(0.8 * random.Bell()));
    }

    private static List<Break> Breaks(Chances random, TrueCounter counter)
    {
        var breaks = new List<Break>();
        if (random.Below(0.5))
        {
            breaks.Add(new(60 + (random.Unit() * 90), 10 + random.Unit()));
        }

        if (counter.LeavesAt > 5)
        {
            breaks.Add(new(210 + (random.Unit() * 90), 27 + (random.Unit() * 8)));
        }

        return breaks;
    }

    private static TrueCounter At(string id, double hours, params string[][] groups) =>
        new(new(id), [.. groups.Select(g => g.Select(s => new ServiceId(s)).ToArray())], hours * 60);

    private static TrueService True(string id, int usual, double mean, double deviation, double share) =>
        new(new(new(id), char.ToUpperInvariant(id[0]), new Texts { ["de"] = id }, usual), mean, deviation, share);
}

/// <summary>A clerk's break begins after the visit that runs at its time.</summary>
internal readonly record struct Break(double From, double Minutes);

/// <summary>Everything that is decided before the doors open.</summary>
/// <param name="Breaks">Per counter, in order of time.</param>
internal sealed record GeneratedDay(OfficeModel Model, IReadOnlyList<Person> People, IReadOnlyList<IReadOnlyList<Break>> Breaks, int Seed);
