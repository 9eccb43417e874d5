using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Citizens;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Cases;

/// <summary>The pieces of one item, and the cases that have them.</summary>
[Needs(Permission.SeeCases, AuthenticationSchemes = StaffAccess.Scheme)]
public sealed class StockItemPage(IStaffStock stock) : StaffPage
{
    [FromRoute(Name = "authority")] public string Authority { get; set; } = "";
    [FromRoute(Name = "item")] public string Item { get; set; } = "";

    [BindProperty] public string? First { get; set; }
    [BindProperty] public string? Count { get; set; }

    public string Form { get; } = FormId.New();

    /// <summary>Null: no procedure needs such an item.</summary>
    public StockView? Found { get; private set; }

    /// <summary>Why the last change was refused; null: it was not.</summary>
    public string? Refused { get; private set; }

    public bool MayChange => May(Domain.Identity.Permission.Cases, Authority);

    public string Here => $"/staff/{Authority}/stock/{Item}?lang={Texts.Language}";

    /// <summary>"1-12, 15".</summary>
    public static string Ranges(IEnumerable<int> numbers)
    {
        List<(int First, int Last)> ranges = [];
        foreach (var number in numbers.Order())
        {
            if (ranges is [.., var last] && last.Last + 1 == number)
            {
                ranges[^1] = (last.First, number);
            }
            else
            {
                ranges.Add((number, number));
            }
        }

        return string.Join(", ", ranges.Select(range => range.First == range.Last ? $"{range.First}" : $"{range.First}–{range.Last}"));
    }

    public Task<IActionResult> OnGetAsync() => ShowAsync(null);

    [HandlerNeeds(Domain.Identity.Permission.Cases)]
    public async Task<IActionResult> OnPostAsync([FromForm] string? form, [FromForm(Name = "do")] string? act, [FromForm] string? number,
        [FromForm] string? why)
    {
        if (!MayChange)
        {
            return NotFound();
        }

        var by = new ClerkId(SignedInAs);
        StockCommand? command = act switch
        {
            "add" => new StockCommand.AddPieces(NumberOf(First), NumberOf(Count), by),
            "end" when Enum.TryParse<PieceEnd>(why, ignoreCase: true, out var end) && Enum.IsDefined(end) =>
                new StockCommand.EndPiece(NumberOf(number), end, by),
            "back" => new StockCommand.TakeBack(number ?? ""),
            _ => null,
        };
        var refusal = command is null ? Refusal.StockMalformed
            : await stock.DoAsync(Authority, Item, command, FormId.RequestOf(form, act, number, why, First, Count, Item, SignedInAs));
        return refusal is null ? LocalRedirect(Here) : await ShowAsync(refusal);
    }

    public string NameOf(StockRow row) => string.Join(", ", row.Parts.Select(part => part.In(Texts.Language)));

    public string Day(DateOnly day) => Texts.Day(day);

    private static int NumberOf(string? text) =>
        int.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private async Task<IActionResult> ShowAsync(Refusal? refusal)
    {
        if (!May(Domain.Identity.Permission.SeeCases, Authority))
        {
            return NotFound();
        }

        Found = await stock.FindAsync(Authority, Item);
        refusal = Found is null ? Refusal.StockUnknown : refusal;
        if (refusal is not null)
        {
            (Refused, Response.StatusCode) = (refusal.Texts.In(Texts.Language), refusal.Kind is RefusalKind.NotFound
                ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict);
        }

        return Page();
    }
}
