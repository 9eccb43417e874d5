using System.Security.Cryptography;
using System.Text;

namespace Aufruf.Hub.Identity;

/// <summary>Lets a reader of the hub's console set up the first office. A restart makes a new one.</summary>
public sealed class SetupKey
{
    // As long as the password of a ticket's page, which cannot be guessed either.
    private const int Length = 16;

    // A line of the hub's console is copied, and perhaps typed.
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public string Text { get; } = RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>Compares in constant time.</summary>
    public bool Opens(string? key) => key is { Length: <= 2 * Length } && CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(key.Trim()), Encoding.UTF8.GetBytes(Text));
}
