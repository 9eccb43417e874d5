using System.Reflection;
using Aufruf.Domain;
using Aufruf.Hub.Api;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Logging;

namespace Aufruf.Tests.House;

public class RoomsTests
{
    private static readonly string[] Rooms = ["edge", "hub", "grains", "displays", "portal", "tests", "hardware"];

    private static readonly string[] Headings = ["What comes in", "What goes out", "What if it fails", "Why so"];

    public static TheoryData<string> AllRooms => [.. Rooms];

    [Theory, MemberData(nameof(AllRooms))]
    public void Every_room_says_what_comes_in_what_goes_out_what_if_it_fails_and_why_so(string room)
    {
        var readme = Repository.PathOf(room, "README.md");
        Assert.True(File.Exists(readme), $"{room}/README.md is missing; expected the headings {string.Join(", ", Headings)}.");
        var found = File.ReadAllLines(readme).Where(line => line.StartsWith("## ", StringComparison.Ordinal)).ToArray();
        Assert.All(Headings, heading => Assert.Contains(found, line => line.Contains(heading, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void There_is_no_room_that_the_plan_does_not_have() =>
        Assert.Empty(HouseFiles.All.Where(f => f.Contains('/', StringComparison.Ordinal)).Select(f => f.Split('/')[0]).Where(f => f[0] != '.').Distinct().Except(Rooms));

    [Fact]
    public void The_licence_is_the_EUPL()
    {
        Assert.Contains("<PackageLicenseExpression>EUPL-1.2</PackageLicenseExpression>", File.ReadAllText(Repository.PathOf("Directory.Build.props")), StringComparison.Ordinal);
        Assert.True(File.Exists(Repository.PathOf("LICENSE")), "LICENSE is missing.");
        Assert.Contains("EUROPEAN UNION PUBLIC LICENCE v. 1.2", File.ReadAllText(Repository.PathOf("LICENSE")), StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_are_errors_and_packages_are_locked()
    {
        var props = File.ReadAllText(Repository.PathOf("Directory.Build.props"));
        Assert.Contains("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>", props, StringComparison.Ordinal);
        Assert.Contains("<RestorePackagesWithLockFile>true</RestorePackagesWithLockFile>", props, StringComparison.Ordinal);
        Assert.Contains("<NuGetAudit>true</NuGetAudit>", props, StringComparison.Ordinal);
    }

    public static TheoryData<Refusal> Refusals => [.. Enum.GetValues<Refusal>()];

    [Theory, MemberData(nameof(Refusals))]
    public void Every_no_has_a_sentence_in_both_languages_and_a_status(Refusal refusal)
    {
        Assert.Equal(["de", "en"], refusal.Texts().Keys.Order(StringComparer.Ordinal));
        Assert.All(refusal.Texts().Values, text => Assert.EndsWith(".", text, StringComparison.Ordinal));
        Assert.NotEqual(refusal.Text("de"), refusal.Text("en"));
        Assert.InRange(refusal.Status(), 400, 499);
        Assert.Equal($"\"{refusal.Word()}\"", System.Text.Json.JsonSerializer.Serialize(refusal, DomainJson.Options));
    }

    [Fact]
    public void No_two_noes_say_the_same() =>
        Assert.Equal(Enum.GetValues<Refusal>().Length, Enum.GetValues<Refusal>().Select(r => r.Text("de")).Distinct().Count());

    [Fact]
    public void Every_log_line_has_a_number_of_its_own()
    {
        var lines = ((Assembly[])[typeof(Aufruf.Hub.HubOptions).Assembly, Assembly.Load("Aufruf.Edge"), Assembly.Load("Aufruf.Grains"), Assembly.Load("Aufruf.Portal")])
            .SelectMany(a => a.GetTypes()).SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(m => (m.Name, Log: m.GetCustomAttribute<LoggerMessageAttribute>())).Where(x => x.Log is not null)
            .Select(x => (x.Name, Id: x.Log?.EventId ?? 0)).ToArray();
        Assert.True(lines.Length > 20);
        Assert.Empty(lines.GroupBy(x => x.Id).Where(g => g.Count() > 1).Select(g => $"{g.Key}: {string.Join(", ", g.Select(x => x.Name))}"));
        Assert.All(lines, line => Assert.True(line.Id > 0, $"{line.Name} has no number."));
    }
}
