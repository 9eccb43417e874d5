using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Grains;
using Aufruf.Hub.Connectors.Mail;
using Aufruf.Portal.Citizens;
using Aufruf.Portal.Texts;

namespace Aufruf.Hub.Appointments;

internal enum WishMail { Confirm, Offer, Ended }

/// <summary>Writes the mails of a standing wish, in the language of its citizen. Each has the link that stops the wish.</summary>
internal sealed class WishWriter(PublicAddress address, MailOptions options)
{
    /// <param name="citizen">With a mail address.</param>
    public PlainMail Write(WishMail kind, WishView wish, CitizenData citizen, string code)
    {
        var words = PortalTexts.For([wish.Language]);
        var page = address.Citizens is { } host ? $"{host}/w/{wish.Authority}/{wish.Id}/{code}" : null;
        var offer = kind is WishMail.Offer ? wish.Offers[^1] : null;
        var zone = offer?.Office.TimeZone ?? wish.TimeZone;
        var subject = words.Say($"mail.wish.{kind.ToString().ToLowerInvariant()}.subject",
            ("when", offer is null ? "" : Moment(words, offer.From, zone)));
        // Anybody can enter a name and the address of somebody else, so an unconfirmed name is not repeated.
        var body = new MailBody(words.Language, words.Direction).Heading(subject).Say(kind is WishMail.Confirm
            ? words["mail.greeting"] : words.Say("mail.greeting.name", ("name", citizen.Name)));
        switch (kind)
        {
            case WishMail.Confirm:
                body.Say(words.Say("mail.wish.confirm.text", ("until", Moment(words, wish.Until ?? wish.At, zone))))
                    .Say(words["mail.wish.confirm.other"]);
                break;
            case WishMail.Offer:
                body.Say(words.Say("mail.wish.offer.text", ("until", Moment(words, offer!.Until, zone))))
                    .Say(words.Say("wish.offer.number", ("n", offer.Number), ("most", Wish.MostOffers)));
                break;
            default:
                body.Say(words[$"wish.ended-{(wish.End ?? WishEnd.NothingFound).ToString().ToLowerInvariant()}.text"])
                    .Say(words["mail.wish.ended.again"]);
                break;
        }

        body.Facts(Facts(wish, offer, words));
        if (page is not null && kind is not WishMail.Ended)
        {
            body.Button(words[$"mail.wish.{kind.ToString().ToLowerInvariant()}.link"], $"{page}?lang={words.Language}")
                .Link(words["mail.wish.stop"], $"{page}/stop?lang={words.Language}");
        }

        body.SayQuietly(words["mail.wish.why"]).SayQuietly(words[options.ReplyTo.Length > 0 ? "mail.reply" : "mail.noreply"]);
        return new(citizen.Mail ?? "", subject, body.Text) { Html = body.HtmlWith(subject) };
    }

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
