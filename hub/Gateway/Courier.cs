using System.Security.Cryptography;
using System.Text;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Api;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Push;

namespace Aufruf.Hub.Gateway;

/// <summary>Carries tickets that were sent to another area there, and tells their first area when they have arrived.</summary>
/// <remarks>
/// The ticket is on its way in the first area's journal until the other has it, so it is sent again after any crash;
/// its request id follows from what sent it, so it arrives once.
/// </remarks>
public sealed class Courier(AreaFeed feed, IQueues queues, IOfficeFinder offices, Seals seals, TimeProvider clock, ILogger log) : HeldScreen(feed, clock, log)
{
    private readonly ILogger _log = log;

    protected override Task SendWholeAsync(AreaState now) => CarryAllAsync(now.Queue);

    protected override async Task<bool> SendChangeAsync(AreaState shown, AreaState now)
    {
        await CarryAllAsync(now.Queue);
        return true;
    }

    protected override Task SendAsideAsync() => Feed.Now is { } now ? CarryAllAsync(now.Queue) : Task.CompletedTask;

    private async Task CarryAllAsync(Queue queue)
    {
        if (queue.OnTheirWay.IsEmpty)
        {
            return;
        }

        Hold(); // Whatever goes wrong now is tried again.
        foreach (var (area, wish) in queue.Journeys)
        {
            await CarryAsync(queue.Key, area, wish);
        }
    }

    private async Task CarryAsync(QueueKey here, string area, QueueCommand.TakeOver wish)
    {
        var there = here with { Area = area };
        var taken = offices.FindArea(there.AreaKey) is null
            ? Refusal.UnknownTarget // It left the configuration meanwhile.
            : (await queues.HandleAsync(there, RequestOf("take-over", here, wish), wish with { Remark = seals.Move(here, there, wish.Ticket, wish.Remark) })).Refusal;
        if (taken is { } no)
        {
            HubLog.NotTakenOver(_log, wish.Number.ToString(), there.AreaKey, no.Word());
        }

        await queues.HandleAsync(here, RequestOf("confirm", here, wish), new QueueCommand.ConfirmTakeOver(wish.Ticket, taken is null, wish.Journey));
    }

    /// <summary>The same for every try of the same journey, and another for the next one.</summary>
    private static RequestId RequestOf(string what, QueueKey here, QueueCommand.TakeOver wish) =>
        new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{what} {here} {wish.Ticket} {wish.Journey}"))[..16]));
}
