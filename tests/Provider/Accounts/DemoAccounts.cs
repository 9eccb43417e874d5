using System.Net;
using System.Text.Json.Nodes;
using OpenIddict.Abstractions;

namespace Aufruf.Provider.Accounts;

/// <summary>The demo's sign-in of citizens: residents who exist nowhere, one for each level of trust. It asks for no password.</summary>
/// <param name="residents">The file of the demo's register. Its first three sign in here.</param>
internal class DemoAccounts(int port, string residents, string secret, params string[] clients) : OpenIdService(port, secret, clients)
{
    /// <summary>The parameter that names the chosen resident; empty: none.</summary>
    public const string Choice = "resident";

    private static readonly (string Word, string German, string English)[] Levels =
    [
        ("STORK-QAA-Level-1", "niedrig, wie mit einem Passwort", "low, as with a password"),
        ("STORK-QAA-Level-3", "substanziell, wie mit einem Zertifikat", "substantial, as with a certificate"),
        ("STORK-QAA-Level-4", "hoch, wie mit dem Online-Ausweis", "high, as with the online identity card"),
    ];

    private readonly OrderedDictionary<string, JsonObject> _people = new(
        JsonNode.Parse(File.ReadAllText(residents))!["residents"]!.AsArray().Zip(Levels)
            .Select((one, index) => KeyValuePair.Create(SubjectOf(index), ClaimsOf(one.First!, one.Second.Word))));

    /// <summary>The subject of a resident, by the place in the file.</summary>
    public static string SubjectOf(int index) => $"demo-{index + 1}";

    protected override async Task<string?> ChooseAsync(OpenIddictRequest asked, HttpContext http)
    {
        if ((string?)asked[Choice] is { } chosen)
        {
            return _people.ContainsKey(chosen) ? chosen : "";
        }

        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsync(Page(asked));
        return null;
    }

    protected override JsonObject ClaimsOf(string subject) => _people[subject];

    private static JsonObject ClaimsOf(JsonNode resident, string level) => new()
    {
        ["acr"] = level,
        ["given_name"] = (string?)resident["given"],
        ["family_name"] = (string?)resident["family"],
        ["birthdate"] = (string?)resident["born"],
        ["address"] = new JsonObject
        {
            ["street_address"] = $"{resident["street"]} {resident["number"]}",
            ["postal_code"] = (string?)resident["postcode"],
            ["locality"] = (string?)resident["town"],
        },
    };

    private string Page(OpenIddictRequest asked) => DemoPage.Of("Demo-Anmeldung: Hier weist sich niemand aus", $"""
        <p>Diese Personen gibt es nicht. Wählen Sie eine. Ein Passwort ist nicht nötig.</p>
        <p lang="en">A sign-in of the demo. These people do not exist. Choose one; no password is needed.</p>
        <form method="get" action="/authorize">
        {string.Concat(asked.GetParameters().Select(part =>
            $"<input type=\"hidden\" name=\"{Plain(part.Key)}\" value=\"{Plain((string?)part.Value)}\">"))}
        {string.Concat(_people.Zip(Levels, (one, level) => $"""
            <p><button name="{Choice}" value="{one.Key}">{Plain($"{one.Value["given_name"]} {one.Value["family_name"]}")}</button>
            <br>Vertrauensniveau: {level.German} <span lang="en">({level.English})</span>{Enough(asked, level.Word)}</p>
            """))}
        <p><button name="{Choice}" value="">Abbrechen <span lang="en">(cancel)</span></button></p>
        </form>
        """);

    /// <summary>The page that asked may need a higher level.</summary>
    private static string Enough(OpenIddictRequest asked, string level) => asked.GetAcrValues() is { IsEmpty: false } good
        && !good.Contains(level)
            ? """<br>Das reicht für diesen Antrag nicht. <span lang="en">(Not enough for this application.)</span>""" : "";

    private static string Plain(string? text) => WebUtility.HtmlEncode(text ?? "");
}
