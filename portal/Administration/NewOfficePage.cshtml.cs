using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aufruf.Contracts;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Staff;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Administration;

/// <summary>Guides a new town from nothing to an office that gives numbers. Without any office the hub's console has the key.</summary>
/// <remarks>It stays public: before the first office there is no account. Later it asks for a session that may configure.</remarks>
[Needs(Domain.Identity.Permission.Public, AuthenticationSchemes = StaffAccess.Scheme)]
public sealed partial class NewOfficePage(IOfficeAdministration administration, SignInAttempts attempts, IStaffSignIn signIn) : StaffPage
{
    public const int Services = 3;

    private const int MostCounters = 20;

    private static readonly string[] Letters = ["A", "C", "F"];

    [BindProperty] public string? Key { get; set; }
    [BindProperty] public string? Town { get; set; }
    [BindProperty] public string? TownId { get; set; }
    [BindProperty] public string? Office { get; set; }
    [BindProperty] public string? OfficeId { get; set; }
    [BindProperty] public string? Address { get; set; }
    [BindProperty] public string? Area { get; set; }
    [BindProperty] public List<string?> Service { get; set; } = [];
    [BindProperty] public string? Counters { get; set; } = "2";

    /// <summary>The sentence of each wrong field, by its name.</summary>
    public Dictionary<string, string> Wrong { get; } = [];

    /// <summary>The addresses of a new office; null: none was made yet.</summary>
    public IReadOnlyList<FirstAddress>? Made { get; private set; }

    public string MadeKey => $"{TownId}.{OfficeId}";

    public bool NeedsKey => administration.HasNoOffice;

    /// <summary>A second office is of the town whose administrator makes it.</summary>
    public string? OwnTown => NeedsKey ? null : User.Principal().Authority;

    /// <summary>A person needs the right in the whole authority.</summary>
    private bool MayMake =>
        NeedsKey || (OwnTown is { } town && May(Domain.Identity.Permission.Configure, Pass?.Office ?? town));

    public IActionResult OnGet() => MayMake ? Page() : LocalRedirect($"/staff/sign-in?lang={Texts.Language}&to=/staff/new-office");

    public async Task<IActionResult> OnPostAsync()
    {
        if (!MayMake)
        {
            return NotFound();
        }

        TownId = OwnTown ?? TownId;
        if (NeedsKey && !administration.IsSetupKey(Key))
        {
            Wrong[nameof(Key)] = Texts[attempts.CountWrong(HttpContext) ? "new.key.wrong" : "signin.toooften"];
        }

        CheckFields();
        if (Wrong.Count == 0 && administration.Find(MadeKey) is not null)
        {
            Wrong[nameof(OfficeId)] = Texts["new.taken"];
        }

        return Wrong.Count == 0 ? await MakeAsync() : Refuse();
    }

    private async Task<IActionResult> MakeAsync()
    {
        var (who, text) = (SignedInAs is { Length: > 0 } name ? name : "setup", ConfigPlace.Write(Draft()));
        var check = await administration.CheckAsync(MadeKey, text);
        if (!check.MayBePublished)
        {
            Wrong[nameof(Office)] = string.Join(' ', check.Errors.Select(error => $"{error.Path}: {error.In(Texts.Language)}"));
            return Refuse();
        }

        if ((await administration.SaveAsync(MadeKey, text, 0, 0, who)).Desk?.Draft is not { } draft)
        {
            Wrong[nameof(OfficeId)] = Texts["new.taken"];
            return Refuse();
        }

        var made = await administration.IssueFirstAsync(MadeKey, text); // Before the hub does it, which prints them to its console.
        if ((await administration.PublishAsync(MadeKey, draft.Revision, who)).Refusal is { } refusal)
        {
            Wrong[nameof(Office)] = refusal.Texts.In(Texts.Language);
            return Refuse();
        }

        Made = made;
        if (who == "setup" && made.FirstOrDefault(one => one.Kind == "staff") is { } staff
            && await signIn.EnterAsync(staff.Path) is { } pass)
        {
            await HttpContext.EnterAsync(pass);
        }

        return Page();
    }

    private void CheckFields()
    {
        foreach (var (name, value) in (IEnumerable<(string, string?)>)[(nameof(Town), Town), (nameof(Office), Office),
            (nameof(Address), Address), (nameof(Area), Area), ("Service-0", Service.FirstOrDefault())])
        {
            if (string.IsNullOrWhiteSpace(value) && !(name == nameof(Town) && OwnTown is not null))
            {
                Wrong[name] = Texts["new.empty"];
            }
        }

        foreach (var (name, value) in (IEnumerable<(string, string?)>)[(nameof(TownId), TownId), (nameof(OfficeId), OfficeId)])
        {
            if (!Id().IsMatch(value ?? ""))
            {
                Wrong[name] = Texts["new.id.wrong"];
            }
        }

        if (!int.TryParse(Counters, NumberStyles.None, CultureInfo.InvariantCulture, out var counters) || counters is < 1 or > MostCounters)
        {
            Wrong[nameof(Counters)] = Texts["new.counters.wrong"];
        }
    }

    /// <summary>An area, its services, counters that serve them all, a board and a kiosk.</summary>
    private JsonObject Draft()
    {
        var services = Service.Take(Services).Where(name => !string.IsNullOrWhiteSpace(name)).Select((name, i) => (Id: $"anliegen-{i + 1}",
            Name: name!, Letter: Letters[i])).ToList();
        return new JsonObject
        {
            ["authority"] = new JsonObject { ["id"] = TownId, ["name"] = In(Town ?? TownId!) },
            ["id"] = OfficeId,
            ["name"] = In(Office!),
            ["address"] = Address!.Trim(),
            ["timeZone"] = "Europe/Berlin",
            ["languages"] = new JsonArray("de", "en"),
            ["areas"] = new JsonArray(new JsonObject
            {
                ["id"] = "halle",
                ["name"] = In(Area!),
                ["services"] = new JsonArray([.. services.Select(service => (JsonNode)new JsonObject
                {
                    ["id"] = service.Id,
                    ["letter"] = service.Letter,
                    ["name"] = In(service.Name),
                    ["usualMinutes"] = 10,
                })]),
                ["counters"] = new JsonArray([.. Enumerable.Range(1, int.Parse(Counters!, CultureInfo.InvariantCulture))
                    .Select(n => n.ToString(CultureInfo.InvariantCulture)).Select(n => (JsonNode)new JsonObject
                    {
                        ["id"] = n,
                        ["label"] = n,
                        ["services"] = new JsonArray([.. services.Select(service => (JsonNode)service.Id)]),
                    })]),
                ["boards"] = new JsonArray(new JsonObject { ["id"] = "anzeige" }),
            }),
            ["kiosks"] = new JsonArray(new JsonObject { ["id"] = "kiosk", ["areas"] = new JsonArray("halle") }),
        };
    }

    private static JsonObject In(string german) => new() { ["de"] = german.Trim() };

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Refuse()
    {
        Response.StatusCode = 400;
        return Page();
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$")]
    private static partial Regex Id();
}
