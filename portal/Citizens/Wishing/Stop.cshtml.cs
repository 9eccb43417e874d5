using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens.Wishing;

/// <summary>Ends a standing wish. Each of its mails has a link to this page.</summary>
public sealed class StopWishPage(ContentFolder content, IWishes wishes) : WishPage(content, wishes)
{
    public async Task<IActionResult> OnGetAsync() => await ViewAsync() is not { } view ? Gone()
        : view.State is WishState.Ended ? LocalRedirect(Mine()) : Page();

    public async Task<IActionResult> OnPostAsync([FromForm] string? form)
    {
        if (await ViewAsync() is null)
        {
            return Gone();
        }

        await Wishes.StopAsync(Authority, Id, Code, FormId.RequestOf(form, "stop", $"{Wish}"));
        return LocalRedirect(Mine());
    }
}
