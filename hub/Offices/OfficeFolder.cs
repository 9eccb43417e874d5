using System.Security.Cryptography;

namespace Aufruf.Hub.Offices;

/// <summary>One file of the folder, as it was found.</summary>
/// <param name="Name">Its name without the folder.</param>
/// <param name="Hash">SHA-256 of its bytes, hexadecimal.</param>
/// <param name="Office">Null: it cannot be used, and <paramref name="Errors"/> say why.</param>
internal sealed record OfficeFound(string Name, string Path, byte[] Bytes, string Hash, Office? Office, IReadOnlyList<string> Errors)
{
    public string Text => OfficeText.Decode(Path, Bytes).Text;
}

/// <summary>A folder with one JSON file per office.</summary>
internal static class OfficeFolder
{
    // Companions that file systems, editors and office programs put beside a file.
    private const string CompanionMarks = "._~$#";

    /// <summary>The files in it, companions left out; empty when there is no such folder.</summary>
    public static IEnumerable<string> Files(string folder) => !Directory.Exists(folder) ? [] :
        Directory.GetFiles(folder, "*.json").Where(file => !IsCompanion(file)).Order(StringComparer.Ordinal);

    /// <summary>The files that are left out, each with a sentence that names the right one.</summary>
    public static IEnumerable<string> Companions(string folder) => !Directory.Exists(folder) ? [] :
        Directory.GetFiles(folder, "*.json").Where(IsCompanion).Order(StringComparer.Ordinal)
            .Select(file => $"{file}: is left out: a program made it beside '{Path.GetFileName(file).TrimStart([.. CompanionMarks])}'.");

    /// <summary>Editors and copy programs remove, lock and replace files at any moment. That must not end the hub.</summary>
    /// <param name="known">The office of a file with this hash, so that it is not read again; null: it is read.</param>
    public static OfficeFound Read(string file, Func<string, Office?>? known = null)
    {
        var name = Path.GetFileName(file);
        byte[] bytes = [];
        try
        {
            bytes = File.ReadAllBytes(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new(name, file, bytes, "", null, [$"{file}: cannot be read: {error.Message}"]);
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (known?.Invoke(hash) is { } before)
        {
            return new(name, file, bytes, hash, before, []);
        }

        var (office, errors) = OfficeFile.Parse(file, bytes);
        return new(name, file, bytes, hash, office, errors);
    }

    private static bool IsCompanion(string file) => CompanionMarks.Contains(Path.GetFileName(file)[0], StringComparison.Ordinal);
}
