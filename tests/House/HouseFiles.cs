using Aufruf.Tests.Running;

namespace Aufruf.Tests.House;

/// <summary>Every file of the house that people wrote.</summary>
internal static class HouseFiles
{
    // Built, downloaded or running things; what others wrote stands in "lib".
    private static readonly HashSet<string> NotOurs = ["bin", "obj", "lib", "node_modules", "data", "TestResults", ".git", ".vs", ".idea", ".run"];

    private static readonly string[] Binary = [".ttf", ".woff", ".woff2", ".png", ".ico", ".wav", ".db", ".map"];

    /// <summary>Relative to the root, with forward slashes.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Below(Repository.Root).Select(f => Path.GetRelativePath(Repository.Root, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> Sources => All.Where(f => Path.GetExtension(f) is ".cs" or ".ts" or ".cshtml");

    public static IEnumerable<string> Texts => All.Where(f => !Binary.Contains(Path.GetExtension(f)));

    public static string[] Lines(string file) => File.ReadAllLines(Repository.PathOf(file));

    private static IEnumerable<string> Below(string folder) => Directory.EnumerateFiles(folder).Where(f => !f.EndsWith("/.git", StringComparison.Ordinal)).Concat(
        Directory.EnumerateDirectories(folder).Where(d => !NotOurs.Contains(Path.GetFileName(d)) && !d.EndsWith("wwwroot/js", StringComparison.Ordinal)).SelectMany(Below));
}
