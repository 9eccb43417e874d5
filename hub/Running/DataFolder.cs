using System.Globalization;

namespace Aufruf.Hub.Running;

/// <summary>The folder of a hub's data. One hub at a time uses it: two on one SQLite file would not see each other's calls.</summary>
internal sealed class DataFolder : IDisposable
{
    // "Resource temporarily unavailable" on Linux and macOS, and Windows' sharing violation.
    private static readonly int[] HeldByAnother = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream? _lock;

    /// <exception cref="StartRefusedException">Another hub, or a restore, uses it.</exception>
    public DataFolder(string path)
    {
        var file = Path.Combine(path, "hub.lock");
        try
        {
            Directory.CreateDirectory(path);
            _lock = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            _lock.SetLength(0);
            _lock.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            _lock.Flush();
        }
        catch (IOException error) when (HeldByAnother.Contains(error.HResult))
        {
            throw new StartRefusedException($"Another hub uses the data in {Path.GetFullPath(path)} ({file} is locked). "
                + "Stop it first, or give this one its own Hub:Data.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be written is the journal's trouble, and says so in /health/ready.
        }
    }

    /// <summary>Why a folder is no place for a database; null when it is one.</summary>
    /// <param name="format">The name of its file system, such as "nfs".</param>
    public static string? WhyNoPlace(string folder, DriveType type, string format) =>
        type is DriveType.Network || Shares.Any(share => format.StartsWith(share, StringComparison.OrdinalIgnoreCase))
            ? $"The data in {folder} lies on a network share ({format}). SQLite can lose entries there: use a disk of this machine."
            : null;

    // The shares that .NET does not count as network drives.
    private static readonly string[] Shares = ["nfs", "cifs", "smb", "9p", "fuse.sshfs", "afs", "ceph", "fuse.gluster", "davfs"];

    public static string? WhyNoPlace(string folder)
    {
        try
        {
            var drive = new DriveInfo(Path.GetFullPath(folder));
            return WhyNoPlace(folder, drive.DriveType, drive.DriveFormat);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null; // An unknown drive is no known share.
        }
    }

    public void Dispose() => _lock?.Dispose();
}

/// <summary>The hub or a command does not start; the message is for the operator.</summary>
internal sealed class StartRefusedException(string message) : Exception(message);
