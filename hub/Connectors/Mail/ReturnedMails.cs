using System.Security.Cryptography;
using System.Text;
using Aufruf.Contracts;
using Aufruf.Domain.Outbox;
using Aufruf.Grains;
using Aufruf.Grains.Journal;

namespace Aufruf.Hub.Connectors.Mail;

/// <summary>Takes mails that came back, and marks their messages in the authority's outbox.</summary>
/// <remarks>Only an address that this hub has made leads to a message, so a forged report marks nothing.</remarks>
internal sealed class ReturnedMails(ReturnAddresses addresses, IJournal journal, IGrainFactory grains, ILogger<ReturnedMails> log)
{
    /// <param name="recipient">Of the envelope, as the mail server knows it; null: the mail's head says it.</param>
    public async Task<MailReturn> TakeAsync(string authority, string? recipient, byte[] mail)
    {
        if (DeliveryReport.Read(mail) is not { } report)
        {
            return MailReturn.NoMail;
        }

        var id = ((IEnumerable<string>)(recipient is null ? report.Recipients : [recipient])).Select(addresses.Read)
            .FirstOrDefault(found => found is not null);
        var stream = Outbox.StreamOf(authority);
        if (id is not { } message || await QueuedAsync(stream, message) is not { } queued)
        {
            return MailReturn.UnknownMessage;
        }

        if (report.Delivery is not Delivery.Failed)
        {
            return report.Delivery is Delivery.Delayed ? MailReturn.Delayed
                : report.Delivery is Delivery.Delivered ? MailReturn.Delivered : MailReturn.NoStatus;
        }

        var answer = await grains.GetGrain<IOutboxGrain>(stream).Handle(RequestOf(message),
            new OutboxCommand.Return(message, queued.Kind, queued.Cause, queued.At, queued.KeptUntil));
        if (answer.Refusal is { } refusal)
        {
            throw new InvalidOperationException(refusal.English); // The mail server tries it again.
        }

        if (answer.Events.Count > 0)
        {
            HubLog.MessageReturned(log, message.Value, queued.Cause.Stream);
        }

        return MailReturn.Returned;
    }

    /// <summary>The outbox has forgotten a sent message, and the journal has not.</summary>
    private async Task<OutboxEvent.MessageQueued?> QueuedAsync(string stream, MessageId message) =>
        await journal.FindAsync(stream, message.Request) is { } entry
            ? EntryContent<OutboxEvent>.Read(entry).Events.OfType<OutboxEvent.MessageQueued>().FirstOrDefault(e => e.Message == message)
            : null;

    private static RequestId RequestOf(MessageId message) =>
        new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"returned {message}"))[..16]));
}
