using System.Globalization;
using System.Text.Json.Nodes;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Administration;

/// <summary>The form of one place of an office's draft. Every button saves first, so nothing that was entered is lost.</summary>
public sealed class NodePage(IOfficeAdministration administration) : AdminPage(administration)
{
    /// <summary>"areas/0/services/2"; empty: the whole office.</summary>
    [FromQuery(Name = "at")] public string? Path { get; set; }

    /// <summary>Null: the draft's text is no JSON. Its sender can mend it by the API, or discard it.</summary>
    public ConfigPlace? Place { get; private set; }

    public ConfigForm? Form { get; private set; }

    /// <summary>The draft as this form knows it; 0: there is none.</summary>
    public int Seen => Desk?.Draft?.Revision ?? 0;

    /// <summary>The input, beside the text that somebody else saved meanwhile.</summary>
    public IReadOnlyList<OfficeDifference> Mine { get; private set; } = [];

    public bool IsSaved => Request.Query["saved"].Count > 0;

    public string Address(string at) => $"{Here}/edit?lang={Texts.Language}&at={at}";

    /// <summary>The field of a fault, on this page or on the one where it stands.</summary>
    public string AddressOf(FaultSentence fault) => PageOf(fault.Place) is var page
        && fault.Place[Math.Min(page.Length, fault.Place.Length)..].TrimStart('/') is { Length: > 0 } field
            ? $"{Address(page)}#f-{field.Replace('/', '-')}" : Address(page);

    /// <summary>The page on which a field stands: "areas/0/counters/1" for "areas/0/counters/1/label".</summary>
    public static string PageOf(string place)
    {
        var steps = place.Split('/');
        var last = Array.FindLastIndex(steps, step => int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out _));
        return last < 0 ? steps[0] == "hours" ? "hours" : "" : string.Join('/', steps[..(last + 1)]);
    }

    public Task<IActionResult> OnGetAsync() => InOfficeAsync(desk => Task.FromResult<IActionResult>(
        Find(desk, null) ? Show(Request.Query["new"].Count > 0)
        : OfficeDraftText.Read(desk.Current) is null ? Page() : NotFound()));

    public Task<IActionResult> OnPostAsync(
        [FromForm] int seen, [FromForm] int edition, [FromForm] string? item, [FromForm(Name = "do")] string? act) =>
        InOfficeAsync(async desk =>
        {
            if (!Find(desk, item))
            {
                Refuse(Refusal.DraftChanged);
                return Page();
            }

            var before = Place!.Root.DeepClone();
            new ConfigInput(Request.Form).Into(Place, IdIsFixed);
            // Without a draft the form shows the edition in force: another one may have come meanwhile.
            if (seen != Seen || (seen == 0 && edition != desk.Edition))
            {
                return Conflict(desk, before);
            }

            var to = ConfigRows.Change(Place, act);
            if (!JsonNode.DeepEquals(before, Place.Root))
            {
                var answer = await Administration.SaveAsync(OfficeKey, ConfigPlace.Write(Place.Root), desk.Draft?.BasedOn ?? desk.Edition,
                    seen, Who);
                if (answer.Refusal is { } refusal)
                {
                    return refusal.Code == Refusal.DraftChanged.Code && Administration.Find(OfficeKey) is { } now
                        ? Conflict(now, OfficeDraftText.Read(now.Current)) : Say(refusal);
                }
            }

            return LocalRedirect(Address(to ?? Place.At) + (to is null ? "&saved=1" : "&new=1"));
        });

    private bool IdIsFixed => Place is { Item: { } id } place && Desk?.Text is { } text && OfficeDraftText.Read(text) is { } inForce
        && (place.At.Length == 0 || Ids(inForce, place.At).Contains(id));

    /// <summary>The ids in the same list of the office in force. Areas may have moved: all lists of that name count.</summary>
    private static IEnumerable<string> Ids(JsonObject inForce, string at)
    {
        var steps = at.Split('/');
        var lists = steps is ["areas", _, var inner, _] ? (inForce["areas"] as JsonArray ?? []).Select(area => area?[inner])
            : [inForce[steps[0]]];
        return lists.OfType<JsonArray>().SelectMany(list => list).Select(row => ConfigPlace.Text(row?["id"])).OfType<string>();
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Say(Refusal refusal)
    {
        Refuse(refusal);
        return Show(isNew: false);
    }

    /// <summary>Somebody else was faster. The form keeps the input, and the same button now saves it over theirs.</summary>
    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Conflict(OfficeDesk now, JsonNode? theirs)
    {
        Refuse(Refusal.DraftChanged);
        var root = (theirs as JsonObject ?? []).DeepClone().AsObject();
        if (ConfigPlace.Find(root, Schema, Place!.At) is { } place)
        {
            Place = place;
            new ConfigInput(Request.Form).Into(place, IdIsFixed);
            Mine = Administration.Between(ConfigPlace.Write((theirs as JsonObject)!), ConfigPlace.Write(root));
        }

        return Show(isNew: false);
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Show(bool isNew)
    {
        if (Place is { } place && Desk is { } desk)
        {
            var faults = isNew ? [] : Administration.FaultsOf(ConfigPlace.Write(place.Root));
            Form = new(place, Words, new(place, desk.Others, Texts.Language), faults, IdIsFixed);
        }

        return Page();
    }

    /// <param name="item">The id of the row that the form shows. Others may have moved it.</param>
    private bool Find(OfficeDesk desk, string? item)
    {
        if (OfficeDraftText.Read(desk.Current) is not { } root)
        {
            return false;
        }

        Place = ConfigPlace.Find(root, Schema, Path ?? "");
        if (item is { Length: > 0 } && Place?.Item != item)
        {
            var list = (Path ?? "").LastIndexOf('/') is > 0 and var cut ? Path![..cut] : "";
            Place = Enumerable.Range(0, 100).Select(i => ConfigPlace.Find(root, Schema, string.Create(CultureInfo.InvariantCulture,
                $"{list}/{i}"))).FirstOrDefault(place => place?.Item == item);
        }

        return Place is not null;
    }
}
