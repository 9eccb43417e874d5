using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens;

/// <summary>A page that an editor has written: imprint, privacy, accessibility, how to report a barrier.</summary>
public sealed class InfoPage(ContentFolder content) : CitizenPage
{
    private Article? _article;

    public Article Article => _article ?? throw new InvalidOperationException("The page was not loaded.");

    /// <summary>A form takes a report, too.</summary>
    public bool IsAboutBarriers => RouteData.Values["id"] is "barrier";

    public IActionResult OnGet([FromRoute] string id) =>
        (_article = content.Now.Find($"pages/{id}", Texts.Language)) is null ? NotFound() : Page();
}
