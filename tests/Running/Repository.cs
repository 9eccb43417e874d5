namespace Aufruf.Tests.Running;

/// <summary>The house itself, as files.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>A program as built together with these tests.</summary>
    public static string Built(string room, string file) => PathOf(room, "bin",
        AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            ? "Release" : "Debug", "net10.0", file);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Aufruf.slnx")) ? folder
        : Find(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("No folder above the tests holds Aufruf.slnx."));
}
