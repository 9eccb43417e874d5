namespace Aufruf.Domain.Cases.Declarations;

/// <summary>A case keeps its law, and its citizen reads the newest texts.</summary>
public static class Revision
{
    /// <summary>The rules of this declaration, with the words of the newest one wherever it has the same part.</summary>
    public static ProcedureDefinition WithTextsOf(this ProcedureDefinition pinned, ProcedureDefinition newest)
    {
        var fields = newest.Pages.SelectMany(page => page.Fields).SelectMany(f => f.Fields.Prepend(f)).ToDictionary(f => f.Path);
        return pinned with
        {
            Title = newest.Title,
            Says = newest.Says,
            Texts = pinned.Texts.Where(text => !newest.Texts.ContainsKey(text.Key)).Concat(newest.Texts).ToDictionary(),
            Values = [.. pinned.Values.Select(value => value with
            {
                Label = newest.Values.FirstOrDefault(v => v.Id == value.Id)?.Label ?? value.Label,
            })],
            Tasks = [.. pinned.Tasks.Select(task => task with
            {
                Label = newest.Tasks.FirstOrDefault(t => t.Id == task.Id)?.Label ?? task.Label,
            })],
            Claims = [.. pinned.Claims.Select(claim => claim with
            {
                Label = newest.Claims.FirstOrDefault(c => c.Id == claim.Id)?.Label ?? claim.Label,
            })],
            Stock = [.. pinned.Stock.Select(stock => stock with
            {
                Label = newest.Stock.FirstOrDefault(s => s.Item == stock.Item)?.Label ?? stock.Label,
            })],
            Pages = [.. pinned.Pages.Select(page => page with
            {
                Title = newest.Pages.FirstOrDefault(p => p.Id == page.Id)?.Title ?? page.Title,
                Fields = [.. page.Fields.Select(Renewed)],
            })],
        };

        Field Renewed(Field field) => fields.GetValueOrDefault(field.Path) is { } found && found.Type == field.Type
            ? field with { Label = found.Label, Hint = found.Hint, Fields = [.. field.Fields.Select(Renewed)] } : field;
    }
}
