using System.Security.Cryptography;
using System.Text;

namespace Aufruf.Grains;

/// <summary>AES-256-GCM: nonce (12 bytes), tag (16) and cipher in one piece. The place is authenticated: no piece fits elsewhere.
/// </summary>
internal static class Cipher
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public static byte[] Encrypt(byte[] key, string place, ReadOnlySpan<byte> clear)
    {
        var whole = new byte[NonceBytes + TagBytes + clear.Length];
        RandomNumberGenerator.Fill(whole.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(whole.AsSpan(0, NonceBytes), clear, whole.AsSpan(NonceBytes + TagBytes), whole.AsSpan(NonceBytes, TagBytes),
            Encoding.UTF8.GetBytes(place));
        return whole;
    }

    /// <summary>Null: it was altered, made with another key, or for another place.</summary>
    public static byte[]? Decrypt(byte[] key, string place, ReadOnlySpan<byte> whole)
    {
        if (whole.Length < NonceBytes + TagBytes)
        {
            return null;
        }

        var clear = new byte[whole.Length - NonceBytes - TagBytes];
        try
        {
            using var aes = new AesGcm(key, TagBytes);
            aes.Decrypt(whole[..NonceBytes], whole[(NonceBytes + TagBytes)..], whole.Slice(NonceBytes, TagBytes), clear,
                Encoding.UTF8.GetBytes(place));
            return clear;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
