using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Aufruf.Hub.Running;

/// <summary>Secrets and personal data are readable for the hub's own user only: folders 0700, files 0600.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode Folder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode File_ = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>All files that this process makes from now on.</summary>
    public static void ForThisProcess()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetMask(0x3F); // Octal 077.
        }
    }

    /// <summary>Makes the hub's folder, and closes what an earlier build left open to all.</summary>
    public static void Close(string data, ILogger log)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        try
        {
            CloseAll(data);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            HubLog.FilesOpenToAll(log, data, error.Message);
        }
    }

    public static void CloseFolder(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, Folder);
        }
    }

    public static void CloseFile(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, File_);
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static void CloseAll(string data)
    {
        Directory.CreateDirectory(data, Folder);
        File.SetUnixFileMode(data, Folder);
        foreach (var folder in ((string[])["keys", "snapshots"]).Select(name => Path.Combine(data, name)).Where(Directory.Exists))
        {
            File.SetUnixFileMode(folder, Folder);
        }

        foreach (var file in Directory.GetFiles(data, "*.db*"))
        {
            File.SetUnixFileMode(file, File_);
        }
    }

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint SetMask(uint mask);
}
