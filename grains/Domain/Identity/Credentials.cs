using static Aufruf.Domain.Identity.CredentialsCommand;
using static Aufruf.Domain.Identity.CredentialsEvent;

namespace Aufruf.Domain.Identity;

/// <summary>The devices, displays, kiosks and clerks that may speak to an office's hub, each by the hash of its secret.</summary>
public sealed record Credentials(ImmutableDictionary<string, Credential> ByHolder)
    : IAggregate<Credentials, CredentialsCommand, CredentialsEvent>
{
    public static int Schema => 2;

    public static Credentials Empty { get; } = new(ImmutableDictionary<string, Credential>.Empty);

    /// <summary>A new secret for the same holder replaces the old one.</summary>
    public Decision<CredentialsEvent> Decide(CredentialsCommand command, DateTimeOffset now) => command switch
    {
        Issue { OnlyFirst: true } c when ByHolder.Values.Any(known => known.Kind == c.Kind) => Array.Empty<CredentialsEvent>(),
        Issue c => !IsName(c.Holder) ? Refusal.HolderMalformed
            : ByHolder.TryGetValue(c.Holder, out var before) && before.Kind != c.Kind ? Refusal.HolderTaken
            : new CredentialIssued(c.Kind, c.Holder, c.SecretHash, now),
        EndSessions c => ByHolder.ContainsKey(c.Holder) ? new SessionsEnded(c.Holder, now) : Refusal.UnknownHolder,
        Revoke c => ByHolder.ContainsKey(c.Holder) ? new CredentialRevoked(c.Holder, now) : Refusal.UnknownHolder,
        _ => throw new UnreachableException(),
    };

    public Credentials Apply(CredentialsEvent happened) => happened switch
    {
        CredentialIssued e => new(ByHolder.SetItem(e.Holder, new Credential(e.Kind, e.Holder, e.SecretHash, e.At))),
        CredentialRevoked e => new(ByHolder.Remove(e.Holder)),
        SessionsEnded e => new(ByHolder.SetItem(e.Holder, ByHolder[e.Holder] with { Session = ByHolder[e.Holder].Session + 1 })),
        _ => throw new UnreachableException(),
    };

    /// <summary>A name stands in a token, in an address and in the log.</summary>
    private static bool IsName(string holder) => holder.Length is > 0 and <= LongestHolder && char.IsAsciiLetterOrDigit(holder[0])
        && holder.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '@');

    public const int LongestHolder = 60;
}

public static class CredentialRefusals
{
    extension(Refusal)
    {
        public static Refusal UnknownHolder => new("unknown-holder",
            "Dazu gibt es keinen Zugang.", "No credential was issued under this name.", RefusalKind.NotFound);

        public static Refusal HolderMalformed => new("holder-malformed",
            "Ein Name hat höchstens 60 Buchstaben (a bis z), Ziffern, '-', '_', '.' und '@' und beginnt mit Buchstabe oder Ziffer.",
            "A holder's name has at most 60 letters (a to z), digits, '-', '_', '.' and '@', and begins with a letter or digit.");

        public static Refusal HolderTaken => new("holder-taken",
            "Diesen Namen hat schon ein Zugang anderer Art.", "A credential of another kind has this name already.");
    }
}

/// <summary>One secret's hash. Secrets are 32 random bytes, so a plain SHA-256 cannot be guessed back.</summary>
/// <param name="Holder">A device's id, or the name under which a token was issued.</param>
/// <param name="SecretHash">SHA-256 of the secret's text, base64url.</param>
public sealed record Credential(CredentialKind Kind, string Holder, string SecretHash, DateTimeOffset IssuedAt)
{
    /// <summary>Grows with each sign-out: a session with a lower number is over.</summary>
    public int Session { get; init; }
}

[JsonConverter(typeof(KebabEnum<CredentialKind>))]
public enum CredentialKind { Clerk, Display, Device, Kiosk, Feed, Mail }

[JsonDerivedType(typeof(Issue), "issue")]
[JsonDerivedType(typeof(Revoke), "revoke")]
[JsonDerivedType(typeof(EndSessions), "end-sessions")]
public abstract record CredentialsCommand
{
    private CredentialsCommand() { }

    /// <param name="OnlyFirst">Nothing is issued when there is a credential of this kind already.</param>
    public sealed record Issue(CredentialKind Kind, string Holder, string SecretHash, bool OnlyFirst = false) : CredentialsCommand;
    public sealed record Revoke(string Holder) : CredentialsCommand;

    /// <summary>The holder signs out, on every machine.</summary>
    public sealed record EndSessions(string Holder) : CredentialsCommand;
}

/// <summary>Facts about credentials, each with the name under which it stands in the journal.</summary>
[JsonDerivedType(typeof(CredentialIssued), "credential-issued")]
[JsonDerivedType(typeof(CredentialRevoked), "credential-revoked")]
[JsonDerivedType(typeof(SessionsEnded), "sessions-ended")]
public abstract record CredentialsEvent
{
    private CredentialsEvent() { }
    public sealed record CredentialIssued(CredentialKind Kind, string Holder, string SecretHash, DateTimeOffset At) : CredentialsEvent;
    public sealed record CredentialRevoked(string Holder, DateTimeOffset At) : CredentialsEvent;
    public sealed record SessionsEnded(string Holder, DateTimeOffset At) : CredentialsEvent;
}
