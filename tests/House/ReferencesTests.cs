using System.Xml.Linq;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.House;

public class ReferencesTests
{
    /// <summary>The references each room may have. To add an arrow, change this table and say why in the commit.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Aufruf.Edge.Protocol"] = [],
        ["Aufruf.Edge.Slips"] = ["Aufruf.Edge.Protocol"],
        ["Aufruf.Edge"] = ["Aufruf.Edge.Protocol", "Aufruf.Edge.Slips"],
        ["Aufruf.Edge.Simulator"] = ["Aufruf.Edge"],
        ["Aufruf.Domain"] = [],
        ["Aufruf.Contracts"] = ["Aufruf.Domain"],
        ["Aufruf.Grains"] = ["Aufruf.Contracts"],
        ["Aufruf.Portal"] = ["Aufruf.Contracts"],
        ["Aufruf.Displays"] = [],
        ["Aufruf.Hub"] = ["Aufruf.Displays", "Aufruf.Edge.Protocol", "Aufruf.Edge.Slips", "Aufruf.Grains", "Aufruf.Portal"],
    };

    // Tests, benchmark and simulation may know everybody.
    private const string MayKnowAll = "tests";

    public static TheoryData<string> Projects => [.. ProjectFiles.Where(f => !f.StartsWith(MayKnowAll, StringComparison.Ordinal))];

    private static IEnumerable<string> ProjectFiles => HouseFiles.All.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal));

    [Theory, MemberData(nameof(Projects))]
    public void A_room_knows_only_the_rooms_the_plan_allows(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        Assert.True(Allowed.ContainsKey(name), $"{name} is not in the table of rooms: add it with its arrows.");
        Assert.Equal(Allowed[name], Project(project).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension((string?)r.Attribute("Include") ?? "")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_room_of_the_plan_is_there() =>
        Assert.Empty(Allowed.Keys.Except(ProjectFiles.Select(f => Path.GetFileNameWithoutExtension(f))));

    [Fact]
    public void The_domain_knows_no_package() =>
        Assert.Empty(Project("grains/Domain/Aufruf.Domain.csproj").Descendants("PackageReference"));

    public static TheoryData<string> All => [.. ProjectFiles];

    [Theory, MemberData(nameof(All))]
    public void A_project_takes_its_versions_from_the_one_list_and_locks_them(string project)
    {
        Assert.DoesNotContain(Project(project).Descendants("PackageReference"), p => p.Attribute("Version") is not null
            || p.Attribute("VersionOverride") is not null);
        Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(Repository.PathOf(project))!, "packages.lock.json")),
            $"{project} has no packages.lock.json: run dotnet restore.");
    }

    [Theory, MemberData(nameof(All))]
    public void No_project_lets_warnings_pass(string project) =>
        Assert.DoesNotContain(Project(project).Descendants(), e => e.Name.LocalName is "TreatWarningsAsErrors" or "Nullable"
            // A publish may silence what a package says about parts of itself that we do not use.
            || (e.Name.LocalName is "NoWarn" && e.Attribute("Condition")?.Value != "'$(PublishTrimmed)' == 'true'"));

    [Theory, MemberData(nameof(All))]
    public void Every_project_is_part_of_the_solution(string project) =>
        Assert.Contains($"\"{project}\"", File.ReadAllText(Repository.PathOf("Aufruf.slnx")), StringComparison.Ordinal);

    private static XDocument Project(string file) => XDocument.Load(Repository.PathOf(file));
}
