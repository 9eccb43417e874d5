using Aufruf.Contracts;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens.Applying;

/// <summary>A text of the citizen to the office. It stays in its field until it has arrived.</summary>
public abstract class WritePage(ContentFolder content, ICitizenCases cases, CitizenText letter) : CasePage(content, cases)
{
    /// <summary>Null: there is no such case.</summary>
    public CaseView? Known { get; private set; }

    [BindProperty] public string? Text { get; set; }

    public string Name => letter.ToString().ToLowerInvariant();

    public string Here => Request.Path + QueryOfLanguage;

    private string QueryOfLanguage => ChosenLanguage is null ? "" : $"?lang={ChosenLanguage}";

    private bool IsPossible => letter switch
    {
        CitizenText.Comment => Known!.MayComment,
        CitizenText.Objection => Known!.MayObject,
        _ => Known!.MayWrite,
    };

    public async Task<IActionResult> OnGetAsync() => !await FindAsync() ? Gone() : IsPossible ? Page() : LocalRedirect(Mine());

    public async Task<IActionResult> OnPostAsync([FromForm] string? form)
    {
        if (!await FindAsync())
        {
            return Gone();
        }

        var answer = await Cases.WriteAsync(Town.Authority, Code, letter, Text ?? "", FormId.RequestOf(form, Name, Text, Code));
        Known = answer.View;
        return answer.Refusal is { } refusal ? Again("Text", refusal) : LocalRedirect(Mine());
    }

    private async Task<bool> FindAsync() => (Known = IsCode ? await Cases.ViewAsync(Town.Authority, Code) : null) is not null;
}

/// <summary>A message while the case lives.</summary>
public sealed class MessagePage(ContentFolder content, ICitizenCases cases) : WritePage(content, cases, CitizenText.Message);

/// <summary>A comment before a decision against the application. It ends the hearing.</summary>
public sealed class CommentPage(ContentFolder content, ICitizenCases cases) : WritePage(content, cases, CitizenText.Comment);

/// <summary>An objection within its time.</summary>
public sealed class ObjectPage(ContentFolder content, ICitizenCases cases) : WritePage(content, cases, CitizenText.Objection);
