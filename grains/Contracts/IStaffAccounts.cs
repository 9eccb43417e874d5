using Aufruf.Domain;
using Aufruf.Domain.Identity;

namespace Aufruf.Contracts;

/// <summary>People of the staff sign in, and keep their own account.</summary>
public interface IStaffAccounts
{
    /// <summary>The authorities of this hub, "alsdorf".</summary>
    IReadOnlyList<string> Authorities { get; }

    /// <summary>Null: the session is over.</summary>
    ValueTask<SignedIn?> FindAsync(SessionPass session);

    /// <exception cref="JournalUnavailableException">Whether the person is in is unknown: sign in again.</exception>
    Task<EntryAnswer> EnterAsync(string authority, string name, string password);

    /// <param name="half">As the answer to the password named it.</param>
    /// <param name="code">Six digits of the authenticator app.</param>
    Task<EntryAnswer> EnterCodeAsync(string half, string code);

    Task LockAsync(SessionPass session);

    /// <returns>False: the password is wrong, or was wrong too often.</returns>
    Task<bool> UnlockAsync(SessionPass session, string password);

    Task LeaveAsync(SessionPass session);

    /// <summary>The person with sessions and second factor.</summary>
    Person? Find(string authority, string name);

    /// <returns>False: the old password is wrong.</returns>
    Task<bool> ChangePasswordAsync(SessionPass session, string old, string password);

    /// <summary>A new secret for an authenticator app. It counts after a right code.</summary>
    TotpOffer OfferTotp(SessionPass session);

    /// <returns>False: the code is not one of this offer.</returns>
    Task<bool> TurnOnTotpAsync(SessionPass session, string offer, string code);

    /// <returns>False: the password is wrong.</returns>
    Task<bool> TurnOffTotpAsync(SessionPass session, string password);

    /// <summary>A key by which a program acts as this person.</summary>
    /// <param name="password">Not asked of a person who has none.</param>
    /// <param name="until">At most a year from now.</param>
    Task<KeyAnswer> MakeKeyAsync(SessionPass session, string password, string label, DateTimeOffset until);

    Task EndSessionAsync(SessionPass session, string hash);

    /// <summary>Ends all of the person's sessions but this one.</summary>
    Task EndOthersAsync(SessionPass session);

    /// <summary>Whether a link of the first start opens its page.</summary>
    Task<bool> IsFirstLinkAsync(string authority, string code);

    /// <param name="authority">As in the link.</param>
    /// <param name="town">The same; of a hub without any town the name that the administrator gives it.</param>
    Task<Refusal?> CreateFirstAsync(string authority, string code, string town, string name, string displayName, string password);

    /// <summary>The person whom a one-time link is for; null: it is over.</summary>
    Task<Person?> OfLinkAsync(string authority, string name, string code);

    Task<Refusal?> SetPasswordAsync(string authority, string name, string code, string password);
}

/// <param name="Key">Shown once; null: it was not made.</param>
/// <param name="Refusal">Null without a key: the password is wrong.</param>
public sealed record KeyAnswer(string? Key = null, Refusal? Refusal = null);

/// <param name="Session">The person is in.</param>
/// <param name="Half">The password was right, and a code is needed. Neither: the person is not let in.</param>
public sealed record EntryAnswer(SessionPass? Session = null, string? Half = null);

/// <param name="Offer">The secret, encrypted for the form.</param>
/// <param name="Key">The secret, to be typed into an app.</param>
/// <param name="Address">The same as an address, for a QR code.</param>
public sealed record TotpOffer(string Offer, string Key, string Address);
