using System.Text;
using Aufruf.Hub.Offices;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Hub;

public class OfficeFileTests
{
    internal const string Small = """
        {
          "authority": { "id": "town", "name": { "de": "Stadt" } },
          "id": "rathaus",
          "name": { "de": "Bürgeramt" },
          "address": "Markt 1",
          "timeZone": "Europe/Berlin",
          "languages": ["de"],
          "areas": [
            {
              "id": "hall",
              "name": { "de": "Halle" },
              "services": [
                { "id": "passport", "letter": "A", "name": { "de": "Ausweis" }, "usualMinutes": 10 },
                { "id": "residence", "letter": "C", "name": { "de": "Wohnsitz" }, "usualMinutes": 12 }
              ],
              "counters": [
                { "id": "1", "label": "1", "services": ["passport"] },
                { "id": "2", "label": "2", "services": ["residence"] }
              ],
              "boards": [{ "id": "big", "arrows": { "1": "left" } }]
            }
          ],
          "kiosks": [{ "id": "foyer", "areas": ["hall"], "printer": "printer-1" }],
          "devices": [
            { "id": "box-1", "kind": "button-box", "counter": "1" },
            { "id": "printer-1", "kind": "ticket-printer", "buttons": { "1": "passport" } }
          ]
        }
        """;

    [Fact]
    public void The_small_office_is_valid()
    {
        var (office, errors) = OfficeFile.Parse("small.json", Small);
        Assert.Empty(errors);
        Assert.Equal("town.rathaus", office?.Key);
    }

    [Fact]
    public void The_demo_office_is_valid() =>
        Assert.Empty(OfficeFile.Parse("demo", File.ReadAllText(Repository.PathOf("hub", "demo", "alsdorf.rathaus.json"))).Errors);

    private static string TwoFloors => File.ReadAllText(Repository.PathOf("hub", "demo", "two-floors", "alsdorf.rathaus.json"));

    [Fact]
    public void The_demo_office_with_two_floors_is_valid_and_one_profile_and_one_board_are_over_both()
    {
        var (office, errors) = OfficeFile.Parse("two-floors", TwoFloors);
        Assert.Empty(errors);
        Assert.Equal("obergeschoss", office!.Areas[0].Profile("beide")?.Further[0].Area);
        Assert.Equal(["obergeschoss", "erdgeschoss"], office.ShownOn(office.Areas[1].Boards[0], office.Areas[1]).Select(a => a.Id));
        Assert.True(office.SeesCalls("obergeschoss", "erdgeschoss"));
        Assert.False(office.SeesCalls("erdgeschoss", "obergeschoss"));
    }

