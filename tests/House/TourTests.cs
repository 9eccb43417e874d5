using System.Text.RegularExpressions;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.House;

/// <summary>The sections "Follow it" of the rooms are true: together they lead through every file that a press passes.</summary>
/// <remarks>
/// A line of a tour is a file and the name that connects it with a file before: one of the two declares the name, the other uses it.
/// Where they exchange messages, both use the name of the message.
/// </remarks>
public partial class TourTests
{
    /// <summary>A file of a tour.</summary>
    /// <param name="Name">Null at the first one.</param>
    private sealed record Stop(string File, string? Name);

    /// <param name="Parts">The lists in the order of reading: a room, and the words before its list.</param>
    /// <param name="Sights">Files that no way leads through and that a reader must see: disk, rules and pixels.</param>
    private sealed record Tour(int MostFiles, (string Room, string Words)[] Parts, string[] Sights);

    private static readonly Dictionary<string, Tour> Tours = new()
    {
        ["press"] = new(24,
            [("edge", "The press"), ("hub", "The press, inwards"), ("grains", "The press"), ("hub", "The press, outwards"),
                ("displays", "The press")],
            ["SqliteOutboxStore.cs", "DeviceSession.cs", "Translation.cs", "CallOrder.cs", "GroupCommitJournal.cs", "live.ts", "state.ts",
                "page.ts"]),
        ["kiosk ticket"] = new(14, [("displays", "The kiosk ticket"), ("hub", "The kiosk ticket"), ("grains", "The kiosk ticket")],
            ["QueueRequest.cs", "DayLimits.cs", "GroupCommitJournal.cs", "sheet.ts"]),
        ["office file"] = new(14,
            [("hub", "The office file, inwards"), ("grains", "The office file"), ("hub", "The office file, outwards")],
            ["OfficeFile.cs", "OfficeConfiguration.cs", "GroupCommitJournal.cs"]),
        ["transfer"] = new(17,
            [("displays", "The transfer"), ("hub", "The transfer, inwards"), ("grains", "The transfer"), ("hub", "The transfer, outwards")],
            ["Transfers.cs", "GroupCommitJournal.cs", "Transferring.cs"]),
    };

    public static TheoryData<string> Names => [.. Tours.Keys];

    [Fact]
    public void Every_file_of_a_tour_is_there() => Assert.Empty(
        from readme in HouseFiles.All
        where Path.GetFileName(readme) == "README.md"
        from line in HouseFiles.Lines(readme)
        let file = Line().Match(line).Groups["file"].Value
        where file.Contains('/', StringComparison.Ordinal) && !HouseFiles.All.Contains(file)
        select $"{readme}: {file}");

    [Theory, MemberData(nameof(Names))]
    public void A_tour_is_connected_from_its_first_file_to_its_last(string name)
    {
        var stops = StopsOf(name);
        var lost = Unreachable(stops).ToArray();
        Assert.True(lost.Length == 0, $"No file before is connected with these, so a file between is missing: {string.Join(", ", lost)}");
        Assert.Empty(Tours[name].Sights.Except(stops.Select(s => Path.GetFileName(s.File))));
    }

    /// <summary>Proves the test above: the press without any of its files is broken.</summary>
    [Fact]
    public void The_press_without_one_of_its_files_is_broken()
    {
        var stops = StopsOf("press");
        Assert.Empty(
            from left in stops.Skip(1)
            where !Tours["press"].Sights.Contains(Path.GetFileName(left.File)) && !Unreachable([.. stops.Where(s => s != left)]).Any()
            select $"{left.File} is not needed, or a name connects too much.");
    }

    [Theory, MemberData(nameof(Names))]
    public void A_tour_has_few_files(string name) => Assert.InRange(StopsOf(name).Length, 1, Tours[name].MostFiles);

    private static Stop[] StopsOf(string name) => [.. Tours[name].Parts.SelectMany(part =>
        HouseFiles.Lines($"{part.Room}/README.md").SkipWhile(line => line != "## Follow it")
            .SkipWhile(line => !Regex.IsMatch(line, $"^{part.Words}[,:]")).Skip(2).TakeWhile(line => line.Length > 0)
            .Select(line => Line().Match(line))
            .Select(m => new Stop(m.Groups["file"].Value, m.Groups["name"] is { Success: true, Value: var value } ? value : null)))];

    private static IEnumerable<string> Unreachable(Stop[] stops)
    {
        List<string> reached = [stops[0].File];
        foreach (var stop in stops.Skip(1))
        {
            if (stop.Name is { } name && reached.Exists(before => Connects(name, before, stop.File)))
            {
                reached.Add(stop.File);
            }
            else
            {
                yield return stop.File;
            }
        }
    }

    private static bool Connects(string name, string before, string file)
    {
        return Uses(before, name) && Uses(file, name)
            && (Declares(before, name) || Declares(file, name) || Contracts.Any(contract => Declares(contract, name)));
    }

    /// <summary>Names of these files are known on both ends of a wire.</summary>
    private static readonly string[] Contracts =
        ["edge/Protocol/Topics.cs", "grains/Contracts/IQueueGrain.cs", "hub/Push/Messages.cs", "displays/shared/messages.ts"];

    private static bool Uses(string file, string name)
    {
        // SignalR delivers "Changed" as "changed".
        var form = Path.GetExtension(file) == ".ts" ? $"[{char.ToLowerInvariant(name[0])}{name[0]}]{Regex.Escape(name[1..])}"
            : Regex.Escape(name);
        return Regex.IsMatch(CodeOf(file), $@"(?<![\w.]){form}(?!\w)|(?<=\.){form}\b");
    }

    private static bool Declares(string file, string name)
    {
        var word = name.Split('.')[^1];
        return Regex.IsMatch(CodeOf(file), Path.GetExtension(file) == ".ts"
            ? $@"^\s*(export )?(async )?((function|class|interface|const|type) {word}\b|{word}(<[^>]*>)?\(.*[{{;]$)"
            : $@"^\s*(public|internal|private|protected|Task)\b[^;=(]*?(?<=[\s>]){word}(<[^>]*>)?[\s;({{=]", RegexOptions.Multiline);
    }

    private static string CodeOf(string file) => Comment().Replace(File.ReadAllText(Repository.PathOf(file)), "");

    [GeneratedRegex(@"^\d+\. `(?<file>[^` ]+)`(, `(?<name>[^`]+)`)?")]
    private static partial Regex Line();

    [GeneratedRegex(@"(?<![:""])//.*$|/\*[\s\S]*?\*/", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
