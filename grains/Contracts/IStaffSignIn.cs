namespace Aufruf.Contracts;

/// <summary>Signs clerks in to the staff's pages, by a clerk's token.</summary>
public interface IStaffSignIn
{
    /// <returns>Null when the token is unknown or not a clerk's.</returns>
    Task<Pass?> EnterAsync(string token);

    /// <summary>False after the token was replaced or revoked, or its holder signed out.</summary>
    bool IsGood(Pass pass);

    /// <summary>Ends all sessions of the holder, on every machine.</summary>
    /// <exception cref="JournalUnavailableException">The sessions may go on: repeat it.</exception>
    Task LeaveAsync(Pass pass);
}
