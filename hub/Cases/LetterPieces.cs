using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;

namespace Aufruf.Hub.Cases;

/// <summary>Finds the numbers of the pieces that a document of a case names or encloses.</summary>
/// <remarks>The document may be written before the process of pieces comes to it. Then the pieces are reserved here.</remarks>
internal sealed class LetterPieces(StockShelf shelf, IGrainFactory grains)
{
    /// <summary>The letter with the numbers that its template asks for. A preview names those of now, and reserves none.</summary>
    public async Task<(CaseLetter Letter, Refusal? Refusal)> FillAsync(CaseLetter letter)
    {
        var lines = letter.Procedure.Version.Template(letter.Document.Template)?.Paragraphs.Values.SelectMany(all => all) ?? [];
        var items = lines.SelectMany(DocumentText.NamesIn).Select(name => DocumentText.ItemOf(name.Name)).OfType<string>().ToHashSet();
        if (letter.IsRefusal || items.Count == 0)
        {
            return (letter, null);
        }

        return letter.IsDraft ? await ForeseenAsync(letter, items)
            : (letter with { Pieces = await NumbersAsync(letter.Authority, letter.Number, letter.Found, items) }, null);
    }

    /// <summary>The numbers of each item, as people read them. An item without a number is not there.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NumbersAsync(string authority, string number, Evaluation evaluation,
        IReadOnlySet<string> items)
    {
        var found = await grains.GetGrain<ICaseGrain>(CitizenCase.StreamOf(authority, number)).View();
        List<(string Item, int Piece)> all = [];
        foreach (var need in evaluation.Stock.Where(need => items.Contains(need.Declared.Item)))
        {
            var loan = await shelf.LoanAsync(authority, found, need);
            all.AddRange(loan?.Pieces.Select(piece => (need.Declared.Item, piece)) ?? []);
        }

        return Listed(all);
    }

    private async Task<(CaseLetter, Refusal?)> ForeseenAsync(CaseLetter letter, HashSet<string> items)
    {
        var found = await grains.GetGrain<ICaseGrain>(CitizenCase.StreamOf(letter.Authority, letter.Number)).View();
        List<(string Item, int Piece)> all = [];
        foreach (var need in letter.Found.Stock.Where(need => items.Contains(need.Declared.Item)))
        {
            var (pieces, refusal) = await shelf.ForeseeAsync(letter.Authority, found, need);
            if (refusal is not null)
            {
                return (letter, refusal);
            }

            all.AddRange(pieces.Select(piece => (need.Declared.Item, piece)));
        }

        return (letter with { Pieces = Listed(all) }, null);
    }

    private static Dictionary<string, string> Listed(List<(string Item, int Piece)> all) => all.GroupBy(piece => piece.Item)
        .ToDictionary(same => same.Key,
            same => string.Join(", ", same.Select(one => one.Piece.ToString(CultureInfo.InvariantCulture))));
}
