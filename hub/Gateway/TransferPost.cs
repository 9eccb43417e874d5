using System.Security.Cryptography;
using System.Text;
using Aufruf.Contracts;
using Aufruf.Grains;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Push;
using static Aufruf.Domain.Queues.QueueCommand;

namespace Aufruf.Hub.Gateway;

/// <summary>Carries a message from one area to another, and the answer back.</summary>
/// <remarks>A request id follows from the ticket and the attempt, so a repeat is recognised.</remarks>
public sealed class TransferPost(IQueues queues, OfficeDirectory offices, Vault vault, ILogger<TransferPost> log)
{
    /// <returns>The answer of the other area's queue.</returns>
    internal async Task<Answer<QueueEvent>> OfferAsync(QueueKey here, string area, OfferTransfer offer)
    {
        var there = here with { Area = area };
        // The other queue decides, also about an area that this hub does not know: another hub may know it, and its answer is recorded.
        var answer = await queues.HandleAsync(there, RequestOf("offer", here, offer.Ticket, offer.Attempt),
            offer with
            {
                Remark = await SealedForAsync(there, here, offer.Ticket.ToString(), offer.Remark),
                Person = await SealedForAsync(there, here, SealedPlaces.Person(offer.Ticket), offer.Person),
            });
        var refusal = answer.Refusal;
        if (refusal is not null)
        {
            HubLog.TransferRejected(log, offer.Number.ToString(), there.AreaKey, refusal.Code);
        }

        await queues.HandleAsync(here, RequestOf("close", here, offer.Ticket, offer.Attempt),
            new CloseTransfer(offer.Ticket, refusal is null ? TransferState.Accepted : TransferState.Rejected, offer.Attempt));
        return answer;
    }

    internal async Task WithdrawAsync(QueueKey here, string area, ReleaseTransfer release)
    {
        var refusal = (await queues.HandleAsync(here with { Area = area }, RequestOf("release", here, release.Ticket, release.Attempt),
            release)).Refusal;
        await queues.HandleAsync(here, RequestOf("withdrawn", here, release.Ticket, release.Attempt),
            new CloseWithdrawal(release.Ticket, refusal is null ? TransferState.Rejected : TransferState.Accepted, release.Attempt));
    }

    /// <summary>Brings a withdrawal that stands in the journal to its end. The refusal says why the ticket does not come back.</summary>
    internal async Task<Refusal?> WithdrawAsync(QueueKey here, TicketId ticket, long version)
    {
        var open = (await queues.ViewAsync(here, version)).Queue.OpenWithdrawals;
        foreach (var (area, release) in open.Where(w => w.Release.Ticket == ticket))
        {
            await WithdrawAsync(here, area, release);
        }

        return (await queues.ViewAsync(here, version)).Queue.Tickets[ticket].State is TicketState.Transferred ? Refusal.CalledThere : null;
    }

    /// <summary>The same text for the other area's queue; null when it can no longer be opened.</summary>
    private async Task<string?> SealedForAsync(QueueKey there, QueueKey here, string place, string? sealedText)
    {
        var office = offices.Find(there.OfficeKey) ?? Setting.Gone(there).Office;
        return await vault.OpenAsync(Subject.Of(here), place, sealedText) is { } text
            ? await vault.SealAsync(Subject.Of(there), office.EndOf(there.Day), place, text) : null;
    }

    /// <summary>The same for every repeat of one attempt.</summary>
    private static RequestId RequestOf(string step, QueueKey here, TicketId ticket, int attempt) =>
        new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{step} {here} {ticket} {attempt}"))[..16]));
}
