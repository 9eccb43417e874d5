using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Texts;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Aufruf.Portal.Citizens;

/// <summary>A page open to everybody, in the language of the reader.</summary>
[Needs(Permission.Public)]
public abstract class CitizenPage : PageModel
{
    public PortalTexts Texts => PortalTexts.For(PortalTexts.AskedIn(Request));
}
