using Aufruf.Domain.Outbox;
using Aufruf.Grains;
using MimeKit;
using MimeKit.Utils;

namespace Aufruf.Hub.Connectors.Mail;

/// <summary>A mail in the form that mail servers take. Its body: the same words as text and as HTML, and a file for the calendar.</summary>
internal static class MimeBody
{
    private const string FileName = "termin.ics";

    /// <summary>The whole mail, with its head.</summary>
    /// <exception cref="ParseException">The recipient is no mail address.</exception>
    public static MimeMessage MessageOf(MailOptions options, MessageId id, PlainMail mail, DateTimeOffset now)
    {
        var from = MailboxAddress.Parse(options.From);
        var message = new MimeMessage([from], [MailboxAddress.Parse(mail.To)],
            new string([.. mail.Subject.Select(c => char.IsControl(c) ? ' ' : c)]), Of(mail))
        {
            Date = now,
            MessageId = $"{id}@{from.Domain}", // The same for each attempt, so the other side may notice a second one.
        };
        if (options.ReplyTo.Length > 0)
        {
            message.ReplyTo.Add(MailboxAddress.Parse(options.ReplyTo));
        }

        message.Headers.Add("Auto-Submitted", "auto-generated"); // RFC 3834: absence notices are not sent back.
        return message;
    }

    public static MimeEntity Of(PlainMail mail)
    {
        var text = new TextPart("plain") { Text = mail.Text };
        if (mail.Html is null && mail.Calendar is null)
        {
            return text;
        }

        // From the plainest to the richest: a reader shows the last one that it understands.
        var alternatives = new MultipartAlternative { text };
        if (mail.Html is { } html)
        {
            alternatives.Add(WithPicture(new TextPart("html") { Text = html }, mail.CodePicture));
        }

        if (mail.Calendar is not { } calendar)
        {
            return alternatives;
        }

        // Outlook and Google take the alternative; other programs show the attachment.
        var part = new TextPart("calendar") { Text = calendar.Content };
        part.ContentType.Parameters.Add("method", calendar.Method);
        alternatives.Add(part);
        var file = new TextPart("calendar") { Text = calendar.Content, ContentDisposition = new(ContentDisposition.Attachment) };
        (file.ContentType.Name, file.ContentDisposition.FileName) = (FileName, FileName);
        file.ContentType.Parameters.Add("method", calendar.Method);
        return new Multipart("mixed") { alternatives, file };
    }

    private static MimeEntity WithPicture(TextPart html, byte[]? picture)
    {
        if (picture is null)
        {
            return html;
        }

        var id = MimeUtils.GenerateMessageId();
        html.Text = html.Text.Replace("cid:code", $"cid:{id}", StringComparison.Ordinal);
        return new MultipartRelated
        {
            html,
            new MimePart("image", "png")
            {
                Content = new MimeContent(new MemoryStream(picture)),
                ContentId = id,
                ContentDisposition = new(ContentDisposition.Inline),
                ContentTransferEncoding = ContentEncoding.Base64,
            },
        };
    }
}
