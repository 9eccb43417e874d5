using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Push;

namespace Aufruf.Hub.Forecasting;

/// <summary>Stops the tickets of a service when its next one would probably not be served before closing, and gives them again when it would.</summary>
/// <remarks>Only where the area's rules say so. What a clerk has stopped stays stopped.</remarks>
public sealed class AutomaticStop(IQueues queues, IOfficeFinder offices, TimeProvider clock, ILogger<AutomaticStop> log)
{
    private const double StopBelow = 0.5;
    // A little higher, so that a service does not flicker between the two.
    private const double ReleaseAbove = 0.65;

    /// <summary>An area has a new forecast.</summary>
    public async Task ConsiderAsync(AreaForecast forecast, Queue queue)
    {
        if (offices.FindArea(forecast.Queue.AreaKey) is not var (office, area) || !area.Rules.StopsWhenFull || office.ClosesAt(clock.GetUtcNow()) is not { } closing)
        {
            return;
        }

        foreach (var service in area.Services)
        {
            var stopped = queue.Stopped.TryGetValue(service.Id, out var kind) ? kind : (StopKind?)null;
            QueueCommand? wish = (stopped, forecast.ChanceToFinishBy(service.Id, closing)) switch
            {
                (null, < StopBelow) => new QueueCommand.StopService(service.Id, Automatic: true),
                (StopKind.Automatic, > ReleaseAbove) => new QueueCommand.ReleaseService(service.Id, Automatic: true),
                _ => null,
            };
            if (wish is not null)
            {
                await DoAsync(forecast.Queue, wish);
            }
        }
    }

    private async Task DoAsync(QueueKey queue, QueueCommand wish)
    {
        try
        {
            await queues.HandleAsync(queue, new RequestId(Guid.CreateVersion7(clock.GetUtcNow())), wish);
        }
        catch (JournalUnavailableException error)
        {
            HubLog.NotForecast(log, queue.AreaKey, error.Message); // The next forecast considers it again.
        }
    }
}
