namespace Aufruf.Domain.Cases.Declarations;

/// <summary>Values, claims and stock have ids for expressions, and names for the people who read them.</summary>
public static class LabelRules
{
    /// <summary>That which fails nobody, and could be better. A declaration with remarks is published.</summary>
    public static IReadOnlyList<Fault> RemarksOn(ProcedureDefinition procedure) =>
        [.. Parts(procedure).Where(part => part.Label is null).Select(part => Fault.Of(part.Place!, "label-missing", part.Id))];

    /// <summary>A name that is given is there in each language.</summary>
    internal static void Check(ProcedureDefinition procedure, Faults faults)
    {
        foreach (var (id, label, place) in Parts(procedure).Where(part => part.Label is not null))
        {
            foreach (var language in procedure.Languages.Where(l => string.IsNullOrWhiteSpace(label!.GetValueOrDefault(l))))
            {
                faults.Add(place!, "text-missing", language, id);
            }
        }
    }

    private static IEnumerable<(string Id, Texts? Label, JsonPart? Place)> Parts(ProcedureDefinition procedure) =>
        procedure.Values.Select(value => (value.Id, value.Label, value.Place))
            .Concat(procedure.Claims.Select(claim => (claim.Id, claim.Label, claim.Place)))
            .Concat(procedure.Stock.Select(stock => (stock.Item, stock.Label, stock.Place)));
}
