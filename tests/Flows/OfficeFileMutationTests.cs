using System.Text.Json.Nodes;
using Aufruf.Hub.Offices;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Flows;

/// <summary>An office file is edited by hand while the hub runs: whatever is typed, it is read or explained, never an accident.</summary>
public class OfficeFileMutationTests
{
    private static readonly string[] Wrong =
    [
        "null", "true", "0", "-1", "1.0", "1e400", "99999999999999999999", "\"\"", "\" \"", "\"a b\"", "\"1 [\"", "\"it's\"", "\"abc\\n\"",
            "\"\\ud800\"", "\"\\u0000\"",
        "[]", "[null]", "[[]]", "{}", "{\"de\":\"x\"}", "{\"1 [\":\"left\"}", "{\"it's\":\"ausweis\"}", "{\"\":\"ausweis\"}",
            "{\"9\":\"nothing\"}",
        "\"2026-02-30\"", "\"2026-12-24T00:00:00Z\"", "\"24:00\"", "\"00:00\"",
    ];

    [Theory]
    [InlineData("alsdorf.rathaus.json")]
    [InlineData("with-hours/alsdorf.rathaus.json")]
    public void Every_value_may_be_replaced_by_nonsense_and_is_explained_with_the_files_name(string file)
    {
        var demo = File.ReadAllText(Path.Combine(Path.GetDirectoryName(TestHub.DemoOffice) ?? "", file));
        var accidents = new List<string>();
        // The number of wrong values is no multiple of five: a check tries each value at every fifth place.
        Assert.NotEqual(0, Wrong.Length % 5);
        var attempt = 0;
        foreach (var path in Paths(JsonNode.Parse(demo)!).ToList())
        {
            foreach (var wrong in Wrong.Where(_ => attempt++ % Proof.Times(check: 5, full: 1) == 0))
            {
                var root = JsonNode.Parse(demo)!;
                Mark(root, path);
                var text = root.ToJsonString().Replace("\"@@\"", wrong, StringComparison.Ordinal);
                try
                {
                    var (office, errors) = OfficeFile.Parse("office.json", text);
                    Assert.Equal(office is null, errors.Count > 0);
                    Assert.All(errors, error => Assert.StartsWith("office.json", error, StringComparison.Ordinal));
                }
                catch (Exception error) when (error is not Xunit.Sdk.XunitException)
                {
                    accidents.Add($"{string.Join('/', path)} = {wrong}: {error.GetType().Name} {error.Message.Split('\n')[0]}");
                }
            }
        }

        Assert.True(accidents.Count == 0, string.Join('\n', accidents.DistinctBy(a => a[a.IndexOf('=')..]).Take(60)));
    }

    [Fact]
    public void A_file_may_end_anywhere()
    {
        var demo = File.ReadAllText(TestHub.DemoOffice).TrimEnd();
        for (var length = 0; length < demo.Length; length += 7)
        {
            var (office, errors) = OfficeFile.Parse("office.json", demo[..length]);
            Assert.Null(office);
            Assert.Contains("line", Assert.Single(errors), StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string[]> Paths(JsonNode node, params string[] at) => node switch
    {
        JsonObject map => map.SelectMany(p => Paths(p.Value!, [.. at, p.Key]).Prepend([.. at, p.Key])),
        JsonArray list => list.Take(2).SelectMany((item, i) => Paths(item!, [.. at, $"{i}"]).Prepend([.. at, $"{i}"])),
        _ => [],
    };

    private static void Mark(JsonNode root, string[] path)
    {
        var parent = path[..^1].Aggregate(root, (node, step) => node is JsonArray list
            ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : node[step]!);
        if (parent is JsonArray items)
        {
            items[int.Parse(path[^1], System.Globalization.CultureInfo.InvariantCulture)] = "@@";
        }
        else
        {
            parent[path[^1]] = "@@";
        }
    }
}
