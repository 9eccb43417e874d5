using System.Diagnostics;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Offices;
using Microsoft.Extensions.Options;

namespace Aufruf.Hub.Identity;

/// <summary>Issues the first credentials of an office: tokens of a display and a kiosk, and passwords for devices here.</summary>
internal sealed class CredentialIssuer(CredentialCache credentials, Announcements<Credentials, CredentialsEvent> announcements,
    OfficeDirectory offices, IGrainFactory grains, IOptions<HubOptions> options, ILogger<CredentialIssuer> log)
{
    public const string FirstDisplay = "first-display";
    public const string FirstKiosk = "first-kiosk";

    /// <summary>The holder of the first credential of a kind.</summary>
    public static string First(CredentialKind kind) => $"first-{kind.ToString().ToLowerInvariant()}";

    /// <summary>Returns the new secrets, which are shown once.</summary>
    public async Task<IReadOnlyList<Secret>> PrepareAsync(Office office)
    {
        await announcements.CatchUpAsync(CredentialCache.StreamOf(office.Key));
        var known = credentials.Of(office.Key).ByHolder;
        var shown = new List<Secret>();
        CredentialKind[] kinds = [CredentialKind.Display, CredentialKind.Kiosk];
        foreach (var kind in kinds.Where(kind => known.Values.All(c => c.Kind != kind)
            && (kind is not CredentialKind.Kiosk || office.Kiosks.Count > 0)))
        {
            if (await TryIssueAsync(office.Key, kind, First(kind), onlyFirst: true) is { } first)
            {
                shown.Add(first);
            }
        }

        if (options.Value.PairInto is { Length: > 0 } folder)
        {
            foreach (var device in office.Devices)
            {
                await PairAsync(office.Key, device.Id, folder, known.GetValueOrDefault(device.Id));
            }
        }

        return shown;
    }

    /// <summary>A new secret for a holder; an old one of the same name stops working.</summary>
    public async Task<Secret> IssueAsync(string office, CredentialKind kind, string holder) =>
        await TryIssueAsync(office, kind, holder, onlyFirst: false) ?? throw new UnreachableException();

    /// <summary>Null: it is not the first of its kind. Another hub hears of a new office at the same moment.</summary>
    private async Task<Secret?> TryIssueAsync(string office, CredentialKind kind, string holder, bool onlyFirst)
    {
        var secret = Secret.New(office, holder);
        var answer = await grains.GetGrain<ICredentialsGrain>(CredentialCache.StreamOf(office))
            .Handle(new RequestId(Guid.CreateVersion7()), new CredentialsCommand.Issue(kind, holder, secret.Hash, onlyFirst));
        if (answer.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"{holder} of {office}: {refusal.English}");
        }

        await announcements.CatchUpAsync(CredentialCache.StreamOf(office)); // Its grain may live in another hub.
        if (answer.Events.Count == 0)
        {
            return null;
        }

        HubLog.CredentialIssued(log, kind.ToString(), holder, office);
        return secret;
    }

    private async Task PairAsync(string office, string device, string folder, Credential? known)
    {
        if (known is { Kind: not CredentialKind.Device })
        {
            HubLog.NotPaired(log, device, office, Refusal.HolderTaken.English);
            return;
        }

        var file = Path.Combine(folder, device, "password");
        if (File.Exists(file) && await BelongsToAnotherAsync(office, device, file))
        {
            file = Path.Combine(folder, office, device, "password");
        }

        if (known is not null && File.Exists(file))
        {
            return;
        }

        var secret = await IssueAsync(office, CredentialKind.Device, device);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var draft = file + ".new";
        await File.WriteAllTextAsync(draft, secret.Text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(draft, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.Move(draft, file, overwrite: true); // Whole or not at all: the device may be reading it.
        HubLog.Paired(log, device, office, file);
    }

    /// <summary>Two offices may have a device of the same name. The later one gets its password in a folder of its office.</summary>
    private async Task<bool> BelongsToAnotherAsync(string office, string device, string file)
    {
        var text = (await File.ReadAllTextAsync(file)).Trim();
        return offices.All.Any(other => other.Key != office && credentials.Find(new Secret(other.Key, device, text)) is not null);
    }
}
