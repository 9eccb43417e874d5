using System.Globalization;
using System.Net;
using System.Text;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aufruf.Hub.Connectors.Mail;

/// <summary>The captured mails of the demo, as pages for this machine alone: they hold codes and names.</summary>
internal static class CapturedMailPages
{
    public const string Address = "/demo/mails";

    public static void MapCapturedMails(this IEndpointRouteBuilder app, MailOptions options)
    {
        if (!options.Capture)
        {
            return;
        }

        var pages = app.MapGroup(Address).Needs(Permission.Operate).ExcludeFromDescription();
        pages.MapGet("", (CapturedMails mails, HttpContext http) => Page(http, Title, List(mails.All)));
        pages.MapGet("/{id}", Results<ContentHttpResult, NotFound> (string id, CapturedMails mails, HttpContext http) =>
            mails.Find(id) is { } mail ? Page(http, mail.Mail.Subject, One(mail)) : TypedResults.NotFound());
        pages.MapGet("/{id}/html", Results<ContentHttpResult, NotFound> (string id, CapturedMails mails, HttpContext http) =>
            mails.Find(id) is { Mail.Html: { } html } mail ? Framed(http, mail, html) : TypedResults.NotFound());
        pages.MapGet("/{id}/termin.ics", Results<FileContentHttpResult, NotFound> (string id, CapturedMails mails) =>
            mails.Find(id)?.Mail.Calendar is { } calendar
                ? TypedResults.File(Encoding.UTF8.GetBytes(calendar.Content), "text/calendar; charset=utf-8", "termin.ics")
                : TypedResults.NotFound());
        pages.MapGet("/{id}/mail.eml", Results<FileContentHttpResult, NotFound> (string id, CapturedMails mails) =>
            mails.Find(id) is { } mail ? TypedResults.File(mail.Whole, "message/rfc822", "mail.eml") : TypedResults.NotFound());
    }

    private const string Title = "Abgefangene Mails · Captured mails";

    private static string List(IReadOnlyList<CapturedMail> mails)
    {
        var text = new StringBuilder($"""
            <p class="note">Vorführung: Diese Mails haben das Haus nicht verlassen. Sie stehen nur hier, bis der Hub endet.
            <span lang="en">Demo: these mails have left nowhere. They are kept here until the hub ends.</span></p>

            """);
        if (mails.Count == 0)
        {
            text.Append("<p id=\"none\">Noch keine Mail. <span lang=\"en\">No mail yet.</span></p>\n");
        }

        text.Append("<ul class=\"mails\">\n");
        foreach (var mail in mails)
        {
            text.Append(CultureInfo.InvariantCulture, $"<li><a href=\"{Address}/{mail.Id}\">{Safe(mail.Mail.Subject)}</a><br>")
                .Append(CultureInfo.InvariantCulture, $"<span class=\"hint\">{Safe(mail.Mail.To)}, {mail.At.ToLocalTime():HH:mm:ss}")
                .Append("</span></li>\n");
        }

        return text.Append("</ul>\n").ToString();
    }

    private static string One(CapturedMail mail)
    {
        var text = new StringBuilder($"""
            <p><a class="back" href="{Address}">{Title}</a></p>
            <p>An <span lang="en">(to)</span>: {Safe(mail.Mail.To)}</p>
            <ul>
            <li><a href="{Address}/{mail.Id}/mail.eml">mail.eml</a></li>

            """);
        if (mail.Mail.Calendar is { } calendar)
        {
            text.Append(CultureInfo.InvariantCulture, $"<li><a href=\"{Address}/{mail.Id}/termin.ics\">termin.ics</a> ")
                .Append(CultureInfo.InvariantCulture, $"({calendar.Method})</li>\n");
        }

        text.Append("</ul>\n");
        if (mail.Mail.Html is not null)
        {
            text.Append("<h2>HTML</h2>\n<iframe class=\"mail\" title=\"HTML\" sandbox=\"allow-popups allow-popups-to-escape-sandbox\" ")
                .Append(CultureInfo.InvariantCulture, $"src=\"{Address}/{mail.Id}/html\"></iframe>\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"<h2>Text</h2>\n<pre class=\"mail\">{Linked(mail.Mail.Text)}</pre>\n").ToString();
    }

    /// <summary>The mail's own HTML, without scripts, forms or anything from elsewhere. Its links open beside it.</summary>
    private static ContentHttpResult Framed(HttpContext http, CapturedMail mail, string html)
    {
        http.Features.Set(new SafetyHeaders.MailInFrame(html));
        var picture = mail.Mail.CodePicture is { } code ? $"data:image/png;base64,{Convert.ToBase64String(code)}" : "";
        return TypedResults.Content(html.Replace("cid:code", picture, StringComparison.Ordinal)
            .Replace("<head>", "<head><base target=\"_blank\">", StringComparison.Ordinal), "text/html; charset=utf-8");
    }

    private static ContentHttpResult Page(HttpContext http, string title, string body)
    {
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Content($"""
            <!doctype html>
            <html lang="de">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="robots" content="noindex">
              <title>{Safe(title)}</title>
              <link rel="stylesheet" href="/css/base.css">
              <link rel="stylesheet" href="/css/portal.css">
              <link rel="stylesheet" href="/css/portal-forms.css">
            </head>
            <body>
            <main id="main" class="part column">
            <h1>{Safe(title)}</h1>
            {body}</main>
            </body>
            </html>
            """, "text/html; charset=utf-8");
    }

    /// <summary>The addresses of a text as links, one a line as <see cref="MailBody"/> writes them.</summary>
    private static string Linked(string text) => string.Join('\n', text.Split('\n').Select(line =>
        Uri.TryCreate(line, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? $"<a href=\"{Safe(line)}\">{Safe(line)}</a>" : Safe(line)));

    private static string Safe(string words) => WebUtility.HtmlEncode(words);
}
