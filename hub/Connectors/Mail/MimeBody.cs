using Aufruf.Grains;
using MimeKit;
using MimeKit.Utils;

namespace Aufruf.Hub.Connectors.Mail;

/// <summary>The body of a mail: the same words as text and as HTML, and a file for the calendar.</summary>
internal static class MimeBody
{
    private const string FileName = "termin.ics";

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
