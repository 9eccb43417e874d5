using System.Security.Cryptography;
using System.Text;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Running;

/// <summary>Ends the days that are over: open visits are cut off, and waiting tickets expire.</summary>
/// <remarks>It looks back a week, for days that ended while no hub ran.</remarks>
public sealed class DayEnds(IQueues queues, OfficeDirectory offices, Seals seals, TimeProvider clock, ILogger<DayEnds> log)
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

        var (visits, waiting) =
            (view.Queue.Tickets.Values.Count(t => t.AtCounter), view.Queue.Tickets.Values.Count(t => t.Alive && !t.AtCounter));
        if (visits + waiting > 0)
        {
            HubLog.DayEndedWithOpen(log, key.Day, key.AreaKey, visits, waiting);
        }

        // The same id for every hub and every try: a day ends once.
        await queues.HandleAsync(key, new RequestId(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"end of {key}"))[..16])),
            new QueueCommand.EndDay());
    }
}
