using Aufruf.Domain.Cases.Declarations;
using Aufruf.Domain.Cases.Expressions;

namespace Aufruf.Domain.Cases;

/// <summary>All that follows from a citizen's answers on a day: one function for form, checks, fees, tasks and documents.</summary>
/// <remarks>A hidden field is absent for all of them, although the draft keeps its answer.</remarks>
public sealed record Evaluation(
    ProcedureDefinition Procedure,
    IReadOnlyDictionary<string, Value> Values,
    IReadOnlyList<EvaluatedPage> Pages,
    IReadOnlyList<FieldFault> Faults)
{
    /// <summary>A repeated group has at most so many entries.</summary>
    public const int MostEntries = 20;

    /// <summary>Values, tables, today and town: where other expressions of the declaration are asked.</summary>
    public required CaseSituation Situation { get; init; }

    public bool IsComplete => Pages.All(page => page.IsDone);

    public EvaluatedPage? NextPage => Pages.FirstOrDefault(page => !page.IsDone);

    /// <param name="answers">That which was typed, by path: "keeper.family", "children.2.born". An empty text is no answer.</param>
    public static Evaluation Of(ProcedureDefinition procedure, IReadOnlyDictionary<string, string> answers, DateOnly today, Town town)
    {
        FieldReader reader = new(answers, new(_ => null, today, procedure.Tables, town));
        List<EvaluatedPage> pages = [];
        foreach (var page in procedure.Pages.Where(page => page.If?.Holds(reader.Situation) ?? true))
        {
            var before = reader.Faults.Count;
            var fields = page.Fields.SelectMany(field => reader.Read(field)).ToList();
            pages.Add(new(page.Id, page, fields, reader.Faults.Count == before));
        }

        foreach (var value in procedure.Values)
        {
            if (value.Is.Evaluate(reader.Situation) is { } found)
            {
                reader.Values[value.Id] = found;
            }
            else if (pages.TrueForAll(page => page.IsDone))
            {
                // All is given, and still there is no value: a table has none for this day, or it is out of bounds.
                reader.Faults.Add(new(value.Id, "no-value", FieldFaults.Sentence("no-value")));
            }
        }

        return new(procedure, reader.Values, pages, reader.Faults) { Situation = reader.Situation };
    }

    /// <summary>The claims of a state, one for each calendar year where the declaration says so. Claims of nothing are left out.</summary>
    public IReadOnlyList<EvaluatedClaim> Claims(CaseState at) =>
    [
        .. from claim in Procedure.Claims
           where claim.At == at
           from line in Lines(claim)
           where line.Cents > 0
           select line,
    ];

    /// <summary>The tasks that begin in a state; those of a body that is asked begin with the work.</summary>
    public IReadOnlyList<PlannedTask> Tasks =>
    [
        .. from task in Procedure.Tasks
           where task.If?.Holds(Situation) ?? true
           select new PlannedTask(task.Id, task.At, task.Role, task.Days),
        .. from hearing in Procedure.Hearings
           where hearing.If?.Holds(Situation) ?? true
           select new PlannedTask(hearing.Id, CaseState.InProgress, hearing.Role, hearing.Days),
    ];

    public IReadOnlyList<DeclaredDocument> Documents(CaseState at) =>
        [.. Procedure.Documents.Where(document => document.At == at && (document.If?.Holds(Situation) ?? true))];

    /// <summary>The pieces that are needed, as far as the answers say so.</summary>
    public IReadOnlyList<EvaluatedStock> Stock =>
    [
        .. from stock in Procedure.Stock
           let choices = stock.By.Select(name => Values.GetValueOrDefault(name)?.ToString()).ToList()
           let quantity = stock.Quantity.Evaluate(Situation) is Value.Number n ? (int)Math.Clamp(n.Is, 0, 1000) : 0
           let first = stock.From is null ? Situation.Today : DayOf(stock.From)
           let last = stock.Until is null ? null : DayOf(stock.Until)
           where quantity > 0 && choices.All(part => part is not null) && first is not null && (stock.Until is null || last >= first)
           select new EvaluatedStock(string.Join('-', choices.Prepend(stock.Item)), quantity, first.Value, last, stock),
    ];

    /// <summary>A case keeps this for its whole life: the law and the rates of the day on which it was sent.</summary>
    public CasePlan Plan() => new(Procedure.Id, Procedure.Version, Situation.Today, [.. Procedure.Editions],
        Procedure.Flow.Pay is PayWhen.Before && Claims(CaseState.AwaitingPayment).Count > 0 ? Procedure.Flow.PaymentDays : null,
        Procedure.Flow.Complete.Automatic?.Holds(Situation) ?? false, Procedure.Flow.Complete.Role, Procedure.Flow.Complete.Days,
        Procedure.Flow.Complete.SupplementDays, Procedure.Flow.Complete.Else,
        Procedure.Flow.Decide.Automatic?.Holds(Situation) ?? false, Procedure.Flow.Decide.Role, Procedure.Flow.Decide.Days,
        Procedure.Flow.Decide.FourEyes?.Holds(Situation) ?? false, Procedure.Flow.Decide.Adverse?.Holds(Situation) ?? false,
        Procedure.Flow.Decide.HearingDays, Procedure.Flow.Decide.Decides ? Procedure.Flow.Decide.RemedyMonths : null,
        Procedure.Flow.Announce.Law ?? "handed-over", Procedure.Flow.Retain?.Years ?? 0,
        Procedure.Flow.Retain?.Then is RetainThen.Offer, Procedure.Flow.Retain?.Alone ?? false, Tasks);

    private DateOnly? DayOf(Formula formula) => formula.Evaluate(Situation) is Value.Date day ? day.Is : null;

    private IEnumerable<EvaluatedClaim> Lines(DeclaredClaim claim)
    {
        if (claim.Years is not { } years)
        {
            yield return new(claim.Id, null, Cents(claim, Situation), claim);
            yield break;
        }

        if (years.Evaluate(Situation) is not Value.Date { Is: var start })
        {
            yield break;
        }

        // A start of so long ago is a slip, and every claim is at most barred by then.
        var last = Math.Max(start.Year, Situation.Today.Year);
        for (var year = Math.Max(start.Year, last - MostEntries); year <= last; year++)
        {
            var from = year == start.Year ? start : new DateOnly(year, 1, 1);
            var known = Situation.Of;
            yield return new(claim.Id, year,
                Cents(claim, Situation with { Of = name => name == "from" ? new Value.Date(from) : known(name) }), claim);
        }
    }

    private static long Cents(DeclaredClaim claim, CaseSituation situation) =>
        claim.Amount.Evaluate(situation) is Value.Money money ? money.Cents : 0;
}

/// <param name="Fields">The paths of the fields that are shown: "children.2.born".</param>
public sealed record EvaluatedPage(string Id, Page Page, IReadOnlyList<string> Fields, bool IsDone);

/// <param name="Year">The calendar year that it is for; null: none.</param>
public sealed record EvaluatedClaim(string Id, int? Year, long Cents, DeclaredClaim Declared);

/// <param name="Item">"chair-white-large".</param>
/// <param name="Until">Null: none is known.</param>
public sealed record EvaluatedStock(string Item, int Quantity, DateOnly From, DateOnly? Until, DeclaredStock Declared);

/// <param name="Field">The path of the field, or the id of a value.</param>
public sealed record FieldFault(string Field, string Code, Texts Sentence)
{
    /// <summary>The character that is not possible; null: it is no matter of one.</summary>
    public string? Sign { get; init; }

    /// <summary>The sentence is the declaration's own.</summary>
    public bool IsDeclared { get; init; }

    /// <summary>The account should answer, and does not.</summary>
    public const string NotInAccount = "not-in-account";
}
