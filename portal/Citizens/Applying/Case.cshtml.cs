using Aufruf.Contracts;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens.Applying;

/// <summary>"My case": a draft, or the case in every state, in plain words. Opening it changes nothing.</summary>
public sealed class MyCasePage(ContentFolder content, ICitizenCases cases) : CasePage(content, cases)
{
    /// <summary>Null: it is a draft.</summary>
    public CaseView? Known { get; private set; }

    public string State => Known!.State.ToString().ToLowerInvariant();

    /// <summary>The procedure's own sentence in the reader's language, or the engine's.</summary>
    public string Explanation => Known!.Says?.TryGetValue(Texts.Language, out var own) is true ? own
        : CaseWords.OfState(Texts, Known.State, Known.Until, Known.TimeZone);

    public async Task<IActionResult> OnGetAsync()
    {
        Known = IsCode ? await Cases.ViewAsync(Town.Authority, Code) : null;
        return Known is null && await FormAsync() is null ? Gone() : Page();
    }
}
