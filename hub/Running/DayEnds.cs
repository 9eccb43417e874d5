using System.Security.Cryptography;
using System.Text;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Identity;

namespace Aufruf.Hub.Running;

/// <summary>Ends the days that are over: what is open is closed, and nothing waits over night.</summary>
/// <remarks>Also those that ended while no hub ran: a week is looked back, so that a hub that was off over the holidays leaves no day open.</remarks>
public sealed class DayEnds(IQueues queues, IOfficeFinder offices, Seals seals, TimeProvider clock, ILogger<DayEnds> log)
{
    private const int DaysBack = 7;

    public async Task EndAsync(Office office)
    {
        var today = office.Day(clock.GetUtcNow());
        seals.DestroyBefore(offices.All.Min(o => o.Day(clock.GetUtcNow()))); // An office in another zone may still have yesterday.
        foreach (var area in office.Areas)
        {
            for (var back = DaysBack; back > 0; back--)
            {
                await EndAsync(new QueueKey(office.Authority.Id, office.Id, area.Id, today.AddDays(-back)));
            }
        }
    }

    private async Task EndAsync(QueueKey key)
    {
        var view = await queues.ViewAsync(key);
        if (view is { Version: 0 } or { Queue.Ended: true })
        {
            return;
        }

        var (visits, waiting) = (view.Queue.Tickets.Values.Count(t => t.AtCounter), view.Queue.Tickets.Values.Count(t => t.Alive && !t.AtCounter));
        if (visits + waiting > 0)
        {
            HubLog.DayEndedWithOpen(log, key.Day, key.AreaKey, visits, waiting);
        }

        // The same for every hub and every try: a day ends once.
        await queues.HandleAsync(key, new RequestId(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"end of {key}"))[..16])), new QueueCommand.EndDay());
    }
}
