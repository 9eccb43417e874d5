using System.Security.Cryptography;

namespace Aufruf.Grains;

/// <summary>32 random bytes in a file of their own, readable for the hub's own user only.</summary>
internal static class SecretFile
{
    public const int Bytes = 32;

    /// <summary>Null: there is no such file.</summary>
    public static byte[]? Find(string file) => File.Exists(file) ? File.ReadAllBytes(file) : null;

    /// <summary>On disk when it returns.</summary>
    public static byte[] Make(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var secret = RandomNumberGenerator.GetBytes(Bytes);
        using var stream = new FileStream(file, options);
        stream.Write(secret);
        stream.Flush(flushToDisk: true);
        return secret;
    }
}
