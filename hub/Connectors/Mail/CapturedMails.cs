using Aufruf.Domain.Outbox;
using Aufruf.Grains;
using MimeKit;

namespace Aufruf.Hub.Connectors.Mail;

/// <summary>A mail of the demo, which left nowhere.</summary>
/// <param name="Whole">As a mail server would have got it.</param>
internal sealed record CapturedMail(string Id, DateTimeOffset At, PlainMail Mail, byte[] Whole);

/// <summary>The mails of the demo, in memory instead of at a mail server. The outbox writes the same entries for both.</summary>
internal sealed class CapturedMails(MailOptions options)
{
    // Some twenty kilobytes each. Older ones make room.
    public const int Most = 200;

    private readonly Lock _gate = new();
    private readonly LinkedList<CapturedMail> _mails = [];

    /// <summary>The newest first.</summary>
    public IReadOnlyList<CapturedMail> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _mails];
            }
        }
    }

    public CapturedMail? Find(string id) => All.FirstOrDefault(mail => mail.Id == id);

    public IMailLink Open() => new Link(this);

    private void Take(MessageId id, PlainMail mail, DateTimeOffset now)
    {
        using var whole = new MemoryStream();
        MimeBody.MessageOf(options, id, mail, now).WriteTo(whole);
        lock (_gate)
        {
            _mails.AddFirst(new CapturedMail(id.Value, now, mail, whole.ToArray()));
            if (_mails.Count > Most)
            {
                _mails.RemoveLast();
            }
        }
    }

    private sealed class Link(CapturedMails captured) : IMailLink
    {
        public Task<(MessageProblem? Problem, int? Status, string? Trouble)> SendAsync(MessageId id, PlainMail mail, DateTimeOffset now)
        {
            try
            {
                captured.Take(id, mail, now);
                return Task.FromResult<(MessageProblem?, int?, string?)>((null, null, null));
            }
            catch (ParseException) // No address: a mail server would refuse it, too.
            {
                return Task.FromResult<(MessageProblem?, int?, string?)>((MessageProblem.Refused, null, null));
            }
        }

        public Task CloseAsync() => Task.CompletedTask;

        public void Dispose()
        {
            // There is no connection.
        }
    }
}
