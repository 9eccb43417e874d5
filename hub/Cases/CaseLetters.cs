using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Domain.Cases.Expressions;
using Aufruf.Hub.Letters;

namespace Aufruf.Hub.Cases;

/// <summary>Writes the documents of cases from their templates, with the answers and that which follows from them.</summary>
internal sealed class CaseLetters(Letterheads heads, LetterSeals seals)
{
    /// <summary>The declared documents of a state. A decision against the application has one, and it says why.</summary>
    public static IReadOnlyList<DeclaredDocument> Of(Evaluation found, CaseState state, DecisionOutcome? outcome) =>
        state is not CaseState.Decided || outcome is not DecisionOutcome.Refused ? found.Documents(state)
        : [.. found.Documents(state).OrderBy(document => document.To is not DocumentTo.Announce).Take(1)];

    public static bool GoesByPost(ProcedureDefinition procedure, DeclaredDocument document) => document.To is DocumentTo.Post
        || (document.To is DocumentTo.Announce && procedure.Flow.Announce.By is AnnounceBy.Post);

    public static bool IsForPortal(ProcedureDefinition procedure, DeclaredDocument document) => document.To is DocumentTo.Portal
        || (document.To is DocumentTo.Announce && procedure.Flow.Announce.By is AnnounceBy.Portal);

    /// <summary>The name of a document, as its letter bears it.</summary>
    public static Texts TitleOf(KnownProcedure procedure, DeclaredDocument document, DecisionOutcome? outcome) => outcome
        is DecisionOutcome.Refused && document.At is CaseState.Decided
            ? new() { ["de"] = SubjectOf(procedure, document, outcome, "de"), ["en"] = SubjectOf(procedure, document, outcome, "en") }
            : procedure.Version.Template(document.Template)?.Title ?? procedure.Is.Title;

    /// <summary>The PDF, or the reason why it cannot be written.</summary>
    public async Task<(byte[]? Pdf, Refusal? Refusal)> WriteAsync(CaseLetter asked)
    {
        var document = asked.Document;
        asked = IsTranslated(asked) ? asked : asked with { Language = "de" };
        var address = AddressOf(asked.Found, document.Address);
        if (address.Count == 0 && GoesByPost(asked.Procedure.Is, document))
        {
            return (null, Refusal.AddressMissing);
        }

        var seal = document.Sealed && !asked.IsDraft ? seals.Of(asked.Authority) : null;
        try
        {
            return (await LetterFile.WriteAsync(LetterOf(asked, address, seal is not null), seal), null);
        }
        catch (LetterException)
        {
            return (null, Refusal.CharacterMissing);
        }
    }

    /// <summary>A letter has one language, so each of its templates must have it.</summary>
    private static bool IsTranslated(CaseLetter asked) => ((string?[])[asked.Document.Template, asked.Procedure.Is.Flow.Decide.Remedy])
        .OfType<string>().All(name => asked.Procedure.Version.Template(name)?.Paragraphs.ContainsKey(asked.Language) is true);

    private Letter LetterOf(CaseLetter asked, IReadOnlyList<string> address, bool isSealed)
    {
        var (procedure, document, words) = (asked.Procedure, asked.Document, new CaseLetterWords(asked.Language));
        var subject = SubjectOf(procedure, document, asked.Outcome, words.Language);
        return new(heads.Of(asked.Authority, procedure.Is.Unit, procedure.Version.Town), address,
            [new(words.Number, asked.Number), new(words.Date, words.Day(asked.Day))],
            asked.IsDraft ? words.Draft(subject) : subject,
            [.. BodyOf(asked, words), new LetterBlock.Paragraph(isSealed ? words.Sealed : words.Unsigned),
                .. asked is { IsDraft: true, Pieces.Count: > 0 } ? [new LetterBlock.Paragraph(words.Foreseen)] : (LetterBlock[])[]],
            words.Language);
    }

