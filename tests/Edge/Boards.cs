namespace Aufruf.Tests.Edge;

/// <summary>Where the pin maps of the repository are.</summary>
internal static class Boards
{
    public static string Folder { get; } = Find(AppContext.BaseDirectory) ?? Find(SourceFolder()) ?? throw new DirectoryNotFoundException("hardware/boards");

    public static string File(string name) => Path.Combine(Folder, name);

    private static string SourceFolder([System.Runtime.CompilerServices.CallerFilePath] string file = "") => Path.GetDirectoryName(file) ?? "/";

    private static string? Find(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            var boards = Path.Combine(folder.FullName, "hardware", "boards");
            if (Directory.Exists(boards))
            {
                return boards;
            }
        }

        return null;
    }
}
