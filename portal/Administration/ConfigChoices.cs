using System.Globalization;
using System.Text.Json.Nodes;

namespace Aufruf.Portal.Administration;

/// <summary>The ids that a field may name: services, counters, areas, printers.</summary>
public sealed class ConfigChoices(ConfigPlace place, IReadOnlyList<string> otherOffices, string language)
{
    /// <param name="owner">The part that the field is in: "counter".</param>
    public IReadOnlyList<(string Id, string Label)> Of(string owner, string field) => (owner, field) switch
    {
        ("counter", "services") or ("profile", "groups") or ("also", "service") => Named(place.Area?["services"]),
        ("bookable", "service") or ("device", "buttons") or ("further", "services") => Named(Everywhere("services")),
        ("kiosk" or "board", "areas") or ("further", "area") => Named(place.Root["areas"]),
        ("kiosk", "printer") => Named(Rows(place.Root["devices"]).Where(device => ConfigPlace.Text(device["kind"]) == "ticket-printer")),
        ("device", "counter") or ("board", "arrows") => Named(Everywhere("counters")),
        ("calendar", "alsoAt") => [.. otherOffices.Select(office => (office, office))],
        _ => [],
    };

    /// <summary>The keys of a map: counters of the office, or the buttons of a printer.</summary>
    public IReadOnlyList<(string Key, string Label)> KeysOf(string owner, string field) => (owner, field) switch
    {
        ("device", "buttons") => [.. Enumerable.Range(1, 8).Select(n => n.ToString(CultureInfo.InvariantCulture)).Select(n => (n, n))],
        _ => Of(owner, field),
    };

    /// <summary>The languages that the office's screens speak, first.</summary>
    public IReadOnlyList<string> Languages => place.Root["languages"] is JsonArray list && list.Select(ConfigPlace.Text).OfType<string>()
        .Distinct().ToList() is { Count: > 0 } spoken ? spoken : ["de", "en"];

    public static string? NameIn(JsonNode? texts, string language) => texts is JsonObject map
        ? ConfigPlace.Text(map[language]) ?? map.Select(text => ConfigPlace.Text(text.Value)).FirstOrDefault(text => text is not null)
        : null;

    private IEnumerable<JsonObject> Everywhere(string list) => Rows(place.Root["areas"]).SelectMany(area => Rows(area[list]));

    private static IEnumerable<JsonObject> Rows(JsonNode? list) => list is JsonArray rows ? rows.OfType<JsonObject>() : [];

    private IReadOnlyList<(string Id, string Label)> Named(JsonNode? list) => Named(Rows(list));

    private IReadOnlyList<(string Id, string Label)> Named(IEnumerable<JsonObject> rows) =>
    [
        .. from row in rows
           let id = ConfigPlace.Text(row["id"])
           where id is not null
           let name = NameIn(row["name"], language) ?? ConfigPlace.Text(row["label"])
           select (id, name is null || name == id ? id : $"{name} ({id})"),
    ];
}
