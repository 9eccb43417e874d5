using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Citizens;
using Aufruf.Portal.Citizens.Applying;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Aufruf.Portal.Staff.Cases.Counter;

/// <summary>A page of an application that a clerk fills in.</summary>
/// <remarks>Another authority, and a draft of a citizen, are answered like those that do not exist.</remarks>
[Needs(Permission.Cases, AuthenticationSchemes = StaffAccess.Scheme)]
public abstract class CounterPage(ICounterCases cases) : StaffPage, IFormReader
{
    private const int Group = 4;

    [FromRoute(Name = "authority")] public string Authority { get; set; } = "";

    [FromRoute(Name = "code")] public string Code { get; set; } = "";

    /// <summary>Null: there is no such draft, or it is sent.</summary>
    public FormView? Form { get; protected set; }

    public bool Unavailable { get; private set; }

    public IList<(string Field, string Text)> Errors { get; } = [];

    protected ICounterCases Cases => cases;

    public string Lang => $"lang={Texts.Language}";

    public string New => $"/staff/{Authority}/cases/new";

    /// <summary>Where it was begun: at the case whose answer is entered, or at the page for new ones.</summary>
    public string Start => $"{(Form?.Amends is { } number ? CaseOf(number) : New)}?{Lang}";

    public bool IsAnswer => Form?.Amends is not null;

    /// <summary>The address of the application, or of a page below it.</summary>
    public string Here(string below) => $"{New}/{Uri.EscapeDataString(Code)}{below}";

    public string Step(FormPageView page) => Here($"/form/{Uri.EscapeDataString(page.Id)}");

    /// <summary>In groups that can be copied by hand.</summary>
    public string ShownCode => string.Join(' ', Code.Chunk(Group).Select(group => new string(group)));

    public Spoken Say(Domain.Offices.Texts texts) => texts.TryGetValue(Texts.Language, out var own) ? new(own, null)
        : texts.TryGetValue("de", out var german) ? new(german, "de") : new("", null);

    public string ChannelOf(string channel) => Texts.Find($"counter.channel.{channel}") ?? channel;

    protected async Task<IActionResult> InAuthorityAsync(Func<Task<IActionResult>> act)
    {
        if (!May(Domain.Identity.Permission.Cases, Authority))
        {
            return NotFound();
        }

        try
        {
            return await act();
        }
        catch (Exception error) when (error is JournalUnavailableException or UnreadableStreamException)
        {
            (Unavailable, Response.StatusCode) = (true, StatusCodes.Status503ServiceUnavailable);
            return Page();
        }
    }

    /// <summary>To the draft, or to the case that has become of it.</summary>
    protected Task<IActionResult> InDraftAsync(Func<FormView, Task<IActionResult>> act) => InAuthorityAsync(async () =>
        (Form = await cases.FormAsync(Authority, Code)) is { } form ? await act(form) : await SentOrGoneAsync());

    protected async Task<IActionResult> SentOrGoneAsync() =>
        await cases.AnsweredAsync(Authority, Code) is { } number ? LocalRedirect($"{CaseOf(number)}?{Lang}")
        : await cases.SentAsync(Authority, Code) is not null ? LocalRedirect($"{Here("/sent")}?{Lang}")
        : await cases.DiscardedAsync(Authority, Code) is not null ? LocalRedirect($"{Here("/check")}?{Lang}") : Gone();

    private string CaseOf(string number) => $"/staff/{Authority}/cases/{Uri.EscapeDataString(number)}";

    /// <summary>The page that says that there is no such draft.</summary>
    protected PageResult Gone() => Again(PageField.Main, Refusal.ApplicationGone);

    protected PageResult Again(string field, string text, int status = StatusCodes.Status400BadRequest)
    {
        Errors.Add((field, text));
        Response.StatusCode = status;
        return Page();
    }

    protected PageResult Again(string field, Refusal refusal) =>
        Again(field, refusal.Texts.In(Texts.Language), refusal.Kind is RefusalKind.NotFound ? 404 : 409);
}
