using Aufruf.Portal.Texts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Aufruf.Portal.Citizens;

/// <summary>A page open to everybody, in the language of the reader: ?lang=en, or what the browser asks for.</summary>
[AllowAnonymous]
public abstract class CitizenPage : PageModel
{
    public PortalTexts Texts => PortalTexts.For(
    [
        .. Request.Query["lang"].OfType<string>(),
        .. Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).Select(l => l.Value.ToString()),
    ]);
}
