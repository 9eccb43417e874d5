using Aufruf.Domain.Offices;
using static Aufruf.Domain.Forecasts.Observation;

namespace Aufruf.Domain.Forecasts;

/// <summary>What a waiting area has learned about how long things take. On day one it believes the usual minutes of the configuration.</summary>
/// <remarks>Folded from observations, immutable, bounded: 48 numbers per service, as many for gaps and for pauses. Sightings fade with a half-life of three weeks.</remarks>
public sealed record ServiceTimes
{
    private const double HalfLifeDays = 21;
    private const double LongestMinutes = 240; // Longer "visits" are ones nobody ended.

    public IReadOnlyDictionary<ServiceId, ServiceTime> Services { get; init; } = new Dictionary<ServiceId, ServiceTime>();

    /// <summary>From a free counter and somebody to call, to the call. Before anything is seen: a clerk who is ready takes 20 seconds, now and then some minutes.</summary>
    public Spread Gap { get; init; } = Spread.Guess(0.33, 0.9, 10);

    public Pauses Pauses { get; init; } = Pauses.None;

    public Pace Pace { get; init; } = Pace.Usual;

    /// <summary>Day of the latest observation.</summary>
    public DateOnly Day { get; init; }

    /// <summary>Nothing seen yet.</summary>
    public static ServiceTimes Of(IEnumerable<Service> services) => new ServiceTimes().With(services);

    /// <summary>The same experience under a changed configuration; services that are gone are forgotten.</summary>
    public ServiceTimes With(IEnumerable<Service> services) => this with
    {
        Services = services.ToDictionary(s => s.Id, s => Services.GetValueOrDefault(s.Id) is { } known ? known with { UsualMinutes = s.UsualMinutes } : ServiceTime.Unseen(s.UsualMinutes)),
    };

    public ServiceTimes Learn(Observation seen)
    {
        var today = On(DateOnly.FromDateTime(seen.At.DateTime));
        return seen switch
        {
            VisitEnded visit when today.Services.TryGetValue(visit.Service, out var service) && visit.Occupied.TotalMinutes <= LongestMinutes =>
                today.Learn(visit, service),
            NextCalled call when call.Gap.TotalMinutes <= LongestMinutes => today with { Gap = today.Gap.With(call.Gap.TotalMinutes) },
            PauseBegan => today with { Pauses = today.Pauses.Began(seen.At) },
            PauseOver pause => today with { Pauses = today.Pauses.Over(pause.Began, pause.Length) },
            AppointmentOver booked when today.Services.TryGetValue(booked.Service, out var service) => today.Change(booked.Service, service.Appointment(booked.Came)),
            _ => today,
        };
    }

    private ServiceTimes Learn(VisitEnded visit, ServiceTime service) => Change(visit.Service, service.Visit(visit.Occupied.TotalMinutes)) with
    {
        Pace = Pace.After(visit.Occupied.TotalMinutes, service.Times),
        Pauses = Pauses.Served(visit.At, visit.Occupied),
    };

    private ServiceTimes Change(ServiceId id, ServiceTime service) => this with { Services = new Dictionary<ServiceId, ServiceTime>(Services) { [id] = service } };

    /// <summary>Over night what was seen fades a little, and the pace of one day says little about the next.</summary>
    private ServiceTimes On(DateOnly day)
    {
        if (day <= Day)
        {
            return this;
        }

        var left = Day == default ? 1 : Math.Pow(0.5, (day.DayNumber - Day.DayNumber) / HalfLifeDays);
        return this with
        {
            Day = day,
            Services = Services.ToDictionary(s => s.Key, s => s.Value.Faded(left)),
            Gap = Gap.Faded(Math.Max(left, Math.Min(1, 10 / Gap.Total))),
            Pauses = Pauses.Faded(left),
            Pace = Pace.NextDay(),
        };
    }
}