    private static IEnumerable<LetterBlock> BodyOf(CaseLetter asked, CaseLetterWords words)
    {
        var (procedure, tables) = (asked.Procedure, asked.Found.Situation.Tables);
        var remedy = procedure.Is.Flow.Decide.Remedy is { } name ? string.Join('\n', LinesOf(procedure, name, words)) : "";
        if (asked.IsRefusal)
        {
            yield return new LetterBlock.Paragraph(words.Refused(procedure.Is.Title.In(words.Language), asked.Found.Situation.Today));
            if (!string.IsNullOrWhiteSpace(asked.Reason))
            {
                yield return new LetterBlock.Heading(words.Reason);
                yield return new LetterBlock.Paragraph(asked.Reason);
            }

            if (remedy.Length > 0)
            {
                yield return new LetterBlock.Paragraph(remedy);
            }

            yield break;
        }

        foreach (var line in DocumentText.Fill(LinesOf(procedure, asked.Document.Template, words), ValueOf))
        {
            yield return new LetterBlock.Paragraph(line);
        }

        string? ValueOf(string placeholder) => placeholder switch
        {
            "caseNumber" => asked.Number,
            "today" => words.Day(asked.Day),
            "town" => procedure.Version.Town,
            "remedy" => remedy,
            _ when asked.Found.Values.TryGetValue(placeholder, out var value) => words.Of(value, tables),
            _ => DocumentText.ItemOf(placeholder) is { } item ? asked.Pieces.GetValueOrDefault(item) : null,
        };
    }

    private static IReadOnlyList<string> LinesOf(KnownProcedure procedure, string template, CaseLetterWords words) =>
        (procedure.Version.Template(template) ?? throw new InvalidOperationException($"There is no template {template}."))
        .Paragraphs[words.Language];

    private static string SubjectOf(KnownProcedure procedure, DeclaredDocument document, DecisionOutcome? outcome, string language) =>
        outcome is DecisionOutcome.Refused && document.At is CaseState.Decided
            ? new CaseLetterWords(language).Refusal(procedure.Is.Title.In(language))
            : TitleOf(procedure, document, null).In(language);

    /// <summary>Name and address of the citizen who applied: the fields about the one who fills the form in come first.</summary>
    /// <remarks>The addition stands above the street, where the post looks for it. Source: DIN 5008.</remarks>
    private static IReadOnlyList<string> AddressOf(Evaluation found, string? other)
    {
        var fields = found.Procedure.Pages.SelectMany(page => page.Fields).OrderBy(field => field.Fim.Count == 0).ToList();
        var given = fields.Select(field => found.Values.GetValueOrDefault(field.Path)).ToList();
        var name = given.OfType<Value.Name>().FirstOrDefault();
        var own = other is not null ? found.Values.GetValueOrDefault(other) as Value.Address : null;
        return (own ?? given.OfType<Value.Address>().FirstOrDefault()) is { } address && name is not null
            ? [.. ((string?[])[name.ToString(), address.Extra, $"{address.Street} {address.House}", $"{address.Postcode} {address.Town}"])
                .OfType<string>()] : [];
    }
}

/// <summary>A document that is to be written.</summary>
/// <param name="Found">The answers, evaluated on the day of the application.</param>
/// <param name="Outcome">Of the decision; null: the document belongs to none.</param>
/// <param name="Reason">Of a decision against the application, as it was typed.</param>
/// <param name="Day">That the letter bears.</param>
/// <param name="IsDraft">It says so, bears no seal, and is kept nowhere.</param>
internal sealed record CaseLetter(string Authority, string Number, string Language, KnownProcedure Procedure, Evaluation Found,
    DeclaredDocument Document, DecisionOutcome? Outcome, string? Reason, DateOnly Day, bool IsDraft = false)
{
    /// <summary>The numbers of the pieces that it names, by their item.</summary>
    public IReadOnlyDictionary<string, string> Pieces { get; init; } = new Dictionary<string, string>();

    public bool IsRefusal => Outcome is DecisionOutcome.Refused && Document.At is CaseState.Decided;

    /// <summary>German, the official language, unless the form was filled in in English.</summary>
    public static string LanguageOf(CitizenCase found) => found.Language == "en" ? "en" : "de";
}
