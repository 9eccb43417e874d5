using System.Text.RegularExpressions;

namespace Aufruf.Domain.Cases.Declarations;

/// <summary>The {names} in the lines of a template, and the lines with their values.</summary>
public static partial class DocumentText
{
    private const string Stock = "stock.";

    /// <summary>{name} must be there; the line with {name?} is left out where it is absent.</summary>
    public static IEnumerable<(string Name, bool MayLack)> NamesIn(string line) =>
        Placeholder().Matches(line).Select(m => (m.Groups[1].Value, m.Groups[2].Length > 0));

    /// <summary>The thing whose numbers a name stands for: "chair" of "stock.chair"; null: it stands for something else.</summary>
    public static string? ItemOf(string name) => name.StartsWith(Stock, StringComparison.Ordinal) ? name[Stock.Length..] : null;

    /// <summary>The numbers of pieces that the procedure has reserved by then. A town may keep none.</summary>
    internal static bool IsPiece(string name, ProcedureDefinition procedure, CaseState at) => ItemOf(name) is { } item
        && procedure.Stock.Any(stock => stock.Item == item && stock.At <= at);

    /// <summary>The lines with their values. One that is empty by then is left out.</summary>
    /// <param name="valueOf">Null: absent.</param>
    /// <exception cref="InvalidOperationException">A value is absent that the template needs. The linter has let it pass.</exception>
    public static IReadOnlyList<string> Fill(IEnumerable<string> lines, Func<string, string?> valueOf) =>
    [
        .. from line in lines
           where NamesIn(line).All(name => !name.MayLack || valueOf(name.Name) is not null)
           let filled = Placeholder().Replace(line, place => valueOf(place.Groups[1].Value)
               ?? throw new InvalidOperationException($"The document needs '{place.Groups[1].Value}', which is absent."))
           where !string.IsNullOrWhiteSpace(filled)
           select filled,
    ];

    [GeneratedRegex(@"\{([\w.-]+)(\??)\}")]
    private static partial Regex Placeholder();
}
