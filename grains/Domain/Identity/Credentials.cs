using static Aufruf.Domain.Identity.CredentialsCommand;
using static Aufruf.Domain.Identity.CredentialsEvent;

namespace Aufruf.Domain.Identity;

/// <summary>The devices, displays, kiosks, feeds and mail servers of an office, each by the hash of its secret.</summary>
public sealed record Credentials(ImmutableDictionary<string, Credential> ByHolder)
    : IAggregate<Credentials, CredentialsCommand, CredentialsEvent>
{
    /// <summary>The codes that wait for their screen, by holder.</summary>
    public ImmutableDictionary<string, Pairing> Pairings { get; init; } = ImmutableDictionary<string, Pairing>.Empty;

    public static int Schema => 4;

    public static Credentials Empty { get; } = new(ImmutableDictionary<string, Credential>.Empty);

    /// <summary>A new secret for the same holder replaces the old one.</summary>
    public Decision<CredentialsEvent> Decide(CredentialsCommand command, DateTimeOffset now) => command switch
    {
        Issue { OnlyFirst: true } c when ByHolder.Values.Any(known => known.Kind == c.Kind) => Array.Empty<CredentialsEvent>(),
        Issue c => !IsName(c.Holder) ? Refusal.HolderMalformed
            : ByHolder.TryGetValue(c.Holder, out var before) && before.Kind != c.Kind ? Refusal.HolderTaken
            : new CredentialIssued(c.Kind, c.Holder, c.SecretHash, now) { By = c.By },
        Offer c => !IsName(c.Holder) ? Refusal.HolderMalformed
            : ByHolder.TryGetValue(c.Holder, out var before) && before.Kind != c.Kind ? Refusal.HolderTaken
            : new PairingOffered(c.Kind, c.Holder, c.CodeHash, now + Pairing.Lifetime, c.By, now),
        Redeem c => Pairings.TryGetValue(c.Holder, out var open) && open.CodeHash == c.CodeHash && now < open.Until
            ? new CredentialsEvent[] { new PairingRedeemed(c.Holder, now), new CredentialIssued(open.Kind, c.Holder, c.SecretHash, now) }
            : Refusal.PairingGone,
        Revoke c => ByHolder.ContainsKey(c.Holder) || Pairings.ContainsKey(c.Holder)
            ? new CredentialRevoked(c.Holder, now) { By = c.By } : Refusal.UnknownHolder,
        _ => throw new UnreachableException(),
    };

    public Credentials Apply(CredentialsEvent happened) => happened switch
    {
        PairingOffered e => this with { Pairings = Pairings.SetItem(e.Holder, new(e.Kind, e.Holder, e.CodeHash, e.Until)) },
        PairingRedeemed e => this with { Pairings = Pairings.Remove(e.Holder) },
        CredentialIssued e => With(ByHolder.SetItem(e.Holder, new Credential(e.Kind, e.Holder, e.SecretHash, e.At))),
        CredentialRevoked e => With(ByHolder.Remove(e.Holder)) with { Pairings = Pairings.Remove(e.Holder) },
        _ => throw new UnreachableException(),
    };

    private Credentials With(ImmutableDictionary<string, Credential> byHolder) => this with { ByHolder = byHolder };

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

        public static Refusal PairingGone => new("pairing-gone",
            "Dieser Code gilt nicht oder nicht mehr. Lassen Sie sich in der Verwaltung einen neuen geben.",
            "This code is not valid, or no longer. Ask the administration for a new one.", RefusalKind.NotFound);

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
public sealed record Credential(CredentialKind Kind, string Holder, string SecretHash, DateTimeOffset IssuedAt);

/// <summary>A short code that a screen exchanges for its credential, once.</summary>
/// <param name="CodeHash">SHA-256 of the code. It is worthless after <paramref name="Until"/>, so it needs no slow hash.</param>
public sealed record Pairing(CredentialKind Kind, string Holder, string CodeHash, DateTimeOffset Until)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);
}

[JsonConverter(typeof(KebabEnum<CredentialKind>))]
public enum CredentialKind { Display, Device, Kiosk, Feed, Mail }

[JsonDerivedType(typeof(Issue), "issue")]
[JsonDerivedType(typeof(Revoke), "revoke")]
[JsonDerivedType(typeof(Offer), "offer")]
[JsonDerivedType(typeof(Redeem), "redeem")]
public abstract record CredentialsCommand
{
    private CredentialsCommand() { }

    /// <param name="OnlyFirst">Nothing is issued when there is a credential of this kind already.</param>
    public sealed record Issue(CredentialKind Kind, string Holder, string SecretHash, bool OnlyFirst = false) : CredentialsCommand
    {
        /// <summary>The one who wishes it; null: the hub itself.</summary>
        public string? By { get; init; }
    }

    public sealed record Revoke(string Holder) : CredentialsCommand
    {
        public string? By { get; init; }
    }

    /// <summary>A code for a holder's screen; an older code of the same holder stops working.</summary>
    /// <param name="By">The one who asked for it.</param>
    public sealed record Offer(CredentialKind Kind, string Holder, string CodeHash, string By) : CredentialsCommand;

    /// <summary>The screen brings the code, and has its credential from now on.</summary>
    public sealed record Redeem(string Holder, string CodeHash, string SecretHash) : CredentialsCommand;
}

/// <summary>Facts about credentials, each with the name under which it stands in the journal.</summary>
[JsonDerivedType(typeof(CredentialIssued), "credential-issued")]
[JsonDerivedType(typeof(CredentialRevoked), "credential-revoked")]
[JsonDerivedType(typeof(PairingOffered), "pairing-offered")]
[JsonDerivedType(typeof(PairingRedeemed), "pairing-redeemed")]
public abstract record CredentialsEvent
{
    private CredentialsEvent() { }
    public sealed record CredentialIssued(CredentialKind Kind, string Holder, string SecretHash, DateTimeOffset At) : CredentialsEvent
    {
        /// <summary>The one who wished it; null: the hub itself, or it is from before names were noted.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? By { get; init; }
    }

    public sealed record CredentialRevoked(string Holder, DateTimeOffset At) : CredentialsEvent
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? By { get; init; }
    }
    public sealed record PairingOffered(CredentialKind Kind, string Holder, string CodeHash, DateTimeOffset Until, string By,
        DateTimeOffset At) : CredentialsEvent;
    public sealed record PairingRedeemed(string Holder, DateTimeOffset At) : CredentialsEvent;
}
