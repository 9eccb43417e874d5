namespace Aufruf.Domain.Identity;

/// <summary>Wishes about the people of an authority. By names the one who wishes it.</summary>
[JsonDerivedType(typeof(OfferFirst), "offer-first")]
[JsonDerivedType(typeof(CreateFirst), "create-first")]
[JsonDerivedType(typeof(Invite), "invite")]
[JsonDerivedType(typeof(OfferLink), "offer-link")]
[JsonDerivedType(typeof(SetPassword), "set-password")]
[JsonDerivedType(typeof(ChangePassword), "change-password")]
[JsonDerivedType(typeof(CountFailure), "count-failure")]
[JsonDerivedType(typeof(Unlock), "unlock")]
[JsonDerivedType(typeof(BeginSession), "begin-session")]
[JsonDerivedType(typeof(MakeKey), "make-key")]
[JsonDerivedType(typeof(EndSession), "end-session")]
[JsonDerivedType(typeof(EndAllSessions), "end-all-sessions")]
[JsonDerivedType(typeof(LockSession), "lock-session")]
[JsonDerivedType(typeof(UnlockSession), "unlock-session")]
[JsonDerivedType(typeof(Disable), "disable")]
[JsonDerivedType(typeof(Enable), "enable")]
[JsonDerivedType(typeof(Grant), "grant")]
[JsonDerivedType(typeof(TakeAway), "take-away")]
[JsonDerivedType(typeof(NameSubstitute), "name-substitute")]
[JsonDerivedType(typeof(DefineRole), "define-role")]
[JsonDerivedType(typeof(RemoveRole), "remove-role")]
[JsonDerivedType(typeof(TurnOnTotp), "turn-on-totp")]
[JsonDerivedType(typeof(TurnOffTotp), "turn-off-totp")]
[JsonDerivedType(typeof(EnterByProvider), "enter-by-provider")]
[JsonDerivedType(typeof(AwaitProvider), "await-provider")]
[JsonDerivedType(typeof(MapClaim), "map-claim")]
[JsonDerivedType(typeof(UnmapClaim), "unmap-claim")]
[JsonDerivedType(typeof(EndByProvider), "end-by-provider")]
[JsonDerivedType(typeof(AddPasskey), "add-passkey")]
[JsonDerivedType(typeof(RenamePasskey), "rename-passkey")]
[JsonDerivedType(typeof(RemovePasskey), "remove-passkey")]
[JsonDerivedType(typeof(EnterByPasskey), "enter-by-passkey")]
[JsonDerivedType(typeof(UnlockByPasskey), "unlock-by-passkey")]
public abstract record PeopleCommand
{
    private PeopleCommand() { }

    /// <summary>The first administrator comes by this link. Nothing happens when there is somebody already.</summary>
    public sealed record OfferFirst(string LinkHash, DateTimeOffset Until) : PeopleCommand;

    /// <summary>The first administrator takes name and password.</summary>
    public sealed record CreateFirst(string LinkHash, string Name, string DisplayName, string PasswordHash, string Authority)
        : PeopleCommand
    {
        /// <summary>In a demo the administrator works at the desk and on cases too.</summary>
        public bool Works { get; init; }
    }

    public sealed record Invite(string Name, string DisplayName, string LinkHash, DateTimeOffset Until, string By) : PeopleCommand;

    /// <summary>A new link for somebody who has lost the password or the link.</summary>
    public sealed record OfferLink(string Name, string LinkHash, DateTimeOffset Until, string By) : PeopleCommand;

    /// <summary>By the one-time link. All sessions end.</summary>
    public sealed record SetPassword(string Name, string LinkHash, string PasswordHash) : PeopleCommand;

    /// <summary>The shell has checked the old one. All other sessions end.</summary>
    public sealed record ChangePassword(string Name, string PasswordHash, string Session) : PeopleCommand;

    /// <summary>A password or code was wrong.</summary>
    public sealed record CountFailure(string Name) : PeopleCommand;
    public sealed record Unlock(string Name, string By) : PeopleCommand;
    public sealed record BeginSession(string Name, string Session, SignInWay Way, DateTimeOffset Until, long? Step) : PeopleCommand;