    [Theory]
    [InlineData("\"areas\": [\"obergeschoss\", \"erdgeschoss\"],", "",
        "profiles[2].further[0].area: a board of 'obergeschoss' does not show the calls of 'erdgeschoss'")]
    [InlineData("\"letter\": \"K\"", "\"letter\": \"A\"",
        "profiles[2].further[0].area: 'obergeschoss' and 'erdgeschoss' give the same letters")]
    [InlineData("\"letter\": \"K\"", "\"letter\": \"A\"", "boards[0].areas[1]: 'erdgeschoss' and 'obergeschoss' both give the letter A")]
    [InlineData("\"services\": [\"fahrzeug\"] }]", "\"services\": [\"ausweis\"] }]",
        "profiles[2].further[0].services[0]: 'ausweis' is not a service of area 'obergeschoss'")]
    [InlineData("{ \"area\": \"obergeschoss\"", "{ \"area\": \"erdgeschoss\"",
        "profiles[2].further[0].area: 'erdgeschoss' is not another area of this office")]
    public void Calls_over_several_areas_are_checked(string right, string wrong, string expected)
    {
        Assert.Contains(right, TwoFloors, StringComparison.Ordinal);
        Assert.Contains(OfficeFile.Parse("two-floors", TwoFloors.Replace(right, wrong, StringComparison.Ordinal)).Errors,
            error => error.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void An_office_without_kiosks_devices_and_boards_is_an_office()
    {
        var (office, errors) = OfficeFile.Parse("f", Small[..Small.IndexOf("  \"kiosks\"", StringComparison.Ordinal)].TrimEnd().TrimEnd(',')
            + "}");
        Assert.Empty(errors);
        Assert.Empty(office!.Kiosks);
        Assert.Empty(office.Areas[0].Boards[0].Notes);
    }

    [Theory]
    [InlineData("\"id\": \"rathaus\",", "\"id\": \"rathaus\"", "line 4: not valid JSON")]
    [InlineData("\"id\": \"rathaus\",", "\"id\": \"rathaus\", \"id\": \"amt\",", "line 3: not valid JSON near 'id'")]
    [InlineData("\"address\": \"Markt 1\",", "", "line 1, address: 'address' is missing; expected")]
    [InlineData("\"usualMinutes\": 10 ", "\"minutes\": 10 ", "line 13, areas[0].services[0].usualMinutes: 'usualMinutes' is missing")]
    [InlineData("\"address\"", "\"adress\"", "'adress' is unknown here")]
    [InlineData("\"letter\": \"A\"", "\"letter\": \"O\"",
        "line 13, areas[0].services[0].letter: expected one capital letter that cannot be misread")]
    [InlineData("\"id\": \"rathaus\"", "\"id\": \"Rathaus Mitte\"", "line 3, id: expected a short id of at most 40 lower-case letters")]
    [InlineData("\"usualMinutes\": 10", "\"usualMinutes\": 0",
        "line 13, areas[0].services[0].usualMinutes: expected a whole number of minutes from 1 to 240")]
    [InlineData("\"usualMinutes\": 10", "\"usualMinutes\": \"ten\"", "line 13, areas[0].services[0].usualMinutes: expected a whole number")]
    [InlineData("\"usualMinutes\": 10", "\"usualMinutes\": 10.5", "line 13, areas[0].services[0].usualMinutes: expected a whole number")]
    [InlineData("\"usualMinutes\": 10", "\"usualMinutes\": 10.0", "line 13, areas[0].services[0].usualMinutes: expected a whole number")]
    [InlineData("[\"de\"]", "[\"fr\"]", "line 7, languages[0]: expected \"de\" or \"en\"")]
    [InlineData("[\"de\"]", "[]", "line 7, languages: expected a list of at least one")]
    [InlineData("\"left\"", "\"sideways\"", "line 20, areas[0].boards[0].arrows.1: expected one of left")]
    [InlineData("\"kind\": \"button-box\"", "\"kind\": \"lamp\"",
        "line 25, devices[0].kind: expected \"button-box\" or \"ticket-printer\"")]
    [InlineData("\"services\": [\"passport\"]", "\"services\": [\"dog\"]",
        "line 17, areas[0].counters[0].services[0]: 'dog' is not a service of area 'hall'; expected one of passport, residence")]
    [InlineData("\"areas\": [\"hall\"]", "\"areas\": [\"cellar\"]", "line 23, kiosks[0].areas[0]: 'cellar' is not an area of this office")]
    [InlineData("\"printer\": \"printer-1\"", "\"printer\": \"box-1\"", "line 23, kiosks[0].printer: 'box-1' is not a ticket printer")]
    [InlineData("\"arrows\": { \"1\"", "\"arrows\": { \"7\"", "line 20, areas[0].boards[0].arrows.7: '7' is not a counter")]
    [InlineData("\"counter\": \"1\" }", "\"counter\": \"9\" }", "line 25, devices[0]: button box 'box-1' needs the id of a counter")]
    [InlineData("\"kind\": \"button-box\", \"counter\": \"1\"", "\"kind\": \"button-box\"",
        "line 25, devices[0]: button box 'box-1' needs the id of a counter")]
    [InlineData("{ \"1\": \"passport\" } }", "{ \"1\": \"dog\" } }", "line 26, devices[1].buttons.1: 'dog' is not a service")]
    [InlineData("\"kind\": \"ticket-printer\",", "\"kind\": \"ticket-printer\", \"counter\": \"1\",",
        "line 26, devices[1].counter: ticket printer 'printer-1' stands at no counter")]
    [InlineData("\"big\",", "\"big\", \"areas\": [\"cellar\"],", "line 20, areas[0].boards[0].areas[0]: 'cellar' is not an area")]
    [InlineData("\"id\": \"2\", \"label\"", "\"id\": \"1\", \"label\"", "line 18, areas[0].counters[1].id: '1' is used twice")]
    [InlineData("\"id\": \"residence\"", "\"id\": \"passport\"", "line 14, areas[0].services[1].id: 'passport' is used twice")]
    [InlineData("\"id\": \"printer-1\"", "\"id\": \"box-1\"", "devices[1].id: 'box-1' is used twice")]
    [InlineData("Europe/Berlin", "Europe/Aachen", "line 6, timeZone: 'Europe/Aachen' is not a time zone")]
    public void A_wrong_file_is_told_with_file_line_path_and_what_was_expected(string right, string wrong, string expected)
    {
        Assert.Contains(right, Small, StringComparison.Ordinal);
        var at = Small.IndexOf(right, StringComparison.Ordinal);
        var (office, errors) = OfficeFile.Parse("small.json", Small[..at] + wrong + Small[(at + right.Length)..]);
        Assert.Null(office);
        Assert.All(errors, error => Assert.StartsWith("small.json", error, StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("42")]
    [InlineData("{")]
    public void What_is_no_office_at_all_is_told_too(string json)
    {
        var error = Assert.Single(OfficeFile.Parse("small.json", json).Errors);
        Assert.Matches("^small.json, line \\d+: not valid JSON.*expected an office: an object with authority", error);
    }

    [Theory]
    [InlineData("windows-1252", "line 4: is not UTF-8 (byte 0xFC)")]
    [InlineData("ibm850", "line 4: is not UTF-8 (byte 0x81)")]
    [InlineData("utf-16", "line 1: is UTF-16")]
    [InlineData("utf-16BE", "line 1: is UTF-16")]
    public void A_file_that_is_not_UTF_8_is_refused_with_the_line(string encoding, string expected)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var foreign = Encoding.GetEncoding(encoding);
        var (office, errors) = OfficeFile.Parse("f.json", [.. foreign.GetPreamble(), .. foreign.GetBytes(Small)]);
        Assert.Null(office);
        Assert.Contains($"f.json, {expected}", Assert.Single(errors), StringComparison.Ordinal);
        Assert.Contains("UTF-8", errors[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("B\uFFFDrgeramt", "has lost a letter")]
    [InlineData("B\u00C3\u00BCrgeramt", "in a wrong encoding")]
    [InlineData("Stra\u00C3\u0178e", "in a wrong encoding")]
    [InlineData("B\\ud83drger", "has lost a letter")]
    [InlineData("B\\u001b[31mrger", "control character")]
    public void A_text_that_has_lost_letters_on_its_way_is_refused_with_the_line(string name, string expected)
    {
        var text = Small.Replace("Bürgeramt", name, StringComparison.Ordinal);
        var (office, errors) = OfficeFile.Parse("f.json", Encoding.UTF8.GetBytes(text));
        Assert.Null(office);
        Assert.Contains("f.json, line 4, name.de: ", Assert.Single(errors), StringComparison.Ordinal);
        Assert.Contains(expected, errors[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bu\u0308rgeramt")]
    [InlineData("Bu\\u0308rgeramt")]
    public void Letters_and_marks_that_stand_apart_are_composed(string name)
    {
        byte[] withMark = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Small.Replace("Bürgeramt", name, StringComparison.Ordinal))];
        var (office, errors) = OfficeFile.Parse("f.json", withMark);
        Assert.Empty(errors);
        Assert.Equal("Bürgeramt", office?.Name.In("de"));
    }

    [Theory]
    [InlineData("W. Europe Standard Time", "instead of this Windows name: 'Europe/Berlin'")]
    [InlineData("Romance Standard Time", "instead of this Windows name: 'Europe/Paris'")]
    [InlineData("GMT Standard Time", "instead of this Windows name: 'Europe/London'")]
    [InlineData("europe/berlin", "such as 'Europe/Berlin'")]
    [InlineData("Berlin", "such as 'Europe/Berlin'")]
    [InlineData("CET", "such as Europe/Berlin")]
    [InlineData("Etc/GMT-1", "such as Europe/Berlin")]
    [InlineData("right/Europe/Berlin", "such as Europe/Berlin")]
    [InlineData("Europe/../Europe/Berlin", "such as Europe/Berlin")]
    public void A_time_zone_that_browsers_do_not_know_is_refused_with_the_name_to_use(string zone, string expected)
    {
        var (office, errors) = OfficeFile.Parse("f.json", Small.Replace("Europe/Berlin", zone, StringComparison.Ordinal));
        Assert.Null(office);
        Assert.Contains($"f.json, line 6, timeZone: '{zone}'", Assert.Single(errors), StringComparison.Ordinal);
        Assert.Contains(expected, errors[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UTC")]
    [InlineData("America/Argentina/Buenos_Aires")]
    public void Other_places_are_time_zones_too(string zone) =>
        Assert.Empty(OfficeFile.Parse("f.json", Small.Replace("Europe/Berlin", zone, StringComparison.Ordinal)).Errors);
}
