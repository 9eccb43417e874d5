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
