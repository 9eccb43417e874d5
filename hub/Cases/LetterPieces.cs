using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;

namespace Aufruf.Hub.Cases;

/// <summary>Finds the numbers of the pieces that a document of a case names or encloses.</summary>
/// <remarks>The document may be written before the process of pieces comes to it. Then the pieces are reserved here.</remarks>
internal sealed class LetterPieces(StockShelf shelf, IGrainFactory grains)
{
    /// <summary>The letter with the numbers that its template asks for. A preview reserves nothing.</summary>
    public async Task<CaseLetter> FillAsync(CaseLetter letter)
    {
        var lines = letter.Procedure.Version.Template(letter.Document.Template)?.Paragraphs.Values.SelectMany(all => all) ?? [];
        var items = lines.SelectMany(DocumentText.NamesIn).Select(name => DocumentText.ItemOf(name.Name)).OfType<string>().ToHashSet();
        return letter.IsRefusal || items.Count == 0 ? letter
            : letter with { Pieces = await NumbersAsync(letter.Authority, letter.Number, letter.Found, items, letter.IsDraft) };
    }

    /// <summary>The numbers of each item, as people read them. An item without a number is not there.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NumbersAsync(string authority, string number, Evaluation evaluation,
        IReadOnlySet<string> items, bool onlyLook = false)
    {
        var found = await grains.GetGrain<ICaseGrain>(CitizenCase.StreamOf(authority, number)).View();
        List<(string Item, int Piece)> all = [];
        foreach (var need in evaluation.Stock.Where(need => items.Contains(need.Declared.Item)))
        {
            var loan = onlyLook ? (await shelf.Grain(authority, need).View()).Loans.GetValueOrDefault(number)
                : await shelf.LoanAsync(authority, found, need);
            all.AddRange(loan?.Pieces.Select(piece => (need.Declared.Item, piece)) ?? []);
        }

        return all.GroupBy(piece => piece.Item).ToDictionary(same => same.Key,
            same => string.Join(", ", same.Select(one => one.Piece.ToString(CultureInfo.InvariantCulture))));
    }
}
