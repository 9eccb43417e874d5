using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Hub.Cases.Payments;

namespace Aufruf.Hub.Cases;

/// <summary>The names for people of the parts of a case. A part without one is called by its id.</summary>
internal static class CaseLabels
{
    public static Texts Of(string id) => new() { ["de"] = id, ["en"] = id };

    /// <returns>Null: the task is one of the engine's.</returns>
    public static Texts? OfTask(ProcedureDefinition? procedure, string task) =>
        procedure?.Tasks.FirstOrDefault(declared => declared.Id == task)?.Label
        ?? procedure?.Hearings.FirstOrDefault(declared => declared.Id == task)?.Label;

    /// <param name="key">"notice.12"</param>
    /// <returns>Null: the procedure declares no such document.</returns>
    public static Texts? OfDocument(KnownProcedure procedure, string key, DecisionOutcome? outcome) =>
        procedure.Is.Documents.FirstOrDefault(declared => declared.Id == DocumentKey.Read(key)?.Document) is { } document
            ? CaseLetters.TitleOf(procedure, document, outcome) : null;

    /// <summary>A claim for one year bears it, and a further claim its number.</summary>
    public static Texts OfClaim(ClaimKey key, DeclaredClaim? declared)
    {
        if (declared?.Label is not { } label)
        {
            return Of(key.Claim);
        }

        Texts named = [];
        foreach (var (language, text) in label)
        {
            named[language] = (declared.Years is null ? text : $"{text} {key.Owed[(declared.Id.Length + 1)..]}")
                + (key.Part > 1 ? $" ({key.Part})" : "");
        }

        return named;
    }

    /// <param name="enclosed">As the list of letters keeps it: an item, and the numbers of its pieces. "chair 12, 13".</param>
    public static Texts OfEnclosed(ProcedureDefinition? procedure, string enclosed)
    {
        var item = enclosed.Split(' ')[0];
        if (procedure?.Stock.FirstOrDefault(declared => declared.Item == item)?.Label is not { } label)
        {
            return Of(enclosed);
        }

        Texts named = [];
        foreach (var (language, text) in label)
        {
            named[language] = text + enclosed[item.Length..];
        }

        return named;
    }
}
