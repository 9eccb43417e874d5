using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens.Inviting;

/// <summary>Refuses an invitation. Its time is free at once.</summary>
public sealed class RefuseInvitationPage(ContentFolder content, IInvitations invitations) : InvitedPage(content, invitations)
{
    public async Task<IActionResult> OnGetAsync() => await ViewAsync() is not { } view ? Gone()
        : view.State is InvitationState.Placed or InvitationState.Accepted or InvitationState.Moved ? Page() : LocalRedirect(Mine());

    public async Task<IActionResult> OnPostAsync([FromForm] string? form)
    {
        if (await ViewAsync() is null)
        {
            return Gone();
        }

        var answer = await Invitations.RefuseAsync(Authority, Id, Code, FormId.RequestOf(form, "refuse", $"{Invitation}"));
        View = answer.View;
        return View is null ? Gone() : answer.Refusal is { } refusal ? Again("state", refusal) : LocalRedirect(Mine());
    }
}
