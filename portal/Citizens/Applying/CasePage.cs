using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Content;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Aufruf.Portal.Citizens.Applying;

/// <summary>A page of one application or case. Its code leads to both.</summary>
[Needs(Permission.OwnCase)]
public abstract class CasePage(ContentFolder content, ICitizenCases cases) : CodedPage(content), IFormReader
{
    private const int Group = 4;

    /// <summary>Null: there is no draft, or no longer.</summary>
    public FormView? Form { get; protected set; }

    /// <summary>In groups that can be copied by hand.</summary>
    public string ShownCode => string.Join(' ', Code.Chunk(Group).Select(group => new string(group)));

    protected ICitizenCases Cases => cases;

    /// <summary>The address of the case, or of a page below it.</summary>
    public string Mine(string below = "", params IEnumerable<(string Name, string? Value)> query) =>
        Href($"/case/{Uri.EscapeDataString(Code)}{below}", query);

    public string Step(FormPageView page, params IEnumerable<(string Name, string? Value)> query) =>
        Mine($"/form/{Uri.EscapeDataString(page.Id)}", query);

    protected async Task<FormView?> FormAsync() => Form = IsCode ? await cases.FormAsync(Town.Authority, Code) : null;

    /// <summary>The page of the case, where the draft has become one; otherwise the one that says that the code leads nowhere.</summary>
    protected async Task<IActionResult> SentOrGoneAsync() =>
        IsCode && await cases.ViewAsync(Town.Authority, Code) is not null ? LocalRedirect(Mine()) : Gone();

    protected PageResult Gone()
    {
        Form = null;
        return Gone("case.gone");
    }
}
