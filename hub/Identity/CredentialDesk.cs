using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Identity;
using Aufruf.Domain.Offices;
using Microsoft.Extensions.Options;

namespace Aufruf.Hub.Identity;

/// <summary>Issues the first credentials of an office: one clerk token, one display token, and passwords for devices on this machine.</summary>
internal sealed class CredentialDesk(CredentialBook book, IGrainFactory grains, IOptions<HubOptions> options, ILogger<CredentialDesk> log)
{
    public const string FirstClerk = "first-clerk";
    public const string FirstDisplay = "first-display";

    /// <summary>What was issued just now and will never be shown again.</summary>
    public async Task<IReadOnlyList<Secret>> PrepareAsync(Office office)
    {
        await grains.GetGrain<ICredentialsGrain>(CredentialBook.StreamOf(office.Key)).ReadAgain();
        var known = book.Of(office.Key).ByHolder;
        var shown = new List<Secret>();
        if (!known.Values.Any(c => c.Kind is CredentialKind.Clerk))
        {
            shown.Add(await IssueAsync(office.Key, CredentialKind.Clerk, FirstClerk));
        }

        if (!known.Values.Any(c => c.Kind is CredentialKind.Display))
        {
            shown.Add(await IssueAsync(office.Key, CredentialKind.Display, FirstDisplay));
        }

        if (options.Value.PairInto is { Length: > 0 } folder)
        {
            foreach (var device in office.Devices)
            {
                await PairAsync(office.Key, device.Id, Path.Combine(folder, device.Id, "password"), known.ContainsKey(device.Id));
            }
        }

        return shown;
    }

    /// <summary>A new secret for a holder; an old one of the same name stops working.</summary>
    public async Task<Secret> IssueAsync(string office, CredentialKind kind, string holder)
    {
        var secret = Secret.New(office, holder);
        await grains.GetGrain<ICredentialsGrain>(CredentialBook.StreamOf(office))
            .Handle(new RequestId(Guid.CreateVersion7()), new CredentialsCommand.Issue(kind, holder, secret.Hash));
        HubLog.CredentialIssued(log, kind.ToString(), holder, office);
        return secret;
    }

    private async Task PairAsync(string office, string device, string file, bool known)
    {
        if (known && File.Exists(file))
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

        File.Move(draft, file, overwrite: true); // Whole or not at all: the device may be waiting for it.
    }
}
