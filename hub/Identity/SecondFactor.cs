using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Grains;
using Microsoft.AspNetCore.DataProtection;
using OtpNet;
using Totp = Aufruf.Domain.Identity.Totp;

namespace Aufruf.Hub.Identity;

/// <summary>Codes of an authenticator app (RFC 6238). The secrets stand in the journal, sealed by the vault.</summary>
internal sealed class SecondFactor(Vault vault, IDataProtectionProvider protection, TimeProvider clock)
{
    // RFC 4226: a secret of 160 bits. RFC 6238: one step back for a slow hand, one forward for a fast clock.
    private const int SecretBytes = 20;
    private static readonly VerificationWindow Near = new(previous: 1, future: 1);
    private static readonly TimeSpan HalfAnHour = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly IDataProtector _forms = protection.CreateProtector("Aufruf.SecondFactor");

    public TotpOffer Offer(SessionPass session)
    {
        var secret = KeyGeneration.GenerateRandomKey(SecretBytes);
        var key = Base32Encoding.ToString(secret);
        return new(Write("offer", OwnerOf(session.Authority, session.Name), key, HalfAnHour), key,
            new OtpUri(OtpType.Totp, secret, $"{session.Name}@{session.Authority}", "Aufruf").ToString());
    }

    /// <returns>The sealed secret, and the step of the code; null: the code is not one of the offer.</returns>
    public async Task<Totp?> AcceptAsync(SessionPass session, string offer, string code) =>
        Read("offer", offer) is var (owner, key) && owner == OwnerOf(session.Authority, session.Name) && StepOf(key, code) is { } step
            ? new(await vault.SealAsync(Of(session.Authority), until: null, session.Name, key), step) : null;

    /// <summary>The step of a right code; null: it is wrong.</summary>
    public async Task<long?> StepAsync(string authority, Person person, string code) =>
        await vault.OpenAsync(Of(authority), person.Name, person.Totp?.SealedSecret) is { } key ? StepOf(key, code) : null;

    /// <summary>The password of this person was right, within the last minutes.</summary>
    public string Half(string authority, string name) => Write("half", OwnerOf(authority, name), "", Patience);

    public (string Authority, string Name)? OfHalf(string half) =>
        Read("half", half) is var (owner, _) && owner.Split('/') is [var authority, var name] ? (authority, name) : null;

    private static Subject Of(string authority) => new(People.StreamKind, authority);

    private static string OwnerOf(string authority, string name) => $"{authority}/{name}";

    private long? StepOf(string key, string code) => code.Length == 6 && code.All(char.IsAsciiDigit)
        && new OtpNet.Totp(Base32Encoding.ToBytes(key)).VerifyTotp(clock.GetUtcNow().UtcDateTime, code, out var step, Near) ? step : null;

    private string Write(string kind, string owner, string text, TimeSpan good) =>
        _forms.Protect(string.Join('|', kind,
            (clock.GetUtcNow() + good).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), owner, text));

    private (string Owner, string Text)? Read(string kind, string written)
    {
        try
        {
            return _forms.Unprotect(written).Split('|') is [var of, var until, var owner, var text] && of == kind
                && long.Parse(until, CultureInfo.InvariantCulture) > clock.GetUtcNow().ToUnixTimeSeconds() ? (owner, text) : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
