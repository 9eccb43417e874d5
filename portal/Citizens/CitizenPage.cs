using Aufruf.Portal.Texts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Aufruf.Portal.Citizens;

/// <summary>A page open to everybody, in the language of the reader.</summary>
[AllowAnonymous]
public abstract class CitizenPage : PageModel
{
    public PortalTexts Texts => PortalTexts.For(PortalTexts.AskedIn(Request));
}
