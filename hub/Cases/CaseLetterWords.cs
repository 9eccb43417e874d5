using System.Globalization;
using Aufruf.Domain.Cases.Expressions;

namespace Aufruf.Hub.Cases;

/// <summary>The engine's own words in letters of cases, and values as a letter writes them: in German or English.</summary>
internal sealed record CaseLetterWords(string Language)
{
    private bool IsEnglish => Language == "en";

    private CultureInfo Culture => CultureInfo.GetCultureInfo(IsEnglish ? "en-GB" : "de-DE");

    public string Number => IsEnglish ? "File number" : "Aktenzeichen";

    public string Date => IsEnglish ? "Date" : "Datum";

    public string Reason => IsEnglish ? "Reason" : "Begründung";

    public string Draft(string subject) => IsEnglish ? $"DRAFT: {subject}" : $"ENTWURF: {subject}";

    /// <summary>The subject of a letter that refuses an application.</summary>
    public string Refusal(string procedure) => IsEnglish ? $"Refusal of your application: {procedure}"
        : $"Ablehnung Ihres Antrags: {procedure}";

    /// <param name="applied">The day of the application.</param>
    public string Refused(string procedure, DateOnly applied) => IsEnglish
        ? $"We refuse your application “{procedure}” of {Day(applied)}."
        : $"Ihren Antrag „{procedure}“ vom {Day(applied)} lehnen wir ab.";

    public string Sealed => IsEnglish ? "This document bears an electronic seal of the authority."
        : "Dieses Dokument trägt ein elektronisches Siegel der Behörde.";

    public string Unsigned => IsEnglish ? "This letter was made by machine and bears no signature."
        : "Dieses Schreiben wurde maschinell erstellt und trägt keine Unterschrift.";

    /// <summary>Below a draft that names numbers: another case may get them before.</summary>
    public string Foreseen => IsEnglish ? "The numbers in this draft are those of now. The decision fixes them."
        : "Die Nummern in diesem Entwurf sind die von jetzt. Fest stehen sie mit der Entscheidung.";

    public string Day(DateOnly day) => day.ToString(IsEnglish ? "d MMMM yyyy" : "d. MMMM yyyy", Culture);

    public string Of(Value value, DeclaredTables tables) => value switch
    {
        Value.Bool yes => IsEnglish ? yes.Is ? "yes" : "no" : yes.Is ? "ja" : "nein",
        // A year, and other numbers of four digits, have no sign between thousands.
        Value.Number number => number.Is.ToString(Math.Abs(number.Is) < 10_000 ? "0.##########" : "#,0.##########", Culture),
        Value.Money money => (money.Cents / 100m).ToString("N2", Culture),
        Value.Date date => Day(date.Is),
        Value.Moment moment => $"{Day(DateOnly.FromDateTime(moment.Is))}, {moment.Is.ToString("HH:mm", Culture)}",
        Value.Code code => tables.Codes[code.List].Find(code.Is)?.Label.In(Language) ?? code.Is,
        _ => value.ToString() ?? "",
    };
}
