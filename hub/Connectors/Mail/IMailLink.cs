using Aufruf.Domain.Outbox;
using Aufruf.Grains;

namespace Aufruf.Hub.Connectors.Mail;

/// <summary>A way out for one message: the mail server, or the captured mails of the demo.</summary>
internal interface IMailLink : IDisposable
{
    /// <returns>Problem null: it was sent. Trouble: why no other mail would be taken either.</returns>
    Task<(MessageProblem? Problem, int? Status, string? Trouble)> SendAsync(MessageId id, PlainMail mail, DateTimeOffset now);

    Task CloseAsync();
}
