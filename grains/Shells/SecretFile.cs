using System.Security.Cryptography;
using Aufruf.Contracts;

namespace Aufruf.Grains;

/// <summary>32 random bytes in a file of their own, readable for the hub's own user only.</summary>
internal static class SecretFile
{
    public const int Bytes = 32;

    /// <summary>Null: there is no such file.</summary>
    /// <exception cref="JournalUnavailableException">The file is torn or another one.</exception>
    public static byte[]? Find(string file) => !File.Exists(file) ? null
        : File.ReadAllBytes(file) is { Length: Bytes } secret ? secret
        : throw new JournalUnavailableException($"{file} is damaged: a key has {Bytes} bytes. Put the file back.");

    /// <summary>On disk when it returns. It gets its name when it is whole, and replaces no other.</summary>
    public static byte[] Make(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var (secret, aside) = (RandomNumberGenerator.GetBytes(Bytes), $"{file}.{Path.GetRandomFileName()}");
        using (var stream = new FileStream(aside, options))
        {
            stream.Write(secret);
            stream.Flush(flushToDisk: true);
        }

        File.Move(aside, file);
        return secret;
    }
}
