using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Identity;

/// <summary>Gives screens and devices their credentials by a short code, and takes them back.</summary>
internal sealed class Pairings(CredentialCache credentials, CredentialWatch watch, OfficeDirectory offices, IGrainFactory grains,
    Announcements<Credentials, CredentialsEvent> announcements, IAccessBook log, TimeProvider clock) : IPairings
{
    // Without 0 O 1 I L U: no letter is misread, and no word appears. 39 bits, for 15 minutes.
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int CodeLength = 8;

    public IReadOnlyList<PairedScreen>? In(string office)
    {
        if (offices.Find(office) is not { } found)
        {
            return null;
        }

        var (known, now) = (credentials.Of(office), clock.GetUtcNow());
        var held = known.ByHolder.Values.Where(c => c.Kind is CredentialKind.Display or CredentialKind.Kiosk or CredentialKind.Device)
            .Select(c => (c.Kind, c.Holder)).Concat(known.Pairings.Values.Where(p => now < p.Until).Select(p => (p.Kind, p.Holder)));
        return [.. held.Concat(PlacesOf(found).Select(place => (place.Kind, Holder: NextHolder(known, place.Kind, place.Id)))).Distinct()
            .Select(one => new PairedScreen(one.Kind, ScreenHolder.PlaceOf(one.Kind, one.Holder), one.Holder,
                known.ByHolder.GetValueOrDefault(one.Holder)?.IssuedAt,
                known.Pairings.GetValueOrDefault(one.Holder) is { } open && now < open.Until ? open.Until : null))
            .OrderBy(one => one.Kind).ThenBy(one => one.Holder, StringComparer.Ordinal)];
    }

    public async Task<PairingCode> OfferAsync(string office, string holder, string by)
    {
        if (In(office)?.FirstOrDefault(one => one.Holder == holder) is not { } screen)
        {
            return new(null, null, Refusal.UnknownHolder);
        }

        var code = RandomNumberGenerator.GetString(Alphabet, CodeLength);
        var answer = await HandleAsync(office, new CredentialsCommand.Offer(screen.Kind, holder, HashOf(code), by));
        return answer.Refusal is { } refusal ? new(null, null, refusal) : new(code, clock.GetUtcNow() + Pairing.Lifetime);
    }

    public async Task<Refusal?> RevokeAsync(string office, string holder, string by)
    {
        if (In(office)?.Any(one => one.Holder == holder) is not true)
        {
            return Refusal.UnknownHolder;
        }

        await log.NoteAsync(office.Split('.')[0], new(by, office, AccessKind.Credential, holder, AccessWay.Page));
        return (await HandleAsync(office, new CredentialsCommand.Revoke(holder) { By = by })).Refusal;
    }

    public async Task<Paired?> RedeemAsync(string code)
    {
        var typed = new string([.. code.Where(c => c is not (' ' or '-')).Select(char.ToUpperInvariant)]);
        if (typed.Length != CodeLength || !typed.All(Alphabet.Contains)
            || await watch.FindPairingAsync(HashOf(typed)) is not var (office, open))
        {
            return null;
        }

        var secret = Secret.New(office, open.Holder);
        var answer = await HandleAsync(office, new CredentialsCommand.Redeem(open.Holder, open.CodeHash, secret.Hash));
        if (answer.Refusal is not null)
        {
            return null; // Another screen was faster.
        }

        var screen = ScreenHolder.PlaceOf(open.Kind, open.Holder) is { } place && open.Kind is not CredentialKind.Device
            ? $"{office}.{place}" : null;
        return new(open.Kind, office, open.Holder, screen, screen is null ? null
            : open.Kind is CredentialKind.Kiosk ? $"/kiosk/?kiosk={screen}" : $"/board/?board={screen}",
            open.Kind is CredentialKind.Device ? secret.Text : secret.Token);
    }

    private static IEnumerable<(CredentialKind Kind, string Id)> PlacesOf(Office office) =>
        office.Areas.SelectMany(area => area.Boards).Select(board => (CredentialKind.Display, board.Id))
            .Concat(office.Kiosks.Select(kiosk => (CredentialKind.Kiosk, kiosk.Id)))
            .Concat(office.Devices.Select(device => (CredentialKind.Device, device.Id)));

    /// <summary>A board may have several screens: its next free name. A device or kiosk has one.</summary>
    private static string NextHolder(Credentials known, CredentialKind kind, string id)
    {
        var first = ScreenHolder.Of(kind, id);
        return kind is not CredentialKind.Display ? first
            : Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? first : $"{first}.{n}")
                .First(holder => !known.ByHolder.ContainsKey(holder));
    }

    private async Task<Answer<CredentialsEvent>> HandleAsync(string office, CredentialsCommand command)
    {
        var stream = CredentialCache.StreamOf(office);
        var answer = await grains.GetGrain<ICredentialsGrain>(stream).Handle(new(Guid.CreateVersion7()), command);
        await announcements.CatchUpAsync(stream); // Its grain may live in another hub.
        return answer;
    }

    private static string HashOf(string code) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(code)));
}

/// <summary>The holders of paired screens bear the name of their place.</summary>
internal static class ScreenHolder
{
    private const string Board = "board.";
    private const string Kiosk = "kiosk.";

    public static string Of(CredentialKind kind, string id) => kind switch
    {
        CredentialKind.Display => Board + id,
        CredentialKind.Kiosk => Kiosk + id,
        _ => id,
    };

    /// <summary>"board.halle.2" is a screen of the board "halle"; null: the holder belongs to no one place.</summary>
    public static string? PlaceOf(CredentialKind kind, string holder) => kind is CredentialKind.Device ? holder
        : holder.StartsWith(kind is CredentialKind.Kiosk ? Kiosk : Board, StringComparison.Ordinal) ? holder.Split('.')[1] : null;

    /// <summary>A paired kiosk gives tickets at its own place only.</summary>
    public static bool MayActAt(string holder, string kiosk) => PlaceOf(CredentialKind.Kiosk, holder) is not { } own || own == kiosk;
}
