using System.Collections.Immutable;
using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Domain.Cases.Expressions;

namespace Aufruf.Hub.Cases;

/// <summary>A form as the portal shows it: the pages and fields that these answers lead to.</summary>
internal static class CaseForms
{
    /// <param name="looks">The pieces that are needed before it is sent, and how many of them are free.</param>
    /// <param name="amended">The case whose answers are corrected; null: none.</param>
    public static FormView Of(KnownProcedure procedure, CaseDraft draft, IReadOnlyDictionary<string, string> answers, Evaluation found,
        IReadOnlyList<(EvaluatedStock Need, int Free)> looks, CitizenCase? amended = null)
    {
        found = looks.Where(look => look.Free < look.Need.Quantity).Aggregate(found, WithShortage);
        var pages = PagesOf(found, answers.ToImmutableDictionary().SetItems(looks.Select(look => KeyValuePair.Create(
            FieldOf(found, look.Need).Path, look.Free.ToString(CultureInfo.InvariantCulture)))), amended);
        pages = draft.Account is null ? pages : [.. pages.Select(page => page with
        {
            Fields = [.. page.Fields.Select(field => field with { From = SourceOf(procedure.Is, field.Path) })],
        })];
        return new(draft.Procedure, procedure.Is.Title, draft.Until, procedure.Version.TimeZone, draft.Revision, pages,
            [.. found.Faults.Select(fault => draft.Account is not null && fault.Code == "required" && IsShownOnly(fault.Field)
                ? new(fault.Field, FieldFault.NotInAccount, FieldFaults.Sentence(FieldFault.NotInAccount))
                : procedure.Is.Texts.TryGetValue(fault.Code, out var own)
                ? fault with { Sentence = own, IsDeclared = true } : fault)],
            found.IsComplete && found.Faults.Count == 0);

        bool IsShownOnly(string path) => pages.SelectMany(page => page.Fields)
            .Any(field => field.From is not null && (field.Path == path || path.StartsWith($"{field.Path}.", StringComparison.Ordinal)));
    }

    private static FieldSource? SourceOf(ProcedureDefinition procedure, string path) =>
        procedure.Pages.SelectMany(page => page.Fields).FirstOrDefault(field => field.Path == path)?.From;

    private static Evaluation WithShortage(Evaluation found, (EvaluatedStock Need, int Free) look)
    {
        var path = FieldOf(found, look.Need).Path;
        return found with
        {
            Faults = [.. found.Faults, new(path, "stock-short", FieldFaults.Sentence("stock-short"))],
            Pages = [.. found.Pages.Select(page => page.Fields.Contains(path) ? page with { IsDone = false } : page)],
        };
    }

    /// <summary>The field that shows how many are free. The linter asks for it.</summary>
    private static Field FieldOf(Evaluation found, EvaluatedStock need) => found.Procedure.Pages.SelectMany(page => page.Fields)
        .First(field => field.Type is FieldType.StockItem && field.Item == need.Declared.Item);

    /// <summary>The answers of a case, and that which follows from them on its day.</summary>
    public static (IReadOnlyList<FormPageView> Pages, IReadOnlyList<FieldView> Values) Read(KnownProcedure procedure,
        IReadOnlyDictionary<string, string> answers, DateOnly day, CitizenCase found)
    {
        var read = procedure.Evaluate(answers, day);
        return ([.. PagesOf(read, answers, found).Select(WithAnswersOnly)],
            [.. procedure.Is.Values.Where(value => read.Values.ContainsKey(value.Id)).Select(value => ViewOf(value, read))]);
    }

    /// <summary>A value as if it was answered, so that a page writes both alike.</summary>
    private static FieldView ViewOf(NamedValue value, Evaluation found) => new(value.Id, value.Kind.FieldOf(),
        value.Label ?? CaseLabels.Of(value.Id), null, false, null, false,
        found.Values[value.Id] is Value.Code code ? ChoicesOf(code.List, found) : [], [],
        new Dictionary<string, string> { [value.Id] = found.Values[value.Id].ToString()! });

    private static IReadOnlyList<ChoiceView> ChoicesOf(string list, Evaluation found) =>
        [.. found.Procedure.Tables.Codes[list].Codes.Select(code => new ChoiceView(code.Id, code.Label))];

    private static FormPageView WithAnswersOnly(FormPageView page) =>
        page with { Fields = [.. page.Fields.Where(field => !field.Type.IsOnlyShown())] };

    private static List<FormPageView> PagesOf(Evaluation found, IReadOnlyDictionary<string, string> answers, CitizenCase? seen) =>
        [.. found.Pages.Select(page => new FormPageView(page.Id, page.Page.Title, page.IsDone,
            [.. page.Page.Fields.Where(field => page.Fields.Contains(field.Path)).Select(field => ViewOf(field, found, answers, seen))]))];

    private static FieldView ViewOf(Field field, Evaluation found, IReadOnlyDictionary<string, string> answers, CitizenCase? seen) => new(
        field.Path, field.Type, field.Label, field.Hint, field.Required?.Holds(found.Situation) ?? true,
        field.Max?.Evaluate(found.Situation) is Value.Number most && field.Type is FieldType.Text ? (int)most.Is : null,
        field.Fim.Count > 0,
        field.List is { } list ? ChoicesOf(list, found) : [],
        field.Type.Parts(), PathsOf(field).Where(answers.ContainsKey).ToDictionary(path => path, path => answers[path]))
    {
        Mime = field.Mime,
        MaxMiB = field.MaxMiB,
        File = field.Type is FieldType.File && FileAnswer.Parse(answers.GetValueOrDefault(field.Path)) is { } file
                ? new(file.Name, file.Bytes, file.Mime, CheckOf(file.Hash, answers.GetValueOrDefault(FileAnswer.WaitsOf(field.Path)), seen))
                : null,
    };

    private static FileCheck CheckOf(string hash, string? waits, CitizenCase? seen) => waits != hash ? FileCheck.Good
        : seen is null || !seen.Scans.TryGetValue(hash, out var isClean) ? FileCheck.Waits
        : isClean ? FileCheck.Good : FileCheck.Infected;

    /// <summary>The names under which a form sends a field.</summary>
    public static IEnumerable<string> PathsOf(Field field) => field.Type.Parts() is { Count: > 0 } parts
        ? parts.Select(part => $"{field.Path}.{part.Id}") : [field.Path];
}
