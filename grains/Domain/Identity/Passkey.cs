namespace Aufruf.Domain.Identity;

/// <summary>A key on a person's device or stick, which answers the hub's challenges. The hub knows its public half.</summary>
/// <param name="Id">As the device names it, in base64url.</param>
/// <param name="Label">As the person calls it: "office laptop".</param>
/// <param name="PublicKey">In COSE form, as base64url.</param>
/// <param name="SignCount">Of the last answer; always 0: the device does not count.</param>
/// <param name="Transports">How the device is reached: "usb", "internal".</param>
/// <param name="IsBackupEligible">The device may copy it to others.</param>
public sealed record Passkey(string Id, string Label, string PublicKey, uint SignCount, ImmutableList<string> Transports,
    bool IsBackupEligible, bool IsBackedUp, DateTimeOffset AddedAt)
{
    /// <summary>Null: not yet.</summary>
    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>The hub made the last answered challenge then: it and those before are used up.</summary>
    public DateTimeOffset? LastChallenge { get; init; }
}

/// <summary>The same, as a device has just made it.</summary>
public sealed record NewPasskey(string Id, string Label, string PublicKey, uint SignCount, ImmutableList<string> Transports,
    bool IsBackupEligible, bool IsBackedUp);

/// <summary>A right answer of a passkey, as the shell has checked it.</summary>
/// <param name="ChallengedAt">The hub made the challenge then.</param>
public sealed record PasskeyAnswer(string Passkey, uint SignCount, bool IsBackedUp, DateTimeOffset ChallengedAt);
