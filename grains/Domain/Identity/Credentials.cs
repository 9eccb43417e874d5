using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Serialization;
using static Aufruf.Domain.Identity.CredentialsCommand;
using static Aufruf.Domain.Identity.CredentialsEvent;

namespace Aufruf.Domain.Identity;

/// <summary>Who may speak to an office's hub: devices, displays and clerks, each by the hash of its secret.</summary>
public sealed record Credentials(ImmutableDictionary<string, Credential> ByHolder)
{
    public static Credentials None { get; } = new(ImmutableDictionary<string, Credential>.Empty);

    /// <summary>A new secret for the same holder replaces the old one.</summary>
    public Decision<CredentialsEvent> Decide(CredentialsCommand command, DateTimeOffset now) => command switch
    {
        Issue wish => new CredentialIssued(wish.Kind, wish.Holder, wish.SecretHash, now),
        Revoke wish when ByHolder.ContainsKey(wish.Holder) => new CredentialRevoked(wish.Holder, now),
        Revoke => Refusal.UnknownHolder,
        _ => throw new UnreachableException(),
    };

    public Credentials Apply(CredentialsEvent happened) => happened switch
    {
        CredentialIssued e => new(ByHolder.SetItem(e.Holder, new Credential(e.Kind, e.Holder, e.SecretHash, e.At))),
        CredentialRevoked e => new(ByHolder.Remove(e.Holder)),
        _ => throw new UnreachableException(),
    };
}

/// <summary>One secret's hash. Secrets are 32 random bytes, so a plain SHA-256 cannot be guessed back.</summary>
/// <param name="Holder">A device's id, or the name under which a token was issued.</param>
/// <param name="SecretHash">SHA-256 of the secret's text, base64url.</param>
public sealed record Credential(CredentialKind Kind, string Holder, string SecretHash, DateTimeOffset IssuedAt);

[JsonConverter(typeof(KebabEnum<CredentialKind>))]
public enum CredentialKind { Clerk, Display, Device }

[JsonDerivedType(typeof(Issue), "issue")]
[JsonDerivedType(typeof(Revoke), "revoke")]
public abstract record CredentialsCommand
{
    private CredentialsCommand() { }
    public sealed record Issue(CredentialKind Kind, string Holder, string SecretHash) : CredentialsCommand;
    public sealed record Revoke(string Holder) : CredentialsCommand;
}

/// <summary>Facts about credentials. The names in quotes are written to the journal: add to them, never rename one.</summary>
[JsonDerivedType(typeof(CredentialIssued), "credential-issued")]
[JsonDerivedType(typeof(CredentialRevoked), "credential-revoked")]
public abstract record CredentialsEvent
{
    private CredentialsEvent() { }
    public sealed record CredentialIssued(CredentialKind Kind, string Holder, string SecretHash, DateTimeOffset At) : CredentialsEvent;
    public sealed record CredentialRevoked(string Holder, DateTimeOffset At) : CredentialsEvent;
}
