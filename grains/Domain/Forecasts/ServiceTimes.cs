namespace Aufruf.Domain.Forecasts;

/// <summary>The times that a waiting area has learned. On day one: the usual minutes of the configuration.</summary>
/// <remarks>Immutable and bounded: 48 numbers per service, as many for gaps and for pauses. Observations fade with a half-life of three
/// weeks. All instants are in the office's local offset.</remarks>
public sealed record ServiceTimes
{
    private const double HalfLifeDays = 21;
    private const double LongestMinutes = 240; // A longer visit was not ended by a clerk.

    public IReadOnlyDictionary<ServiceId, ServiceTime> Services { get; init; } = new Dictionary<ServiceId, ServiceTime>();

    /// <summary>From a free counter and a waiting ticket to the call. At first: 20 seconds, sometimes some minutes.</summary>
    public Spread Gap { get; init; } = Spread.Guess(0.33, 0.9, 10);

    public Pauses Pauses { get; init; } = Pauses.None;

    public Pace Pace { get; init; } = Pace.Usual;

    /// <summary>Day of the latest observation.</summary>
    public DateOnly Day { get; init; }

    /// <summary>Nothing seen yet.</summary>
    public static ServiceTimes Of(IEnumerable<Service> services) => new ServiceTimes().With(services);

    /// <summary>The same experience under a changed configuration, without services that are gone.</summary>
    public ServiceTimes With(IEnumerable<Service> services) => this with
    {
        Services = services.ToDictionary(s => s.Id, s => Services.GetValueOrDefault(s.Id) is { } known
            ? known with { UsualMinutes = s.UsualMinutes } : ServiceTime.Unseen(s.UsualMinutes)),
    };

    /// <summary>A counter is free again.</summary>
    /// <param name="occupied">From the call to the end, also without an arrival. Not for visits that the day's end closed.</param>
    public ServiceTimes VisitEnded(ServiceId id, TimeSpan occupied, DateTimeOffset at)
    {
        var (today, minutes) = (OnDayOf(at), occupied.TotalMinutes);
        return minutes > LongestMinutes || !today.Services.TryGetValue(id, out var service) ? today
            : today.Change(id, service.Visit(minutes)) with
            {
                Pace = today.Pace.After(minutes, service.Times),
                Pauses = today.Pauses.Served(at, occupied),
            };
    }

    /// <summary>A free counter called.</summary>
    /// <param name="gap">Since the visit before. Only when a ticket waited already then; pauses are not gaps.</param>
    public ServiceTimes NextCalled(TimeSpan gap, DateTimeOffset at)
    {
        var today = OnDayOf(at);
        return gap.TotalMinutes > LongestMinutes ? today : today with { Gap = today.Gap.With(gap.TotalMinutes) };
    }

    /// <summary>An open counter stopped calling: a pause, or the end of work.</summary>
    public ServiceTimes PauseBegan(DateTimeOffset at)
    {
        var today = OnDayOf(at);
        return today with { Pauses = today.Pauses.Began(at) };
    }

    /// <summary>A pause has ended, or the day has.</summary>
    /// <param name="length">Null: the counter did not come back that day.</param>
    public ServiceTimes PauseOver(DateTimeOffset began, TimeSpan? length, DateTimeOffset at)
    {
        var today = OnDayOf(at);
        return today with { Pauses = today.Pauses.Over(began, length) };
    }

    /// <summary>An appointment was checked in, or its citizen did not come.</summary>
    public ServiceTimes AppointmentOver(ServiceId id, bool came, DateTimeOffset at)
    {
        var today = OnDayOf(at);
        return today.Services.TryGetValue(id, out var service) ? today.Change(id, service.Appointment(came)) : today;
    }

    private ServiceTimes Change(ServiceId id, ServiceTime service) =>
        this with { Services = new Dictionary<ServiceId, ServiceTime>(Services) { [id] = service } };

    /// <summary>Over night observations fade a little, and the pace of one day says little about the next.</summary>
    private ServiceTimes OnDayOf(DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(at.DateTime);
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
