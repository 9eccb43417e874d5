using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Citizens.Accounts;
using Aufruf.Portal.Content;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
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

    /// <summary>The account that the draft or case belongs to; null: the code is enough.</summary>
    public CitizenAccount? Account { get; private set; }

    protected ICitizenCases Cases => cases;

    /// <summary>The address of the case, or of a page below it.</summary>
    public string Mine(string below = "", params IEnumerable<(string Name, string? Value)> query) =>
        Href($"/case/{Uri.EscapeDataString(Code)}{below}", query);

    public string Step(FormPageView page, params IEnumerable<(string Name, string? Value)> query) =>
        Mine($"/form/{Uri.EscapeDataString(page.Id)}", query);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        OnPageHandlerExecuting(context);
        context.Result ??= await ClosedAsync(); // A page below may have answered already.
        if (context.Result is null)
        {
            OnPageHandlerExecuted(await next());
        }
    }

    /// <summary>The page instead of this one, where it belongs to an account. Null: it opens.</summary>
    private async Task<IActionResult?> ClosedAsync()
    {
        if (!IsCode || await cases.OwnerAsync(Town.Authority, Code) is not { } owner)
        {
            return null;
        }

        Account = await HttpContext.AccountAsync(Town.Authority);
        return owner.WhyNot(Account) is not { } refusal ? null
            : refusal == Refusal.ApplicationGone ? Gone() : AccountFirst.For(this, owner.Trust, Account is null ? null : "weak");
    }

    protected async Task<FormView?> FormAsync() => Form = IsCode ? await cases.FormAsync(Town.Authority, Code) : null;

    /// <summary>The page of the case, or of the discarded draft that comes back; otherwise the one that says that the code leads nowhere.
    /// </summary>
    protected async Task<IActionResult> SentOrGoneAsync() => IsCode && (await cases.ViewAsync(Town.Authority, Code) is not null
        || await cases.DiscardedAsync(Town.Authority, Code) is not null) ? LocalRedirect(Mine()) : Gone();

    protected PageResult Gone()
    {
        Form = null;
        return Gone("case.gone");
    }
}
