using Aufruf.Domain.Forecasts;

namespace Aufruf.Hub.Forecasting;

/// <summary>The waits of all tickets in one area, as of one version of its queue.</summary>
public sealed class AreaForecast
{
    private readonly Forecast _simulated;
    private readonly Calibration _calibration;

    public AreaForecast(WaitingArea area, QueueKey queue, long version, Forecast simulated, Calibration calibration)
    {
        (Queue, Version, _simulated, _calibration) = (queue, version, simulated, calibration);
        Letters = area.Services.GroupBy(s => s.Letter)
            .Select(g => (Letter: g.Key, Known: g.Select(s => PromiseForNew(s.Id)).OfType<PromisedRange>().ToArray()))
            .Where(g => g.Known.Length > 0)
            .ToDictionary(g => g.Letter, g => new PromisedRange(g.Known.Min(p => p.From),
                g.Known.Any(p => p.To is null) ? null : g.Known.Max(p => p.To)));
    }

    public QueueKey Queue { get; }

    /// <summary>Version of the queue it was made from.</summary>
    public long Version { get; }

    /// <summary>The wait of a new ticket per letter, from its quickest service to its slowest. A missing letter is unknown.</summary>
    public IReadOnlyDictionary<char, PromisedRange> Letters { get; }

    /// <summary>Minutes to the call of a waiting ticket; null: unknown. One that is on the way would wait no longer than a new
    /// one.</summary>
    public WaitRange? Of(Ticket ticket) => ticket.State is TicketState.Coming ? ForNew(ticket.Service)
        : _simulated.Tickets.GetValueOrDefault(ticket.Id)?.Range is { } range
        ? _calibration.Adjust(ticket.Service, range) : null;

    /// <summary>The same in round minutes, as citizens read it.</summary>
    public PromisedRange? PromiseFor(Ticket ticket) => Of(ticket) is { } range ? PromisedRange.Of(range) : null;

    /// <summary>Minutes to the call of a ticket taken now; null: unknown.</summary>
    public WaitRange? ForNew(ServiceId service) =>
        _simulated.ForNew(service).Range is { } range ? _calibration.Adjust(service, range) : null;

    public PromisedRange? PromiseForNew(ServiceId service) => ForNew(service) is { } range ? PromisedRange.Of(range) : null;

    /// <summary>Probability 0..1 that a ticket taken now is served before closing; null: unknown.</summary>
    public double? ChanceToFinishBy(ServiceId service, DateTimeOffset closing) => _simulated.ChanceToFinishBy(service, closing);
}

/// <summary>The forecast that a citizen got with the ticket.</summary>
public static class GivenForecast
{
    public static PromisedRange? GivenWait(this IReadOnlyList<QueueEvent> events) =>
        events.OfType<QueueEvent.ForecastGiven>().FirstOrDefault() is { } given
            ? PromisedRange.Of(new(given.P10, given.P50, given.P90)) : null;
}

/// <summary>The latest forecasts, for screens and slips.</summary>
public interface IForecasts
{
    /// <param name="area">"alsdorf.rathaus.erdgeschoss".</param>
    /// <returns>Null while nothing is known.</returns>
    AreaForecast? Of(string area);
}

/// <summary>Knows no forecast.</summary>
public sealed class NoForecasts : IForecasts
{
    public AreaForecast? Of(string area) => null;
}
