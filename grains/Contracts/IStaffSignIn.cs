namespace Aufruf.Contracts;

/// <summary>Signs clerks in to the staff's pages, by a clerk's token.</summary>
public interface IStaffSignIn
{
    /// <returns>Null when the token is unknown or not a clerk's.</returns>
    Task<StaffPass?> EnterAsync(string token);

    /// <summary>False after the token was replaced.</summary>
    bool IsGood(StaffPass pass);
}

/// <summary>A clerk who has shown a token.</summary>
/// <param name="Office">The one office it is good for, "alsdorf.rathaus".</param>
/// <param name="TokenHash">Distinguishes this token from an older or newer one of the same holder. It is no password.</param>
public sealed record StaffPass(string Office, string Holder, string TokenHash);
