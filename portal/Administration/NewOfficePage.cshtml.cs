using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aufruf.Contracts;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Staff;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Administration;

/// <summary>Guides an administrator of a whole town to an office that gives numbers.</summary>
[Needs(Domain.Identity.Permission.Configure, AuthenticationSchemes = StaffAccess.Scheme)]
public sealed partial class NewOfficePage(IOfficeAdministration administration, IStaffPeople people) : StaffPage
{
    public const int Services = 3;

    private const int MostCounters = 20;

    private static readonly string[] Letters = ["A", "C", "F"];

    [BindProperty] public string? Town { get; set; }
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

    public string TownId => Person?.Session.Authority ?? "";

    /// <summary>As its other offices have it; null: this is its first.</summary>
    public string? TownName => people.PlacesOf(TownId, "de").FirstOrDefault(place => place.Key == TownId)?.Name;

    /// <summary>A new office needs the right in the whole authority.</summary>
    public bool MayMake => May(Domain.Identity.Permission.Configure, TownId);

    public async Task<IActionResult> OnPostAsync()
    {
        if (!MayMake)
        {
            return Refuse();
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
        var text = ConfigPlace.Write(Draft());
        var check = await administration.CheckAsync(MadeKey, text);
        if (!check.MayBePublished)
        {
            Wrong[nameof(Office)] = string.Join(' ', check.Errors.Select(error => $"{error.Path}: {error.In(Texts.Language)}"));
            return Refuse();
        }

        // An office of this name may have been withdrawn: then this is its next edition.
        if ((await administration.SaveAsync(MadeKey, text, administration.EditionOf(MadeKey), 0, SignedInAs)).Desk?.Draft is not { } draft)
        {
            Wrong[nameof(OfficeId)] = Texts["new.taken"];
            return Refuse();
        }

        if ((await administration.PublishAsync(MadeKey, draft.Revision, SignedInAs)).Refusal is { } refusal)
        {
            Wrong[nameof(Office)] = refusal.Texts.In(Texts.Language);
            return Refuse();
        }

        Made = await administration.IssueScreensAsync(MadeKey); // Only of an office that there is.
        return Page();
    }

    private void CheckFields()
    {
        foreach (var (name, value) in (IEnumerable<(string, string?)>)[(nameof(Town), Town), (nameof(Office), Office),
            (nameof(Address), Address), (nameof(Area), Area), ("Service-0", Service.FirstOrDefault())])
        {
            if (string.IsNullOrWhiteSpace(value) && !(name == nameof(Town) && TownName is not null))
            {
                Wrong[name] = Texts["new.empty"];
            }
        }

        if (!Id().IsMatch(OfficeId ?? ""))
        {
            Wrong[nameof(OfficeId)] = Texts["new.id.wrong"];
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
            ["authority"] = new JsonObject { ["id"] = TownId, ["name"] = In(TownName ?? Town!) },
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
