using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Grains;
using Aufruf.Hub.Connectors.Mail;
using Aufruf.Portal.Citizens;
using Aufruf.Portal.Citizens.Mine;
using Aufruf.Portal.Content;
using Aufruf.Portal.Texts;
using QRCoder;

namespace Aufruf.Hub.Appointments;

internal enum NoticeKind { Confirm, Booked, Moved, Cancelled, Reminder, NewMail, MailChanged }

/// <summary>A message for a citizen about one entry of the journal.</summary>
/// <param name="View">With its code and its citizen.</param>
/// <param name="Channel">Booked or moved: the one who did it.</param>
internal sealed record Notice(NoticeKind Kind, AppointmentView View, Channel Channel)
{
    /// <summary>The recipient, if it is not the citizen's present address.</summary>
    public string? To { get; init; }

    /// <summary>A new address: until when it may be confirmed.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Asks for confirmation: the proof that the mail has arrived.</summary>
    public string? Secret { get; init; }

    /// <summary>Moved: the time before.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Cancelled or moved by the office: why.</summary>
    public Aufruf.Domain.Offices.Texts? Reason { get; init; }
}

/// <summary>Writes the mail of a notice, in the language of its citizen.</summary>
internal sealed class NoticeWriter(PublicAddress address, ContentFolder content, MailTemplates templates, MailOptions options)
{
    /// <param name="shown">The words that a preview shows; null: those in force.</param>
    public PlainMail Write(Notice notice, MailChoice? shown = null)
    {
        var (kind, view) = (notice.Kind, notice.View);
        var words = PortalTexts.For([view.Language]);
        var page = address.Citizens is { } host ? $"{host}/a/{view.Week}/{view.Code}" : null;
        var when = Moment(words, view.From, view.TimeZone);
        var own = shown is not null ? shown.Template
            : templates.Find(MailTemplate.NameOf(kind), view.Week.Authority, view.Office, words.Language);
        var values = Values(notice, words, when);
        var subject = own?.Subject is { } title ? MailBody.Fill(title, values)
            : words.Say($"mail.{kind.ToString().ToLowerInvariant()}.subject", ("when", when));
        // Anybody can enter a name and the address of somebody else, so an unconfirmed name is not repeated.
        var body = new MailBody(words.Language, words.Direction).Heading(subject);
        new TemplatedMail(kind is NoticeKind.Confirm or NoticeKind.NewMail ? words["mail.greeting"]
            : words.Say("mail.greeting.name", ("name", view.Citizen?.Name)), Explanation(notice, words),
            ["confirm", "facts", "bring", "links"], (name, to) => Block(name, to, notice, words, page)).WriteTo(body, own, values, words);
        body.SayQuietly(words.Say("mail.why", ("office", view.OfficeName.In(words.Language)), ("address", view.Address)));
        body.SayQuietly(words[options.ReplyTo.Length > 0 ? "mail.reply" : "mail.noreply"]);
        return new(notice.To ?? view.Citizen?.Mail ?? "", subject, body.Text)
        {
            Html = body.HtmlWith(subject),
            CodePicture = IsAtCounter(notice) ? PictureOf(page ?? view.Code) : null,
            Calendar = kind is NoticeKind.Booked or NoticeKind.Moved or NoticeKind.Cancelled
                ? new(CalendarFile.MethodOf(view), CalendarFile.Of(view, words, page)) : null,
        };
    }

    /// <summary>A part of the built-in mail that an office's own words may place, too.</summary>
    private void Block(string name, MailBody body, Notice notice, PortalTexts words, string? page)
    {
        switch (name)
        {
            case "confirm" when notice.Kind is NoticeKind.Confirm:
                body.Button(words["mail.confirm.link"], In(words, $"{page}/confirm/{notice.Secret}"));
                break;
            case "confirm" when notice.Kind is NoticeKind.NewMail && address.Citizens is { } host:
                body.Button(words["mail.newmail.link"], In(words, $"{host}/mail/{notice.View.Week}/{notice.View.Id}/{notice.Secret}"));
                break;
            case "facts" when notice.Kind is not NoticeKind.NewMail: // Its reader has not shown to be the citizen.
                body.Facts(Facts(notice, words, Moment(words, notice.View.From, notice.View.TimeZone)));
                break;
            case "bring" when notice.Kind is NoticeKind.Booked or NoticeKind.Moved or NoticeKind.Reminder:
                Prepare(body, notice.View, words);
                break;
            case "links":
                AddLinks(body, notice, words, page);
                break;
        }
    }

    private static Dictionary<string, string> Values(Notice notice, PortalTexts words, string when)
    {
        var view = notice.View;
        return new()
        {
            ["when"] = when,
            ["minutes"] = words.Count("minutes", view.Minutes),
            ["office"] = view.OfficeName.In(words.Language),
            ["address"] = view.Address,
            ["services"] = string.Join(", ", view.Services.Select(service => service.Name.In(words.Language))),
            ["name"] = view.Citizen?.Name ?? "",
            ["code"] = InGroups(view.Code),
            ["before"] = notice.Before is { } before ? Moment(words, before, view.TimeZone) : "",
            ["until"] = Moment(words, notice.Until ?? view.Until ?? view.At, view.TimeZone),
            ["reason"] = notice.Reason?.In(words.Language) ?? "",
        };
    }

