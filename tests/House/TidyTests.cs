using System.Text.RegularExpressions;

namespace Aufruf.Tests.House;

/// <summary>How code in this house looks. Each message says what to write instead.</summary>
public partial class TidyTests
{
    private const int LongestFile = 300;
    private const int LongestType = 400;

    private static readonly (string Banned, string Instead)[] Words =
    [
        (@"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b", "ask a TimeProvider: clock.GetUtcNow()"),
        (@"(\)|[tT]ask)\.Result\b", "await the task"),
        (@"\.Wait\((\)|TimeSpan|\w*[tT]oken)", "await the task; Wait(0) on a semaphore asks without waiting"),
        (@"\basync\s+void\b", "return a Task, or use a BackgroundService"),
        (@"\bThread\.Sleep\b", "await Task.Delay(time, clock, token), or a signal"),
        (@"\b(class|record|struct|interface|enum)\s+\w*(Manager|Helper|Helpers|Util|Utils)\b", "a name that says what it does"),
        (@"#pragma warning disable(?!.* // \w)", "mend it, or say why on the same line"),
        (@"\b(TODO|FIXME|HACK|XXX)\b", "do it now, or say under 'Why so' what would change our mind"),
        (@"Assert\.True\(true\b", "a test that can fail"),
        (@"\bSkip\s*=", "Assert.Skip with the reason, only where something is not installed"),
    ];

    /// <summary>Words of peers that mean one of our things; the last column of the glossary.</summary>
    private static readonly Dictionary<string, string> Foreign = new()
    {
        ["Tenant"] = "Authority",
        ["Department"] = "Authority",
        ["Branch"] = "Office",
        ["Workstation"] = "Counter",
        ["Employee"] = "Clerk",
        ["Customer"] = "Citizen",
        ["Receipt"] = "Slip",
        ["Timeslot"] = "Slot",
        ["Holiday"] = "ClosedDay",
        ["Workflow"] = "ProcedureDefinition",
        ["Meeting"] = "Appointment",
        ["Concern"] = "Service",
        ["Absent"] = "Missed",
        ["Door"] = "what it does: sign-in, access",
        ["Story"] = "what it is: a visit, a course of events",
        ["Mirror"] = "what it publishes",
    };

    [Fact]
    public void No_file_is_longer_than_a_reader_can_hold() => Report(HouseFiles.Sources
        .Select(file => (file, HouseFiles.Lines(file).Length)).Where(f => f.Length > LongestFile)
        .Select(f => $"{f.file} has {f.Length} lines; at {LongestFile} ask what second idea moved in."));

    [Fact]
    public void A_type_in_several_files_is_no_longer_than_one_that_stands_in_one() => Report(
        from file in HouseFiles.Sources
        where file.EndsWith(".cs", StringComparison.Ordinal) && !file.StartsWith("tests/", StringComparison.Ordinal)
        from Match type in PartialType().Matches(File.ReadAllText(Running.Repository.PathOf(file)))
        group file by (Folder: Path.GetDirectoryName(file), Type: type.Groups["name"].Value) into parts
        let lines = parts.Distinct().Sum(file => HouseFiles.Lines(file).Length)
        where lines > LongestType
        select $"{parts.Key.Folder}: {parts.Key.Type} has {lines} lines in its parts; at {LongestType} give an ability its own type.");

    [Fact]
    public void Banned_words_stay_out() => Report(
        from file in HouseFiles.Sources
        where file.EndsWith(".cs", StringComparison.Ordinal) && !file.EndsWith("/TidyTests.cs", StringComparison.Ordinal)
        from line in HouseFiles.Lines(file).Select((text, index) => (text, number: index + 1))
        from word in Words
        where Regex.IsMatch(line.text, word.Banned)
        select $"{file}:{line.number}: {line.text.Trim()}  ->  {word.Instead}");

    [Fact]
    public void Things_bear_the_glossarys_names() => Report(
        from file in HouseFiles.Sources
        where file.EndsWith(".cs", StringComparison.Ordinal)
        from text in HouseFiles.Lines(file)
        from Match type in Declaration().Matches(text)
        from Match part in PascalWord().Matches(type.Groups["name"].Value)
        where Foreign.ContainsKey(part.Value)
        select $"{file}: {type.Groups["name"].Value}  ->  our word is {Foreign[part.Value]}");

    [Fact]
    public void No_file_knows_the_machine_it_was_written_on() => Report(
        from file in HouseFiles.Texts
        where !file.EndsWith("/TidyTests.cs", StringComparison.Ordinal)
        from line in HouseFiles.Lines(file).Select((text, index) => (text, number: index + 1))
        where MachinePath().IsMatch(line.text) || RegistryHost().IsMatch(line.text)
        select $"{file}:{line.number}: {line.text.Trim()}");

    [Fact]
    public void A_file_ends_with_one_line_end_and_has_no_spaces_before_it() => Report(
        from file in HouseFiles.Sources
        let text = File.ReadAllText(Running.Repository.PathOf(file))
        where text.Contains('\r', StringComparison.Ordinal) || (text.Length > 0 && !text.EndsWith('\n')) || TrailingSpace().IsMatch(text)
        select file);

    private static void Report(IEnumerable<string> faults)
    {
        var all = faults.ToArray();
        Assert.True(all.Length == 0, string.Join(Environment.NewLine, all));
    }

    [GeneratedRegex(@"\b(class|record|record struct|struct|interface|enum)\s+(?<name>[A-Z]\w*)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\bpartial\s+(class|record|record struct|struct|interface)\s+(?<name>[A-Z]\w*)")]
    private static partial Regex PartialType();

    [GeneratedRegex(@"[A-Z][a-z0-9]*")]
    private static partial Regex PascalWord();

    [GeneratedRegex(@"(?<![\w.])(/(work|home|root|Users)/\w|[A-Z]:\\Users\\)")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"https?://[^/\s""]*(nuget|npmjs|artifactory|registry|nexus|pypi)[^/\s""]*", RegexOptions.IgnoreCase)]
    private static partial Regex RegistryHost();

    [GeneratedRegex(@"[ \t]+$", RegexOptions.Multiline)]
    private static partial Regex TrailingSpace();
}
