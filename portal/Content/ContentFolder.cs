using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aufruf.Portal.Content;

/// <summary>A folder of Markdown files that an editor changes while the portal runs: services/ausweis.de.md.</summary>
public sealed class ContentFolder(string folder, ILogger<ContentFolder> log)
{
    // A page of the portal is a few kilobytes; a larger file is something else.
    private const int MostBytes = 256 * 1024;

    private const int MostFiles = 2000;

    private readonly Lock _gate = new();
    private (long Stamp, TownContent Content) _read = (-1, new([]));

    /// <summary>The articles of now. A file that cannot be read leaves all of them as they were.</summary>
    public TownContent Now
    {
        get
        {
            lock (_gate)
            {
                try
                {
                    var files = Files();
                    var stamp = StampOf(files);
                    if (stamp != _read.Stamp)
                    {
                        _read = (stamp, new(files.Select(Read)));
                    }
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException)
                {
                    if (_read.Stamp != 0)
                    {
                        PortalLog.ContentUnreadable(log, folder, error.Message);
                        _read.Stamp = 0; // Said once; the next change is read again.
                    }
                }

                return _read.Content;
            }
        }
    }

    private FileInfo[] Files() =>
    [
        .. new DirectoryInfo(folder).EnumerateFiles("*.md", SearchOption.AllDirectories)
            .Where(file => file.Length <= MostBytes && file.Name.Split('.').Length == 3)
            .OrderBy(file => file.FullName, StringComparer.Ordinal).Take(MostFiles),
    ];

    private static long StampOf(FileInfo[] files)
    {
        var stamp = new HashCode();
        foreach (var file in files)
        {
            stamp.Add(file.FullName);
            stamp.Add(file.LastWriteTimeUtc);
            stamp.Add(file.Length);
        }

        return (uint)stamp.ToHashCode() | 1L << 32;
    }

    private Article Read(FileInfo file)
    {
        var parts = file.Name.Split('.');
        var id = Path.GetRelativePath(folder, Path.Combine(file.DirectoryName!, parts[0])).Replace('\\', '/');
        return Article.Parse(id, parts[1], File.ReadAllText(file.FullName));
    }
}

public static class ContentSetup
{
    private const string Setting = "Portal:Content";

    /// <summary>The setting names the folder of an authority; by default the demo's beside the program.</summary>
    /// <exception cref="OptionsValidationException">There is no such folder.</exception>
    public static IServiceCollection AddContent(this IServiceCollection services, IConfiguration configuration)
    {
        var folder = configuration[Setting] is { Length: > 0 } named ? named : Path.Combine(AppContext.BaseDirectory, "content");
        return Directory.Exists(folder)
            ? services.AddSingleton(s => new ContentFolder(folder, s.GetRequiredService<ILogger<ContentFolder>>()))
            : throw new OptionsValidationException(Setting, typeof(ContentFolder),
                [$"{Setting} must name the folder with the authority's texts, such as ./content; '{folder}' does not exist."]);
    }
}
