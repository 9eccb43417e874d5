using Aufruf.Domain;
using Aufruf.Domain.Forecasts;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;

namespace Aufruf.Hub.Forecasting;

/// <summary>How long everybody in one area still waits, as of one version of its queue.</summary>
/// <param name="Version">Of the queue it was made from.</param>
public sealed record AreaForecast(QueueKey Queue, long Version, Forecast Simulated, Calibration Calibration)
{
    /// <summary>Minutes to the call of a waiting ticket; null: unknown.</summary>
    public WaitRange? Of(Ticket ticket) => Simulated.Tickets.GetValueOrDefault(ticket.Id)?.Range is { } range ? Calibration.Adjust(ticket.Service, range) : null;

    /// <summary>The same in the round minutes that one may promise.</summary>
    public PromisedRange? PromiseFor(Ticket ticket) => Of(ticket) is { } range ? PromisedRange.Of(range) : null;

    /// <summary>What somebody is told who takes a ticket for a service now; null: unknown.</summary>
    public GivenForecast? ForNew(ServiceId service) =>
        Simulated.ForNew(service).Range is { } range ? new(Calibration.Adjust(service, range), range) : null;

    public PromisedRange? PromiseForNew(ServiceId service) => ForNew(service) is { } given ? PromisedRange.Of(given.Told) : null;

    /// <summary>For a letter on a board: from the quickest of its services to the slowest; null: unknown for all of them.</summary>
    public PromisedRange? PromiseForLetter(WaitingArea area, char letter)
    {
        var known = area.Services.Where(s => s.Letter == letter).Select(s => PromiseForNew(s.Id)).OfType<PromisedRange>().ToArray();
        return known.Length == 0 ? null : new(known.Min(p => p.From), known.Any(p => p.To is null) ? null : known.Max(p => p.To));
    }
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
