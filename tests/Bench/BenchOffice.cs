using System.Text.Json;

namespace Aufruf.Bench;

/// <summary>An office of the size of a district town hall: 8 waiting areas with 8 counters each, a button box at every counter, a board in
/// every area.</summary>
internal static class BenchOffice
{
    public const string Key = "bench.office";
    public const int Areas = 8;
    public const int Counters = 8;
    private const string Letters = "ACDEFGHJKLMNPRTUVWXY";

    public static IEnumerable<(string Device, string Area, string Counter)> Boxes =>
        from a in Enumerable.Range(0, Areas) from c in Enumerable.Range(0, Counters) select ($"box-{a}-{c}", $"area-{a}", $"c-{a}-{c}");

    public static IEnumerable<string> Services(int area) => Letters.Select(letter => $"service-{area}-{char.ToLowerInvariant(letter)}");

    public static void Write(string folder)
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
                services = Letters.Zip(Services(a))
                    .Select(s => new { id = s.Second, letter = s.First.ToString(), name = Name(s.Second), usualMinutes = 5 }),
                counters = Enumerable.Range(0, Counters).Select(c => new { id = $"c-{a}-{c}", label = $"{a}{c}", services = Services(a) }),
                boards = new[] { new { id = $"board-{a}" } },
            }),
            devices = Boxes.Select(b => new { id = b.Device, kind = "button-box", counter = b.Counter }),
        };
        File.WriteAllText(Path.Combine(folder, "bench.json"), JsonSerializer.Serialize(office));
    }
}
