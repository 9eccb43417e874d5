using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;

namespace Aufruf.Hub.Appointments;

/// <summary>The mails of a wish. Each says who writes and why, and how it is stopped.</summary>
internal static class WishTexts
{
    /// <param name="page">The wish's page; null: no address is known that a citizen could open.</param>
    public delegate (string Subject, string Text) Letter(WishView wish, string? page);

    public static (string Subject, string Text) Confirm(WishView wish, string? page) => Of(wish, page,
        ("Bitte bestätigen Sie Ihren Terminwunsch", $"""
            Guten Tag,

            jemand hat mit dieser Mail-Adresse einen Termin gewünscht: {ServicesOf(wish, "de")}.
            Bestätigen Sie den Wunsch. Dann suchen wir einen Termin für Sie und schreiben Ihnen.
            Sie müssen nicht mehr selbst nach freien Terminen suchen.
            """, "Wunsch ansehen und bestätigen"),
        ("Please confirm your standing request", $"""
            Hello,

            somebody has asked for an appointment with this mail address: {ServicesOf(wish, "en")}.
            Please confirm the request. Then we look for an appointment and write to you.
            You need not search for free appointments yourself any more.
            """, "See the request and confirm it"),
        ("Bitte sagen Sie: Ja, ich möchte einen Termin", $"""
            Guten Tag,

            Sie möchten einen Termin: {ServicesOf(wish, "de")}.
            Stimmt das? Dann öffnen Sie den Link und sagen Sie: Ja.
            Danach suchen wir einen Termin für Sie.
            Wir schreiben Ihnen eine Mail.
            """, "Ja sagen"));

    public static (string Subject, string Text) Offer(WishView wish, string? page)
    {
        if (wish.Offers is not [.., var offer])
        {
            throw new InvalidOperationException("A wish without an offer has no mail about one.");
        }

        var (zone, office) = (offer.Office.TimeZone, offer.Office);
        string When(DateTimeOffset at, string language) => Moment(at, zone, language);
        return Of(wish, page,
            ($"Termin für Sie: {When(offer.From, "de")}", $"""
                Guten Tag,

                zu Ihrem Terminwunsch halten wir diesen Termin für Sie frei:
                {When(offer.From, "de")}, {office.Name.In("de")}, {office.Address}
                Bitte antworten Sie bis {When(offer.Until, "de")}. Danach bekommt ihn jemand anderes.
                Das ist Angebot {offer.Number} von {Wish.MostOffers}.
                """, "Termin annehmen oder ablehnen"),
            ($"An appointment for you: {When(offer.From, "en")}", $"""
                Hello,

                for your standing request we hold this appointment:
                {When(offer.From, "en")}, {office.Name.In("en")}, {office.Address}
                Please answer before {When(offer.Until, "en")}. Afterwards somebody else gets it.
                This is offer {offer.Number} of {Wish.MostOffers}.
                """, "Accept or decline the appointment"),
            ($"Termin für Sie: {When(offer.From, "de")}", $"""
                Guten Tag,

                wir haben einen Termin für Sie:
                {When(offer.From, "de")}
                {office.Name.In("de")}, {office.Address}
                Bitte antworten Sie bis {When(offer.Until, "de")}.
                Danach bekommt eine andere Person den Termin.
                """, "Ja oder Nein sagen"));
    }

    public static (string Subject, string Text) Ended(WishView wish, string? page)
    {
        var (german, english) = wish.End switch
        {
            WishEnd.OffersOver => ("Sie haben drei Angebote bekommen und keines angenommen.", "You had three offers and accepted none."),
            WishEnd.Overtaken => ("Ihr Termin wurde abgesagt oder hat schon begonnen.", "Your appointment was cancelled or has begun."),
            _ => ("Bis zu Ihrem letzten Tag war kein passender Termin frei.", "No appointment was free up to your last day."),
        };
        return Of(wish, page: null,
            ("Ihr Terminwunsch ist beendet", $"""
                Guten Tag,

                Ihr Terminwunsch ist beendet: {ServicesOf(wish, "de")}.
                {german}
                Sie können jederzeit einen neuen Wunsch eintragen.
                """, ""),
            ("Your standing request has ended", $"""
                Hello,

                your standing request has ended: {ServicesOf(wish, "en")}.
                {english}
                You can make a new one at any time.
                """, ""),
            ("Wir suchen nicht mehr", $"""
                Guten Tag,

                wir suchen keinen Termin mehr für Sie.
                {german}
                Sie können einen neuen Wunsch eintragen.
                """, ""));
    }

    private static (string Subject, string Text) Of(WishView wish, string? page, (string Subject, string Text, string Link) german,
        (string Subject, string Text, string Link) english, (string Subject, string Text, string Link) plain)
    {
        var isEnglish = wish.Language.StartsWith("en", StringComparison.Ordinal);
        var (subject, text, link) = isEnglish ? english : wish.Language == "de" ? german : wish.Language == Plain ? plain : english;
        var stop = wish.State is WishState.Ended || page is null ? ""
            : isEnglish ? $"\n\nYou do not want any more offers? Stop them here:\n{page}/stop"
            : $"\n\nSie möchten keine Angebote mehr? Hier beenden Sie den Wunsch:\n{page}/stop";
        return (subject, page is null ? text : $"{text}\n\n{link}:\n{page}{stop}");
    }

    private const string Plain = "de-simple";

    private static string ServicesOf(WishView wish, string language) =>
        string.Join(", ", wish.Services.Select(service => service.Name.In(language)));

    /// <summary>By the office's clock.</summary>
    private static string Moment(DateTimeOffset instant, string timeZone, string language)
    {
        var local = TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(timeZone));
        return language == "en" ? local.ToString("dddd, d MMMM, HH:mm", CultureInfo.GetCultureInfo("en-GB"))
            : local.ToString("dddd, d. MMMM, HH:mm 'Uhr'", CultureInfo.GetCultureInfo("de-DE"));
    }
}
