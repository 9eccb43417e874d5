using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Aufruf.Portal.Citizens.Inviting;

/// <summary>A page of one invitation.</summary>
public abstract class InvitedPage(ContentFolder content, IInvitations invitations) : CodedPage(content)
{
    [FromRoute] public string Authority { get; set; } = "";
    [FromRoute] public Guid Invitation { get; set; }

    /// <summary>Null: there is no such invitation, or no longer.</summary>
    public InvitationView? View { get; protected set; }

    protected IInvitations Invitations => invitations;

    protected InvitationId Id => new(Invitation);

    /// <summary>The address of the invitation, or of a page below it.</summary>
    public string Mine(string below = "") => Href($"/i/{Uri.EscapeDataString(Authority)}/{Invitation}/{Uri.EscapeDataString(Code)}{below}");

    /// <summary>The address of its appointment, or of a page below it.</summary>
    public string Appointment(string below = "") => Href($"/a/{View!.Booked.Week}/{View.Booked.Code}{below}");

    protected async Task<InvitationView?> ViewAsync() => View = Authority == Town.Authority && IsCode
        ? await invitations.ViewAsync(Authority, Id, Code) : null;

    /// <summary>The page that says that there is no such invitation.</summary>
    protected PageResult Gone()
    {
        View = null;
        return Gone("invited.gone");
    }
}
