using Aufruf.Contracts;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Push;

namespace Aufruf.Hub.Running;

/// <summary>Ends the tickets of citizens who took them at home and did not come in time.</summary>
/// <remarks>Several hubs may do it at once: the second command finds nothing to end. A clock that has stepped ends nothing.</remarks>
internal sealed class LateCitizens(LiveAreas areas, IQueues queues, ClockWatch watch, TimeProvider clock, ILogger<LateCitizens> log)
    : BackgroundService
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var queue in areas.All.Select(area => area.Now?.Queue).OfType<Queue>()
                .Where(q => watch.IsSteady && q.LateAt(clock.GetUtcNow()).Any()))
            {
                try
                {
                    await queues.HandleAsync(queue.Key, new(Guid.CreateVersion7(clock.GetUtcNow())), new QueueCommand.EndLate());
                }
                catch (JournalUnavailableException error)
                {
                    HubLog.JournalBroken(log, error.Message); // The next look tries again.
                }
                catch (Exception error) when (!stoppingToken.IsCancellationRequested) // An exception here would end the hub.
                {
                    HubLog.LateNotEnded(log, error, queue.Key.AreaKey);
                }
            }

            await Task.Delay(LookAgain, clock, stoppingToken);
        }
    }
}
