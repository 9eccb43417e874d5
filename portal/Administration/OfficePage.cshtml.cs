using System.Text.Json.Nodes;
using Aufruf.Contracts;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Administration;

/// <summary>An office as it is in force, and the draft beside it: what it changes, what is wrong, what it would hit.</summary>
public sealed class OfficePage(IOfficeAdministration administration) : AdminPage(administration)
{
    /// <summary>Null: there is no draft.</summary>
    public DraftCheck? Check { get; private set; }

    public JsonObject? Root => OfficeDraftText.Read(Desk?.Current ?? "");

    /// <summary>The ids of the boards in the forms, each with a preview.</summary>
    public IEnumerable<string> Boards => Rows(Root?["areas"]).SelectMany(area => Rows((area as JsonObject)?["boards"]))
        .Select(board => ConfigPlace.Text((board as JsonObject)?["id"])).OfType<string>().Where(id => id.All(c => c is '-'
            || char.IsAsciiLetterOrDigit(c)));

    private static JsonArray Rows(JsonNode? list) => list as JsonArray ?? [];

    public Task<IActionResult> OnGetAsync() => InOfficeAsync(_ => ShowAsync());

    [HandlerNeeds(Domain.Identity.Permission.Configure)]
    public Task<IActionResult> OnPostPublishAsync([FromForm] int seen) =>
        DoAsync(() => Administration.PublishAsync(OfficeKey, seen, Who), "published");

    [HandlerNeeds(Domain.Identity.Permission.Configure)]
    public Task<IActionResult> OnPostDiscardAsync([FromForm] int seen) =>
        DoAsync(() => Administration.DiscardAsync(OfficeKey, seen, Who), "discarded");

    /// <summary>Another edition came into force meanwhile, and the administrator keeps the draft all the same.</summary>
    [HandlerNeeds(Domain.Identity.Permission.Configure)]
    public Task<IActionResult> OnPostKeepAsync([FromForm] int seen, [FromForm] int edition) => DoAsync(
        () => Administration.SaveAsync(OfficeKey, Desk?.Draft?.Text ?? "", edition, seen, Who), "kept");

    /// <summary>The deed of the page before; null: none.</summary>
    public string? Done => Texts.Find($"admin.done.{Request.Query["done"]}") is null ? null : Request.Query["done"].ToString();

    private Task<IActionResult> DoAsync(Func<Task<DraftAnswer>> act, string done) => InOfficeAsync(async _ =>
    {
        var answer = await act();
        if (answer.Refusal is not { } refusal)
        {
            return LocalRedirect(answer.Desk is null ? $"/staff?lang={Texts.Language}" : $"{Here}?lang={Texts.Language}&done={done}");
        }

        Refuse(refusal, answer.Objection);
        return await ShowAsync();
    });

    private async Task<IActionResult> ShowAsync()
    {
        Check = Desk?.Draft is { } draft ? await Administration.CheckAsync(OfficeKey, draft.Text) : null;
        return Page();
    }
}
