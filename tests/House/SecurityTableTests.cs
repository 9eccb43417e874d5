using System.Text.RegularExpressions;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.House;

/// <summary>hub/security.md has every chapter of OWASP ASVS 5, and each test class that it names is there.</summary>
public partial class SecurityTableTests
{
    private const int Chapters = 17;

    private static readonly string[] Rows = [.. File.ReadAllLines(Repository.PathOf("hub", "security.md"))
        .Where(line => line.StartsWith("| V", StringComparison.Ordinal))];

    [Fact]
    public void Every_chapter_has_a_row() => Assert.Equal(Enumerable.Range(1, Chapters), Rows
        .Select(row => int.Parse(Chapter().Match(row).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).Distinct());

    [Fact]
    public void Every_row_names_a_test_or_a_reason() => Assert.All(Rows, row => Assert.True(row.Split('|')[2].Trim().Length > 3, row));

    [Fact]
    public void Every_test_class_that_is_named_exists()
    {
        var classes = typeof(SecurityTableTests).Assembly.GetTypes().Select(type => type.Name).ToHashSet();
        Assert.Empty(Rows.SelectMany(row => Named().Matches(row)).Select(name => name.Groups[1].Value).Where(name => !classes.Contains(name)));
    }

    [GeneratedRegex(@"^\| V(\d+)")]
    private static partial Regex Chapter();

    [GeneratedRegex("`([A-Z][A-Za-z]+Tests)`")]
    private static partial Regex Named();
}
