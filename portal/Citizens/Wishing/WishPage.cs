using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Aufruf.Portal.Citizens.Wishing;

/// <summary>A page of one standing wish.</summary>
public abstract class WishPage(ContentFolder content, IWishes wishes) : CodedPage(content)
{
    [FromRoute] public string Authority { get; set; } = "";
    [FromRoute] public Guid Wish { get; set; }

    /// <summary>Null: there is no such wish, or no longer.</summary>
    public WishView? View { get; protected set; }

    protected IWishes Wishes => wishes;

    protected WishId Id => new(Wish);

    /// <summary>The address of the wish, or of a page below it.</summary>
    public string Mine(string below = "") => Href($"/w/{Uri.EscapeDataString(Authority)}/{Wish}/{Uri.EscapeDataString(Code)}{below}");

    protected async Task<WishView?> ViewAsync() => View = Authority == Town.Authority && IsCode
        ? await wishes.ViewAsync(Authority, Id, Code) : null;

    /// <summary>The page that says that there is no such wish.</summary>
    protected PageResult Gone()
    {
        View = null;
        return Gone("wish.gone");
    }
}