    /// <summary>A session for a program, which acts with the rights of the person.</summary>
    /// <param name="Session">The hash of its secret.</param>
    /// <param name="Label">The name of the key, for the person.</param>
    public sealed record MakeKey(string Name, string Session, string Label, DateTimeOffset Until, string By) : PeopleCommand;
    public sealed record EndSession(string Name, string Session, string By) : PeopleCommand;
    public sealed record EndAllSessions(string Name, string? Kept, string By) : PeopleCommand;

    /// <summary>The desk hides what it shows.</summary>
    public sealed record LockSession(string Name, string Session) : PeopleCommand;

    /// <summary>The shell has checked the password.</summary>
    public sealed record UnlockSession(string Name, string Session) : PeopleCommand;
    public sealed record Disable(string Name, string By) : PeopleCommand;
    public sealed record Enable(string Name, string By) : PeopleCommand;
    public sealed record Grant(string Name, string Role, string Place, string By) : PeopleCommand;
    public sealed record TakeAway(string Name, string Role, string Place, string By) : PeopleCommand;

    /// <summary>The person is away, and a colleague takes over tasks.</summary>
    /// <param name="Substitute">Null: the person is here.</param>
    /// <param name="Until">Null: the person is here.</param>
    public sealed record NameSubstitute(string Name, string? Substitute, DateTimeOffset? Until, string By) : PeopleCommand;
    public sealed record DefineRole(string Id, Texts Name, IReadOnlyList<Permission> Permissions, string By) : PeopleCommand;

    /// <summary>An own role that nobody holds.</summary>
    public sealed record RemoveRole(string Id, string By) : PeopleCommand;

    /// <summary>The person has shown a right code of the new secret.</summary>
    public sealed record TurnOnTotp(string Name, string SealedSecret, long Step) : PeopleCommand;
    public sealed record TurnOffTotp(string Name, string By) : PeopleCommand;

    /// <summary>The provider says who it is, and the shell has checked its answer. Somebody new becomes a person.</summary>
    /// <param name="Values">The provider says these of the account, for example its groups.</param>
    /// <param name="Sid">The hash of the provider's name for its session.</param>
    /// <param name="Instead">The session of the same browser that ends, for example a locked one.</param>
    public sealed record EnterByProvider(ProviderAccount Account, string Name, string DisplayName, IReadOnlyList<string> Values,
        string Session, string? Sid, DateTimeOffset Until, string? Instead) : PeopleCommand;

    /// <summary>Gives up the present account at the provider: the next one of this name is the person's.</summary>
    public sealed record AwaitProvider(string Name, string By) : PeopleCommand;
    public sealed record MapClaim(string Value, string Role, string Place, string By) : PeopleCommand;
    public sealed record UnmapClaim(string Value, string Role, string Place, string By) : PeopleCommand;

    /// <summary>The provider ends sessions: one of its own, or all of an account.</summary>
    /// <param name="Token">The hash of the order's id: it is carried out once.</param>
    public sealed record EndByProvider(string Issuer, string? Subject, string? Sid, string Token) : PeopleCommand;
    /// <summary>The shell has checked the password, and the answer of the new passkey.</summary>
    public sealed record AddPasskey(string Name, NewPasskey Passkey) : PeopleCommand;
    public sealed record RenamePasskey(string Name, string Passkey, string Label) : PeopleCommand;

    /// <param name="Kept">The session that goes on; null: it is not the person who removes it.</param>
    public sealed record RemovePasskey(string Name, string Passkey, string? Kept, string By) : PeopleCommand;

    /// <summary>It counts as both factors: the device has checked the person too.</summary>
    public sealed record EnterByPasskey(string Name, PasskeyAnswer Answer, string Session, DateTimeOffset Until) : PeopleCommand;
    public sealed record UnlockByPasskey(string Name, PasskeyAnswer Answer, string Session) : PeopleCommand;
}
