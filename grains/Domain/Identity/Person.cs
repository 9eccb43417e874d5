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

    /// <summary>By the hash of the session's id.</summary>
    public ImmutableSortedDictionary<string, Session> Sessions { get; init; } =
        ImmutableSortedDictionary.Create<string, Session>(StringComparer.Ordinal);

    public ImmutableList<RoleGrant> Grants { get; init; } = [];

    public bool Holds(string role) => Grants.Exists(grant => grant.Role == role);

    public bool IsLockedAt(DateTimeOffset now) => Failures.LockedUntil > now;
}

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

    /// <summary>The name of a key; null: a session of the pages.</summary>
    public string? Label { get; init; }
}

/// <param name="Role">Id of the role.</param>
/// <param name="Place">An authority "alsdorf", an office "alsdorf.rathaus" or an area "alsdorf.rathaus.hall".</param>
public sealed record RoleGrant(string Role, string Place);

/// <summary>Key: a program shows it with each request. It opens no page.</summary>
[JsonConverter(typeof(KebabEnum<SignInWay>))]
public enum SignInWay { Password, PasswordAndCode, Key }
