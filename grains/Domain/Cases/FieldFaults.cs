using System.Collections.Frozen;

namespace Aufruf.Domain.Cases;

/// <summary>The engine's sentences about an answer that is not right. A declaration may have own ones under "texts".</summary>
/// <remarks>The portal has them in its other languages. "{sign}" is the character that is not possible.</remarks>
public static class FieldFaults
{
    private static readonly FrozenDictionary<string, Texts> All = new Dictionary<string, Texts>
    {
        ["required"] = Both("Bitte beantworten Sie diese Frage.", "Please answer this question."),
        ["not-text"] = Both("Der Text ist zu lang oder enthält unerlaubte Zeichen.",
            "The text is too long or has characters that are not allowed."),
        ["not-latin"] = Both("Das Zeichen „{sign}“ ist hier nicht möglich. Bitte nehmen Sie lateinische Buchstaben.",
            "The character “{sign}” is not possible here. Please use Latin letters."),
        ["not-a-date"] = Both("Bitte geben Sie einen Tag an, zum Beispiel 31.1.2026.", "Please enter a day, for example 31.1.2026."),
        ["not-a-time"] = Both("Bitte geben Sie eine Uhrzeit an, zum Beispiel 09:30.", "Please enter a time, for example 09:30."),
        ["not-a-moment"] = Both("Bitte geben Sie Tag und Uhrzeit an.", "Please enter day and time."),
        ["not-a-choice"] = Both("Bitte wählen Sie eine der Möglichkeiten.", "Please choose one of the options."),
        ["not-a-number"] = Both("Bitte geben Sie eine Zahl an.", "Please enter a number."),
        ["not-an-amount"] = Both("Bitte geben Sie einen Betrag an, zum Beispiel 9,50.", "Please enter an amount, for example 9.50."),
        ["not-an-email"] = Both("Das ist keine E-Mail-Adresse.", "This is not an email address."),
        ["not-a-phone"] = Both("Das ist keine Telefonnummer.", "This is not a phone number."),
        ["not-an-iban"] = Both("Diese IBAN stimmt nicht. Bitte vergleichen Sie sie mit Ihrer Karte.",
            "This IBAN is not correct. Please compare it with your card."),
        ["not-a-leitweg-id"] = Both("Diese Leitweg-ID stimmt nicht.", "This Leitweg-ID is not correct."),
        ["not-a-postcode"] = Both("Eine Postleitzahl hat fünf Ziffern.", "A postcode has five digits."),
        ["not-signed"] = Both("Die Unterschrift fehlt noch.", "The signature is still missing."),
        ["not-a-file"] = Both("Die Datei ist nicht angekommen. Bitte laden Sie sie noch einmal hoch.",
            "The file did not arrive. Please upload it again."),
        ["file-type"] = Both("Diese Art von Datei können wir nicht annehmen.", "We cannot accept this type of file."),
        ["file-size"] = Both("Die Datei ist zu groß.", "The file is too large."),
        ["too-short"] = Both("Das ist zu kurz.", "This is too short."),
        ["too-long"] = Both("Das ist zu lang.", "This is too long."),
        ["too-small"] = Both("Dieser Wert ist zu klein oder zu früh.", "This value is too small or too early."),
        ["too-large"] = Both("Dieser Wert ist zu groß oder zu spät.", "This value is too large or too late."),
        ["too-many"] = Both("Das sind zu viele Einträge.", "These are too many entries."),
        ["wrong-pattern"] = Both("Diese Angabe hat nicht die richtige Form.", "This answer does not have the right form."),
        ["not-valid"] = Both("Diese Angabe passt nicht zu den anderen.", "This answer does not fit the others."),
        ["not-our-town"] = Both("Diese Anschrift liegt nicht in unserer Stadt.", "This address is not in our town."),
        ["stock-short"] = Both("An diesen Tagen sind nicht so viele Stücke frei.", "There are not so many free pieces on these days."),
        [FieldFault.NotInAccount] = Both("Ihr Konto nennt diese Angabe nicht. Bitte kommen Sie an den Schalter.",
            "Your account does not have this. Please come to the counter."),
        ["no-value"] = Both("Das lässt sich mit diesen Angaben nicht berechnen. Bitte wenden Sie sich an uns.",
            "This cannot be computed from these answers. Please contact us."),
    }.ToFrozenDictionary();

    public static IEnumerable<string> Codes => All.Keys;

    /// <summary>The engine's sentence; a code of the declaration has none here.</summary>
    public static Texts Sentence(string code) => All.GetValueOrDefault(code) ?? All["not-valid"];

    private static Texts Both(string german, string english) => new() { ["de"] = german, ["en"] = english };
}