    private static string InGroups(string code) => string.Join(' ', code.Chunk(4).Select(group => new string(group)));

    private static IEnumerable<string> Explanation(Notice notice, PortalTexts words)
    {
        var view = notice.View;
        switch (notice.Kind)
        {
            case NoticeKind.Confirm:
                yield return words.Say("mail.confirm.text", ("until", Moment(words, view.Until ?? view.At, view.TimeZone)));
                yield return words["mail.confirm.other"];
                break;
            case NoticeKind.Booked:
                yield return words[$"mail.booked.{notice.Channel.ToString().ToLowerInvariant()}"];
                break;
            case NoticeKind.Moved:
                yield return words[$"mail.moved.{notice.Channel.ToString().ToLowerInvariant()}"];
                break;
            case NoticeKind.Cancelled:
                yield return words[$"mine.cancelled.{(view.CancelledBy ?? CancelledBy.Office).ToString().ToLowerInvariant()}"];
                break;
            case NoticeKind.NewMail:
                yield return words.Say("mail.newmail.text", ("until", Moment(words, notice.Until ?? view.At, view.TimeZone)));
                yield return words["mail.newmail.other"];
                break;
            case NoticeKind.MailChanged:
                yield return words["mail.mailchanged.text"];
                yield return words["mail.mailchanged.other"];
                break;
            default:
                yield return words["mail.reminder.text"];
                break;
        }

        if (notice.Reason is { } reason)
        {
            yield return words.Say("mail.cancelled.reason", ("reason", reason.In(words.Language)));
        }
    }

    private static IEnumerable<(string Name, string Value)> Facts(Notice notice, PortalTexts words, string when)
    {
        var view = notice.View;
        if (notice.Before is { } before)
        {
            yield return (words["mail.moved.before"], Moment(words, before, view.TimeZone));
        }

        yield return (words["mine.when"], $"{when}\n{words.Count("minutes", view.Minutes)}\n"
            + words.Say("zone", ("place", CitizenPage.PlaceOf(view.TimeZone))));
        yield return (words["mine.where"], view.Kind switch
        {
            AppointmentKind.Phone => words["place.phone"],
            AppointmentKind.Video => words["place.video"],
            _ => $"{view.OfficeName.In(words.Language)}\n{view.Address}",
        });
        yield return (words["mine.what"], string.Join('\n', view.Services.Select(service =>
            $"{service.Name.In(words.Language)} ({words.Count("persons", service.Persons)})")));
        if (notice.Kind is not (NoticeKind.Cancelled or NoticeKind.MailChanged))
        {
            yield return (words["mine.code"], InGroups(view.Code));
        }
    }

    private void Prepare(MailBody body, AppointmentView view, PortalTexts words)
    {
        body.Say(words[view.Kind switch
        {
            AppointmentKind.Phone => "mine.confirmed.phone",
            AppointmentKind.Video => view.Video is null ? "mail.video" : "mine.confirmed.room",
            _ => "mine.confirmed.text",
        }]);
        if (view.Video is { } room)
        {
            body.Button(words["mine.video"], room);
        }

        if (view.Kind is AppointmentKind.AtCounter)
        {
            body.Picture(words.Say("mail.picture", ("code", view.Code)));
        }

        var town = content.Now;
        var bring = town.Authority != view.Week.Authority ? []
            : view.Services.SelectMany(s => town.Service(s.Id.Value)?.In(words.Language).Fields["bring"] ?? []).Distinct().ToArray();
        if (bring.Length > 0)
        {
            body.List(words["service.bring"], bring);
        }
    }

    private static void AddLinks(MailBody body, Notice notice, PortalTexts words, string? page)
    {
        if (page is null || notice.Kind is NoticeKind.NewMail or NoticeKind.MailChanged)
        {
            return;
        }

        if (notice.Kind is NoticeKind.Cancelled)
        {
            body.Button(words["mine.again"], In(words, $"{page[..page.IndexOf("/a/", StringComparison.Ordinal)]}/book"));
        }
        else if (notice.Kind is NoticeKind.Reminder)
        {
            body.Button(words["mine.cancel"], In(words, $"{page}/cancel")).Link(words["mail.open"], In(words, page));
        }
        else if (notice.Kind is not NoticeKind.Confirm)
        {
            body.Link(words["mail.open"], In(words, page)).Link(words["mine.rebook"], In(words, $"{page}/rebook"))
                .Link(words["mine.cancel"], In(words, $"{page}/cancel"));
        }
    }

    /// <summary>Only such an appointment has a code that a kiosk reads.</summary>
    private static bool IsAtCounter(Notice notice) => notice.View.Kind is AppointmentKind.AtCounter
        && notice.Kind is NoticeKind.Booked or NoticeKind.Moved or NoticeKind.Reminder;

    private static byte[] PictureOf(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var picture = new PngByteQRCode(code);
        return picture.GetGraphic(6);
    }

    /// <summary>"Dienstag, 24. November, 8:20 Uhr", by the clock of the office.</summary>
    internal static string Moment(PortalTexts words, DateTimeOffset instant, string timeZone) => words.Say("at",
        ("date", CitizenPage.DayAt(instant, timeZone).ToString(words["date.pattern"], words.Culture)),
        ("time", CitizenPage.TimeAt(instant, timeZone)));

    internal static string In(PortalTexts words, string page) => $"{page}?lang={words.Language}";
}
