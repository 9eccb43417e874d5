using System.Security.Cryptography;

namespace Aufruf.Hub.Running.Backups;

/// <summary>The keys that belong to a backup, in a folder beside it: FILE.keys. Files 0600, the folder 0700.</summary>
/// <remarks>With backup and keys, anybody reads personal values and forges the journal. So they belong to different places.</remarks>
internal static class KeyFolder
{
    public const string VaultKey = "vault.key";
    public const string JournalKey = "journal.key";

    private const string PostgresKey = "journal-postgresql.key";

    /// <summary>Keys of cookies and forms.</summary>
    private const string DataProtection = "keys";

    public static string Of(string backup) => backup + ".keys";

    /// <summary>Recognises a key without showing it; empty when there is no such file.</summary>
    public static string PrintOf(string file) =>
        File.Exists(file) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))) : "";

    /// <summary>Copies the keys of the hub's folder.</summary>
    public static void Make(string data, string folder) => CopyMissing(data, folder);

    /// <summary>Copies the keys that are missing in the hub's folder.</summary>
    public static void PutBack(string folder, string data)
    {
        if (Directory.Exists(folder))
        {
            CopyMissing(folder, data);
        }
    }

    private static void CopyMissing(string from, string to)
    {
        CopyMissing(((string[])[VaultKey, JournalKey, PostgresKey]).Select(name => Path.Combine(from, name)).Where(File.Exists), to);
        if (Path.Combine(from, DataProtection) is var keys && Directory.Exists(keys))
        {
            CopyMissing(Directory.GetFiles(keys), Path.Combine(to, DataProtection));
        }
    }

    private static void CopyMissing(IEnumerable<string> files, string to)
    {
        Directory.CreateDirectory(to);
        PrivateFiles.CloseFolder(to);
        foreach (var (file, copy) in files.Select(file => (file, Path.Combine(to, Path.GetFileName(file))))
            .Where(f => !File.Exists(f.Item2)))
        {
            File.Copy(file, copy);
            PrivateFiles.CloseFile(copy);
        }
    }
}
