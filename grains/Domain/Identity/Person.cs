namespace Aufruf.Domain.Identity;

/// <summary>Somebody of an authority's staff.</summary>
/// <param name="Name">The log-in name, which is also the clerk's name at a counter: "anna".</param>
/// <param name="DisplayName">As colleagues read it: "Anna Schmitz".</param>
public sealed record Person(string Name, string DisplayName)
{
    public bool IsEnabled { get; init; } = true;

    /// <summary>As ASP.NET Core Identity's PasswordHasher writes it; null before the first one is set.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>The one-time link that sets a password; null when there is none.</summary>
    public OneTimeLink? Link { get; init; }

    /// <summary>Wrong passwords and codes since the last right one.</summary>
    public Failures Failures { get; init; } = new(0, 0, null, null);

    /// <summary>The second factor; null: the password is enough.</summary>
    public Totp? Totp { get; init; }

    /// <summary>By their ids.</summary>
    public ImmutableSortedDictionary<string, Passkey> Passkeys { get; init; } =
        ImmutableSortedDictionary.Create<string, Passkey>(StringComparer.Ordinal);

    /// <summary>By the hash of the session's id.</summary>
    public ImmutableSortedDictionary<string, Session> Sessions { get; init; } =
        ImmutableSortedDictionary.Create<string, Session>(StringComparer.Ordinal);

    /// <summary>The roles that an administrator has granted. <see cref="People.GrantsOf"/> has those of the provider besides.</summary>
    public ImmutableList<RoleGrant> Grants { get; init; } = [];

    /// <summary>The account at the town's provider; null: the person signs in here only.</summary>
    public ProviderAccount? Provider { get; init; }

    /// <summary>The next account of the provider with this name becomes this person's.</summary>
    public bool AwaitsProvider { get; init; }

    /// <summary>Values of the town's table that the provider said of this person at the last entry.</summary>
    public ImmutableList<string> Claims { get; init; } = [];

    /// <summary>Until when the person is away, and the colleague who takes over tasks; null: the person is here.</summary>
    public Absence? Absence { get; init; }

    /// <summary>The colleague who takes over tasks now; null: none.</summary>
    public string? SubstituteAt(DateTimeOffset now) => Absence is { } absence && now < absence.Until ? absence.Substitute : null;

    /// <summary>In one word, for a list of people.</summary>
    [JsonIgnore]
    public PersonState State => !IsEnabled ? PersonState.Disabled
        : this is { PasswordHash: null, Provider: null } ? PersonState.Invited
        : Failures.LockedUntil is not null ? PersonState.Locked
        : Sessions.Count > 0 ? PersonState.In : PersonState.Out;

    public bool IsLockedAt(DateTimeOffset now) => Failures.LockedUntil > now;
}

/// <summary>Invited: no way in was used yet. Locked: after wrong attempts. In: with a session or a key.</summary>
[JsonConverter(typeof(KebabEnum<PersonState>))]
public enum PersonState { Disabled, Invited, Locked, In, Out }

/// <param name="Hash">SHA-256 of the code in the link. A code is 32 random bytes.</param>
public sealed record OneTimeLink(string Hash, DateTimeOffset Until);

/// <param name="Count">In the present window.</param>
/// <param name="Locks">How often the sign-in was locked since the last right password: each lock is twice as long.</param>
/// <param name="Since">The first failure of the window.</param>
public sealed record Failures(int Count, int Locks, DateTimeOffset? Since, DateTimeOffset? LockedUntil);

/// <param name="SealedSecret">The shell seals and opens it.</param>
/// <param name="LastStep">The 30 seconds of the last used code: it and those before are used up.</param>
public sealed record Totp(string SealedSecret, long LastStep);

/// <param name="Way">How the person signed in.</param>
/// <param name="Until">A working day later; of a key, the day that the person chose.</param>
public sealed record Session(SignInWay Way, DateTimeOffset BegunAt, DateTimeOffset Until)
{
    /// <summary>The desk asks for the password again.</summary>
    public bool IsLocked { get; init; }

    /// <summary>The hash of the provider's name for its own session; null: it named none.</summary>
    public string? Sid { get; init; }

    /// <summary>The name of a key; null: a session of the pages.</summary>
    public string? Label { get; init; }
}

/// <param name="Substitute">The log-in name of the colleague.</param>
public sealed record Absence(string Substitute, DateTimeOffset Until);

/// <param name="Role">Id of the role.</param>
/// <param name="Place">An authority "alsdorf", an office "alsdorf.rathaus" or an area "alsdorf.rathaus.hall".</param>
public sealed record RoleGrant(string Role, string Place);

/// <summary>Key: a program shows it with each request. It opens no page.</summary>
[JsonConverter(typeof(KebabEnum<SignInWay>))]
public enum SignInWay { Password, PasswordAndCode, Passkey, Key, Provider }
