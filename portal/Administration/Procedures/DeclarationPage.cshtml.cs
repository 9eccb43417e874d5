using System.Text;
using Aufruf.Contracts;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Administration.Procedures;

/// <summary>One procedure: the text of its next version, what is wrong in it, and the buttons that put it into force.</summary>
[RequestSizeLimit(LargestForm)]
public sealed class DeclarationPage(IProcedureAdministration administration) : ProcedurePage(administration)
{
    /// <summary>An empty field more, so that one table more can be entered without a script.</summary>
    private const int MostFiles = 20;

    /// <summary>"new" is none: the id of a new procedure stands in its text.</summary>
    [FromRoute(Name = "procedure")] public string Id { get; set; } = "";

    /// <summary>Null: it is new.</summary>
    public ProcedureDesk? Desk { get; private set; }

    /// <summary>In the form.</summary>
    public ProcedureText Text { get; private set; } = new("", []);

    /// <summary>Null: nothing is entered or saved.</summary>
    public ProcedureCheck? Check { get; private set; }

    public bool IsNew => Id == "new";

    public string Here => $"{All}/{Id}";

    public int Seen => Desk?.Revision ?? 0;

    public IEnumerable<string> Files => Text.Library.Append("").Take(MostFiles);

    public string NameOf(string file, int n) => Library.NameOf(file) ?? Texts.Say("procedure.file", ("n", n));

    /// <summary>Where a fault stands: the declaration, or one of its files.</summary>
    public string PlaceOf(string file, Fault fault) => string.Join(", ", new[]
    {
        file.Length == 0 ? Texts["procedure.json"] : Texts.Say("procedure.file", ("n", file)),
        fault.Line == 0 ? null : Texts.Say("procedure.line", ("n", fault.Line)), fault.Path.Length == 0 ? null : fault.Path,
    }.OfType<string>());

    public Task<IActionResult> OnGetAsync() => InAuthorityAsync(() => Task.FromResult(Load() ? Show() : Gone()));

    [HandlerNeeds(Domain.Identity.Permission.Configure)]
    public Task<IActionResult> OnPostAsync([FromForm] string? json, [FromForm] string?[]? files, IFormFile? upload, IFormFile? part,
        [FromForm(Name = "do")] string? act, [FromForm] int seen) => InAuthorityAsync(async () =>
        {
            if (!Load())
            {
                return Gone();
            }

            var parts = (files ?? []).Append(await ReadAsync(part)).Select(Lines).Where(file => file.Trim().Length > 0).Take(MostFiles);
            Text = new(Lines(await ReadAsync(upload) is { Length: > 0 } sent ? sent : json ?? ""), [.. parts]);
            return act == "check" ? Show()
                : await DoAsync(Administration.SaveAsync(Authority, IsNew ? null : Id, Text, seen, SignedInAs),
                    answer => $"{All}/{answer.Id}", "saved", Show);
        });

    [HandlerNeeds(Domain.Identity.Permission.Configure)]
    public Task<IActionResult> OnPostPublishAsync([FromForm] int seen) =>
        ChangeAsync(() => Administration.PublishAsync(Authority, Id, seen, SignedInAs), "published");

    [HandlerNeeds(Domain.Identity.Permission.Configure)]
    public Task<IActionResult> OnPostDiscardAsync([FromForm] int seen) =>
        ChangeAsync(() => Administration.DiscardAsync(Authority, Id, seen, SignedInAs), "discarded");

    [HandlerNeeds(Domain.Identity.Permission.Configure)]
    public Task<IActionResult> OnPostWithdrawAsync() =>
        ChangeAsync(() => Administration.WithdrawAsync(Authority, Id, SignedInAs), "withdrawn");

    [HandlerNeeds(Domain.Identity.Permission.Configure)]
    public Task<IActionResult> OnPostOfferAsync() =>
        ChangeAsync(() => Administration.OfferAgainAsync(Authority, Id, SignedInAs), "offered");

    private Task<IActionResult> ChangeAsync(Func<Task<ProcedureAnswer>> change, string done) => InAuthorityAsync(async () =>
        IsNew || !Load() ? Gone() : await DoAsync(change(), _ => done == "discarded" ? All : Here, done, () =>
        {
            Load();
            return Show();
        }));

    private bool Load()
    {
        Desk = IsNew ? null : Administration.Find(Authority, Id);
        Text = Desk?.Text ?? new("", []);
        return IsNew || Desk is not null;
    }

    private IActionResult Show()
    {
        Check = Text.Json.Length == 0 ? null : Administration.Check(Authority, IsNew ? IdOf(Text.Json) : Id, Text);
        return Page();
    }

    private static string IdOf(string json) => OfficeDraftText.Read(json)?["procedure"] is System.Text.Json.Nodes.JsonValue name
        && name.TryGetValue<string>(out var id) ? id : "";

    private static string Lines(string? text) => (text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal);

    private static async Task<string> ReadAsync(IFormFile? file)
    {
        if (file is null)
        {
            return "";
        }

        using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
