using System.Security.Cryptography;
using System.Text;
using Aufruf.Contracts;
using Aufruf.Grains;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Push;
using static Aufruf.Domain.Queues.QueueCommand;

namespace Aufruf.Hub.Gateway;

/// <summary>Offers an area's tickets to the areas they are sent to, and brings each answer back.</summary>
/// <remarks>
/// An offer stays open in the journal of the sending area until it is answered. So it is repeated after any crash.
/// Its request id follows from the ticket and the attempt, so a repeat is recognised.
/// </remarks>
public sealed class TransferDelivery(AreaFeed feed, IQueues queues, OfficeDirectory offices, Vault vault, TimeProvider clock, ILogger log)
    : HeldScreen(feed, clock, log)
{
    private readonly ILogger _log = log;

    protected override async Task ShowAsync(AreaState? shown, AreaState now)
    {
        foreach (var (area, offer) in now.Queue.OpenOffers)
        {
            Hold(); // A failure is tried again.
            try
            {
                await DeliverAsync(now.Queue.Key, area, offer);
            }
            catch (UnreadableStreamException)
            {
                // The other area is stopped; the offers to other areas go on.
            }
        }
    }

    private async Task DeliverAsync(QueueKey here, string area, OfferTransfer offer)
    {
        var there = here with { Area = area };
        var refusal = offices.FindArea(there.AreaKey) is not var (office, _)
            ? Refusal.UnknownTarget // The area left the configuration meanwhile.
            : (await queues.HandleAsync(there, RequestOf("offer", here, offer),
                offer with { Remark = await SealedForAsync(there, office, here, offer) })).Refusal;
        if (refusal is not null)
        {
            HubLog.TransferRejected(_log, offer.Number.ToString(), there.AreaKey, refusal.Code);
        }

        await queues.HandleAsync(here, RequestOf("close", here, offer),
            new CloseTransfer(offer.Ticket, refusal is null ? TransferState.Accepted : TransferState.Rejected, offer.Attempt));
    }

    /// <summary>The remark for the other area's queue; null when it can no longer be opened.</summary>
    private async Task<string?> SealedForAsync(QueueKey there, Office office, QueueKey here, OfferTransfer offer)
    {
        var place = offer.Ticket.ToString();
        return await vault.OpenAsync(Subject.Of(here), place, offer.Remark) is { } text
            ? await vault.SealAsync(Subject.Of(there), office.EndOf(there.Day), place, text) : null;
    }

    /// <summary>The same for every repeat of one attempt.</summary>
    private static RequestId RequestOf(string step, QueueKey here, OfferTransfer offer) =>
        new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{step} {here} {offer.Ticket} {offer.Attempt}"))[..16]));
}
