using System.Security.Cryptography;
using Aufruf.Grains;

namespace Aufruf.Hub.Cases;

/// <summary>Files and documents of applications and cases, sealed under the subject of their stream and named by their hash.</summary>
internal sealed class CaseFiles(Vault vault, IVaultContents contents)
{
    private const string Place = "content";

    /// <param name="until">The end of an application that is never sent; null: somebody destroys the key.</param>
    /// <returns>The SHA-256 of the sealed bytes, in hex. It says nothing of the content, and shows each change of it.</returns>
    public async Task<string> KeepAsync(string stream, ReadOnlyMemory<byte> content, DateTimeOffset? until = null)
    {
        var subject = Subject.Parse(stream);
        var whole = await vault.SealAsync(subject, until, Place, content);
        var hash = HashOf(whole);
        await contents.KeepAsync(subject, hash, whole);
        return hash;
    }

    /// <summary>Null: it is destroyed, missing or changed.</summary>
    public async Task<byte[]?> OpenAsync(string stream, string hash)
    {
        var subject = Subject.Parse(stream);
        return await contents.ReadAsync(subject, hash) is { } whole && HashOf(whole) == hash
            ? await vault.OpenAsync(subject, Place, whole) : null;
    }

    /// <summary>One file is taken back. All files of a stream go with its key.</summary>
    public Task ForgetAsync(string stream, string hash) => contents.DeleteAsync(Subject.Parse(stream), hash);

    private static string HashOf(byte[] whole) => Convert.ToHexStringLower(SHA256.HashData(whole));
}
