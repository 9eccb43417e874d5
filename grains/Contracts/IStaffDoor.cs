namespace Aufruf.Contracts;

/// <summary>Who may enter the staff's pages: for now whoever has a clerk's token, later people by name.</summary>
public interface IStaffDoor
{
    /// <returns>Null when the token is unknown or not a clerk's.</returns>
    Task<StaffPass?> EnterAsync(string token);

    /// <summary>Whether a pass still opens: the token may have been replaced since.</summary>
    bool IsGood(StaffPass pass);
}

/// <summary>A clerk who has shown a token.</summary>
/// <param name="Office">The one office it is good for, "alsdorf.rathaus".</param>
/// <param name="Seal">Tells this token from an older or newer one of the same holder; nobody can enter with it.</param>
public sealed record StaffPass(string Office, string Holder, string Seal);
