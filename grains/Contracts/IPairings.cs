using Aufruf.Domain;
using Aufruf.Domain.Identity;

namespace Aufruf.Contracts;

/// <summary>The credentials of an office's boards, kiosks and devices: each comes to its screen by a short code.</summary>
public interface IPairings
{
    /// <summary>Null: there is no such office.</summary>
    IReadOnlyList<PairedScreen>? In(string office);

    /// <summary>A new code for a holder of the list. Its screen loses the former credential when the code is used.</summary>
    Task<PairingCode> OfferAsync(string office, string holder, string by);

    /// <summary>The screen or device is locked out at once.</summary>
    Task<Refusal?> RevokeAsync(string office, string holder, string by);

    /// <summary>Null: the code is wrong, used or over.</summary>
    Task<Paired?> RedeemAsync(string code);
}

/// <param name="Kind">Display, Kiosk or Device.</param>
/// <param name="Place">The board, kiosk or device; null: a credential for all of the office.</param>
/// <param name="Holder">"board.halle", "board.halle.2" for its second screen, "kiosk.foyer", or a device's id.</param>
/// <param name="Since">Null: it has no credential yet.</param>
/// <param name="CodeUntil">So long its code waits; null: there is none.</param>
public sealed record PairedScreen(CredentialKind Kind, string? Place, string Holder, DateTimeOffset? Since, DateTimeOffset? CodeUntil);

/// <param name="Code">Eight letters and digits, shown once; null: it was refused.</param>
public sealed record PairingCode(string? Code, DateTimeOffset? Until, Refusal? Refusal = null);

/// <param name="Screen">The board or kiosk, "alsdorf.rathaus.halle"; null: a device.</param>
/// <param name="Address">The page to go to; null: a device.</param>
/// <param name="Token">Shown once; a device's password.</param>
public sealed record Paired(CredentialKind Kind, string Office, string Holder, string? Screen, string? Address, string Token);
