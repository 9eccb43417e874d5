using System.Text.Json.Nodes;

namespace Aufruf.Tests.Flows;

/// <summary>Offices as their configuration files would describe them.</summary>
internal static class TestOffice
{
    /// <summary>One area "halle", one service "pass", kiosk "foyer", and per counter 1..n a button box "knopf-n".</summary>
    public static string WithCounters(int count, string authority = "probe") => new JsonObject
    {
        ["authority"] = new JsonObject { ["id"] = authority, ["name"] = Text("Probestadt") },
        ["id"] = "amt",
        ["name"] = Text("Probeamt"),
        ["address"] = "Markt 1, 12345 Probestadt",
        ["timeZone"] = "Europe/Berlin",
        ["languages"] = new JsonArray("de", "en"),
        ["areas"] = new JsonArray(new JsonObject
        {
            ["id"] = "halle",
            ["name"] = Text("Halle"),
            ["services"] = new JsonArray(new JsonObject { ["id"] = "pass", ["letter"] = "A", ["name"] = Text("Pass"), ["usualMinutes"] = 5 }),
            ["counters"] = new JsonArray([.. Enumerable.Range(1, count).Select(n => new JsonObject { ["id"] = $"{n}", ["label"] = $"{n}", ["services"] = new JsonArray("pass") })]),
        }),
        ["kiosks"] = new JsonArray(new JsonObject { ["id"] = "foyer", ["areas"] = new JsonArray("halle") }),
        ["devices"] = new JsonArray([.. Enumerable.Range(1, count).Select(n => new JsonObject { ["id"] = $"knopf-{n}", ["kind"] = "button-box", ["counter"] = $"{n}" })]),
    }.ToJsonString(new() { WriteIndented = true });

    private static JsonObject Text(string german) => new() { ["de"] = german };
}
