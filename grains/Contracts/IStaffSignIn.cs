namespace Aufruf.Contracts;

/// <summary>Signs clerks in to the staff's pages, by a clerk's token.</summary>
public interface IStaffSignIn
{
    /// <returns>Null when the token is unknown or not a clerk's.</returns>
    Task<StaffPass?> EnterAsync(string token);

    /// <summary>False after the token was replaced or revoked, or its holder signed out.</summary>
    bool IsGood(StaffPass pass);

    /// <summary>Ends all sessions of the holder, on every machine.</summary>
    /// <exception cref="JournalUnavailableException">The sessions may go on: repeat it.</exception>
    Task LeaveAsync(StaffPass pass);
}

/// <summary>A clerk who has shown a token.</summary>
/// <param name="Office">The one office it is good for, "alsdorf.rathaus".</param>
/// <param name="TokenHash">Distinguishes this token from an older or newer one of the same holder. It is no password.</param>
/// <param name="Session">Distinguishes this session from those before the holder's last sign-out.</param>
public sealed record StaffPass(string Office, string Holder, string TokenHash, int Session);
