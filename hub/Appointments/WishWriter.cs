using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Grains;
using Aufruf.Hub.Connectors.Mail;
using Aufruf.Portal.Citizens;
using Aufruf.Portal.Texts;

namespace Aufruf.Hub.Appointments;

internal enum WishMail { Confirm, Offer, Ended }

/// <summary>Writes the mails of a standing wish, in the language of its citizen. Each has the link that stops the wish.</summary>
internal sealed class WishWriter(PublicAddress address, MailTemplates templates, MailOptions options)
{
    /// <param name="citizen">With a mail address.</param>
    /// <param name="shown">The words that a preview shows; null: those in force.</param>
    public PlainMail Write(WishMail kind, WishView wish, CitizenData citizen, string code, MailChoice? shown = null)
    {
        var words = PortalTexts.For([wish.Language]);
        var page = address.Citizens is { } host ? $"{host}/w/{wish.Authority}/{wish.Id}/{code}" : null;
        var offer = kind is WishMail.Offer ? wish.Offers[^1] : null;
        var zone = offer?.Office.TimeZone ?? wish.TimeZone;
        var own = shown is not null ? shown.Template
            : templates.Find(MailTemplate.NameOf(kind), wish.Authority, offer?.Office.Key, words.Language);
        var values = Values(wish, offer, citizen, words, zone);
        var subject = own?.Subject is { } title ? MailBody.Fill(title, values)
            : words.Say($"mail.wish.{kind.ToString().ToLowerInvariant()}.subject", ("when", values["when"]));
        var body = new MailBody(words.Language, words.Direction).Heading(subject);
        // Anybody can enter a name and the address of somebody else, so an unconfirmed name is not repeated.
        new TemplatedMail(kind is WishMail.Confirm ? words["mail.greeting"] : words.Say("mail.greeting.name", ("name", citizen.Name)),
            Explanation(kind, wish, offer, words, values["until"]), ["facts", "links"], (name, to) =>
            {
                if (name is "facts")
                {
                    to.Facts(Facts(wish, offer, words));
                }
                else if (page is not null && kind is not WishMail.Ended)
                {
                    to.Button(words[$"mail.wish.{kind.ToString().ToLowerInvariant()}.link"], $"{page}?lang={words.Language}")
                        .Link(words["mail.wish.stop"], $"{page}/stop?lang={words.Language}");
                }
            }).WriteTo(body, own, values, words);
        body.SayQuietly(words["mail.wish.why"]).SayQuietly(words[options.ReplyTo.Length > 0 ? "mail.reply" : "mail.noreply"]);
        return new(citizen.Mail ?? "", subject, body.Text) { Html = body.HtmlWith(subject) };
    }

    private static Dictionary<string, string> Values(WishView wish, OfferView? offer, CitizenData citizen, PortalTexts words,
        string zone) =>
        new()
        {
            ["when"] = offer is null ? "" : Moment(words, offer.From, zone),
            ["minutes"] = offer is null ? "" : words.Count("minutes", offer.Minutes),
            ["office"] = offer?.Office.Name.In(words.Language) ?? "",
            ["address"] = offer?.Office.Address ?? "",
            ["services"] = string.Join(", ", wish.Services.Select(service => service.Name.In(words.Language))),
            ["name"] = citizen.Name,
            ["until"] = Moment(words, offer?.Until ?? wish.Until ?? wish.At, zone),
        };

    private static IEnumerable<string> Explanation(WishMail kind, WishView wish, OfferView? offer, PortalTexts words, string until) =>
        kind switch
        {
            WishMail.Confirm => [words.Say("mail.wish.confirm.text", ("until", until)), words["mail.wish.confirm.other"]],
            WishMail.Offer => [words.Say("mail.wish.offer.text", ("until", until)),
                words.Say("wish.offer.number", ("n", offer?.Number), ("most", Wish.MostOffers))],
            _ => [words[$"wish.ended-{(wish.End ?? WishEnd.NothingFound).ToString().ToLowerInvariant()}.text"],
                words["mail.wish.ended.again"]],
        };

    private static IEnumerable<(string Name, string Value)> Facts(WishView wish, OfferView? offer, PortalTexts words)
    {
        if (offer is not null)
        {
            yield return (
                words["mine.when"], $"{Moment(words, offer.From, offer.Office.TimeZone)}\n{words.Count("minutes", offer.Minutes)}\n"
                + words.Say("zone", ("place", CitizenPage.PlaceOf(offer.Office.TimeZone))));
            yield return (words["mine.where"], wish.Kind switch
            {
                AppointmentKind.Phone => words["place.phone"],
                AppointmentKind.Video => words["place.video"],
                _ => $"{offer.Office.Name.In(words.Language)}\n{offer.Office.Address}",
            });
        }

        yield return (words["mine.what"], string.Join('\n', wish.Services.Select(service =>
            $"{service.Name.In(words.Language)} ({words.Count("persons", service.Persons)})")));
    }

    /// <summary>"Dienstag, 24. November, 8:20 Uhr", by the clock of the office.</summary>
    private static string Moment(PortalTexts words, DateTimeOffset instant, string timeZone) => words.Say("at",
        ("date", CitizenPage.DayAt(instant, timeZone).ToString(words["date.pattern"], words.Culture)),
        ("time", CitizenPage.TimeAt(instant, timeZone)));
}
