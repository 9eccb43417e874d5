using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens.Inviting;

/// <summary>An invitation in every state. Opening it changes nothing: its button accepts it.</summary>
public sealed class InvitationStatePage(ContentFolder content, IInvitations invitations) : InvitedPage(content, invitations)
{
    /// <summary>The end of the key of the words for it.</summary>
    public string State => View?.State.ToString().ToLowerInvariant() ?? "gone";

    public string Explanation => Texts.Say($"invited.{State}.text",
        ("until", View is { } view ? Moment(view.Until, view.Office.TimeZone) : ""));

    /// <summary>It may be refused still.</summary>
    public bool IsLive => View is { State: InvitationState.Placed or InvitationState.Accepted or InvitationState.Moved } view
        && view.From > view.At;

    public bool MayMove => IsLive && View!.State is not InvitationState.Moved;

    public async Task<IActionResult> OnGetAsync() => await ViewAsync() is null ? Gone() : Page();

    public async Task<IActionResult> OnPostAsync([FromForm] string? form)
    {
        if (await ViewAsync() is null)
        {
            return Gone();
        }

        var answer = await Invitations.AcceptAsync(Authority, Id, Code, FormId.RequestOf(form, "accept", $"{Invitation}"));
        View = answer.View;
        return View is null ? Gone() : answer.Refusal is { } refusal ? Again("state", refusal) : LocalRedirect(Mine());
    }
}
