using Aufruf.Domain;
using Aufruf.Domain.Forecasts;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;

namespace Aufruf.Hub.Forecasting;

/// <summary>How long everybody in one area still waits, as of one version of its queue.</summary>
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
            .ToDictionary(g => g.Letter, g => new PromisedRange(g.Known.Min(p => p.From), g.Known.Any(p => p.To is null) ? null : g.Known.Max(p => p.To)));
    }

    public QueueKey Queue { get; }

    /// <summary>Of the queue it was made from.</summary>
    public long Version { get; }

    /// <summary>What a board says about a new ticket of a letter: from the quickest of its services to the slowest. One that is missing is unknown.</summary>
    public IReadOnlyDictionary<char, PromisedRange> Letters { get; }

    /// <summary>Minutes to the call of a waiting ticket; null: unknown.</summary>
    public WaitRange? Of(Ticket ticket) => _simulated.Tickets.GetValueOrDefault(ticket.Id)?.Range is { } range ? _calibration.Adjust(ticket.Service, range) : null;

    /// <summary>The same in the round minutes that one may promise.</summary>
    public PromisedRange? PromiseFor(Ticket ticket) => Of(ticket) is { } range ? PromisedRange.Of(range) : null;

    /// <summary>What somebody is told who takes a ticket for a service now; null: unknown.</summary>
    public WaitRange? ForNew(ServiceId service) => _simulated.ForNew(service).Range is { } range ? _calibration.Adjust(service, range) : null;

    public PromisedRange? PromiseForNew(ServiceId service) => ForNew(service) is { } range ? PromisedRange.Of(range) : null;

    /// <summary>Probability 0..1 that somebody who takes a ticket now is finished by closing; null: nobody knows.</summary>
    public double? ChanceToFinishBy(ServiceId service, DateTimeOffset closing) => _simulated.ChanceToFinishBy(service, closing);
}

/// <summary>What was said about the wait when a ticket was taken.</summary>
public static class ToldForecast
{
    public static PromisedRange? WaitTold(this IReadOnlyList<QueueEvent> events) =>
        events.OfType<QueueEvent.ForecastGiven>().FirstOrDefault() is { } told ? PromisedRange.Of(new(told.P10, told.P50, told.P90)) : null;
}

/// <summary>Where screens and slips ask how long it still takes.</summary>
public interface IForecasts
{
    /// <param name="area">"alsdorf.rathaus.erdgeschoss".</param>
    /// <returns>Null while nothing is known.</returns>
    AreaForecast? Of(string area);
}

/// <summary>Nobody forecasts here.</summary>
public sealed class NoForecasts : IForecasts
{
    public AreaForecast? Of(string area) => null;
}
