using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aufruf.Bench;

/// <summary>An office of the size of a district town hall: 8 waiting areas with 8 counters each, a button box at every counter, a board in
/// every area.</summary>
internal static class BenchOffice
{
    public const string Key = "bench.office";
    public const int Areas = 8;
    public const int Counters = 8;
    private const string Letters = "ACDEFGHJKLMNPRTUVWXY";

    /// <summary>The work profile over two areas.</summary>
    public const string BothAreas = "both";

    private static readonly JsonSerializerOptions WithoutNulls = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static IEnumerable<(string Device, string Area, string Counter)> Boxes =>
        from a in Enumerable.Range(0, Areas) from c in Enumerable.Range(0, Counters) select ($"box-{a}-{c}", $"area-{a}", $"c-{a}-{c}");

    /// <summary>Two neighbours call over both of their areas.</summary>
    public static int NeighbourOf(int area) => area ^ 1;

    /// <param name="inPairs">Each area has a work profile that calls over its neighbour too, and a board that shows both.</param>
    public static void Write(string folder, bool inPairs = false)
    {
        Directory.CreateDirectory(folder);
        static object Name(string text) => new { de = text };
        var office = new
        {
            authority = new { id = "bench", name = Name("Bench") },
            id = "office",
            name = Name("Office"),
            address = "Street 1",
            timeZone = "Europe/Berlin",
            languages = new[] { "de" },
            areas = Enumerable.Range(0, Areas).Select(a => new
            {
                id = $"area-{a}",
                name = Name($"Area {a}"),
                rules = new { twiceNextSeconds = 0 }, // One press follows the other: each ends the visit before.
                services = LettersOf(a).Select(letter => (Letter: letter, Id: Service(a, letter)))
                    .Select(s => new { id = s.Id, letter = s.Letter.ToString(), name = Name(s.Id), usualMinutes = 5 }),
                counters = Enumerable.Range(0, Counters)
                    .Select(c => new { id = $"c-{a}-{c}", label = $"{a}{c}", services = ServicesOf(a) }),
                profiles = inPairs ? new[]
                {
                    new
                    {
                        id = BothAreas,
                        name = Name("Both areas"),
                        // Only this service of its own: no ticket has it, so each press fetches from the neighbour.
                        groups = new[] { new[] { ServicesOf(a).First() } },
                        further = new[] { new { area = $"area-{NeighbourOf(a)}", services = ServicesOf(NeighbourOf(a)) } },
                    },
                } : null,
                boards = new[] { new { id = $"board-{a}", areas = inPairs ? new[] { $"area-{a}", $"area-{NeighbourOf(a)}" } : null } },
            }),
            devices = Boxes.Select(b => new { id = b.Device, kind = "button-box", counter = b.Counter }),
        };
        File.WriteAllText(Path.Combine(folder, "bench.json"), JsonSerializer.Serialize(office, WithoutNulls));

        // The areas of one board share no letter.
        IEnumerable<char> LettersOf(int area) => !inPairs ? Letters
            : area < NeighbourOf(area) ? Letters[..(Letters.Length / 2)] : Letters[(Letters.Length / 2)..];

        IEnumerable<string> ServicesOf(int area) => LettersOf(area).Select(letter => Service(area, letter));
    }

    private static string Service(int area, char letter) => $"service-{area}-{char.ToLowerInvariant(letter)}";
}
