using System.Collections.Frozen;

namespace Aufruf.Domain.Cases.Declarations;

/// <summary>Elements of the federal catalogue FIM that declarations use, with the length that the catalogue allows.</summary>
/// <remarks>Only those whose numbers were found in a published form's source stand here.</remarks>
internal static class FimElements
{
    public static FrozenDictionary<string, (int? Longest, Texts? Label)> Known { get; } =
        new Dictionary<string, (int?, Texts?)>
        {
            ["F60000227"] = (120, Both("Familienname", "Family name")),
            ["F60000228"] = (80, Both("Vornamen", "Given names")),
            ["F60000229"] = (null, Both("Doktorgrad", "Doctorate")),
            ["G60000083"] = (null, Both("Geburtsdatum", "Date of birth")),
            ["F60000234"] = (null, Both("Geburtsort", "Place of birth")),
            ["F60000275"] = (null, Both("Familienstand", "Marital status")),
            ["F60000332"] = (null, Both("Geschlecht", "Sex")),
            ["F60000319"] = (null, Both("Organisation", "Organisation")),
            ["G60000086"] = (null, Both("Anschrift", "Address")),
            ["G60000085"] = (null, Both("Kontakt", "Contact")),
            ["F60000240"] = (null, Both("Telefonnummer", "Phone number")),
            ["F60000242"] = (null, Both("E-Mail-Adresse", "Email address")),
        }.ToFrozenDictionary();

    private static Texts Both(string german, string english) => new() { ["de"] = german, ["en"] = english };
}
