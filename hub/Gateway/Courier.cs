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
        foreach (var ticket in queue.OnTheirWay.Select(id => queue.Tickets[id]).OrderBy(t => t.Place))
        {
            await CarryAsync(queue.Key, ticket, ticket.OnItsWay!);
        }
    }

    private async Task CarryAsync(QueueKey here, Ticket ticket, TransferTarget to)
    {
        var there = here with { Area = to.Area! };
        var taken = offices.FindArea(there.AreaKey) is null
            ? Refusal.UnknownTarget // It left the configuration meanwhile.
            : (await queues.HandleAsync(there, RequestOf("take-over", here, ticket), new QueueCommand.TakeOver(
                ticket.Id, ticket.Code, ticket.Number, to.Service ?? ticket.Service, ticket.Language, here.Area, ticket.TakenAt)
            {
                Booked = ticket.Booked,
                Priority = ticket.Priority,
                Remark = seals.Move(here, there, ticket.Id, ticket.Remark),
                ForCounter = to.Counter,
            })).Refusal;
        if (taken is { } no)
        {
            HubLog.NotTakenOver(_log, ticket.Number.ToString(), there.AreaKey, no.Word());
        }

        await queues.HandleAsync(here, RequestOf("confirm", here, ticket), new QueueCommand.ConfirmTakeOver(ticket.Id, taken is null));
    }

    /// <summary>The same for every try of the same transfer, and another for the next one: each transfer ends one part of the visit.</summary>
    private static RequestId RequestOf(string what, QueueKey here, Ticket ticket) =>
        new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{what} {here} {ticket.Id} {ticket.Parts.Count}"))[..16]));
}
