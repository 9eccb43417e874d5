using System.Security.Cryptography;

namespace Aufruf.Hub.Identity;

/// <summary>Makes the password of a new ticket's page.</summary>
public delegate TicketCode NewTicketCode();

internal static class TicketCodes
{
    // Crockford's alphabet: no character is misread, and no word appears.
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>16 characters that can be typed: 80 random bits.</summary>
    public static TicketCode Random() => new(RandomNumberGenerator.GetString(Alphabet, 16));
}
