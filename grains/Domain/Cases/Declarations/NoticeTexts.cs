using System.Collections.Frozen;

namespace Aufruf.Domain.Cases.Declarations;

/// <summary>The engine's messages to a citizen. A declaration may have own ones under "texts".</summary>
public static class NoticeTexts
{
    private static readonly FrozenDictionary<string, Texts> All = new Dictionary<string, Texts>
    {
        ["received"] = Both("Ihr Antrag ist angekommen. Das Aktenzeichen ist {caseNumber}.",
            "Your application has arrived. The file number is {caseNumber}."),
        ["pay"] = Both("Bitte zahlen Sie Ihren Antrag {caseNumber}.", "Please pay for your application {caseNumber}."),
        ["please-add"] = Both("Zu Ihrem Antrag {caseNumber} fehlt noch etwas.",
            "Something is still missing for your application {caseNumber}."),
        ["decided"] = Both("Über Ihren Antrag {caseNumber} ist entschieden.", "Your application {caseNumber} is decided."),
        ["posted"] = Both("Die Unterlagen zu {caseNumber} sind unterwegs.", "The documents for {caseNumber} are on their way."),
        ["ready"] = Both("Die Unterlagen zu {caseNumber} liegen bereit.", "The documents for {caseNumber} are ready."),
        ["give-back"] = Both("Bitte geben Sie zurück, was Sie zu {caseNumber} geliehen haben.",
            "Please give back what you have borrowed under {caseNumber}."),
        ["closed"] = Both("Der Vorgang {caseNumber} ist abgeschlossen.", "The case {caseNumber} is closed."),
    }.ToFrozenDictionary();

    public static IEnumerable<string> Codes => All.Keys;

    public static Texts? Of(string code) => All.GetValueOrDefault(code);

    private static Texts Both(string german, string english) => new() { ["de"] = german, ["en"] = english };
}
