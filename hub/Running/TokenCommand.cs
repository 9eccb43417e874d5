using Aufruf.Domain.Identity;
using Aufruf.Grains;
using Aufruf.Hub.Api;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Running;

/// <summary>"token": issues, lists and revokes credentials, also beside a running hub. A new secret is shown once.</summary>
internal static class TokenCommand
{
    private const string Usage = """
        Usage: token person --authority alsdorf --person anna [--name "What it is for"] [--days 90]
               token display|kiosk|device|feed|mail --office alsdorf.rathaus [--holder NAME]
               token list --office alsdorf.rathaus
               token revoke --office alsdorf.rathaus --holder NAME
        A device's holder is its id. A feed's answer is the address, behind the hub's own, that a calendar program subscribes to.
        Without a holder the office's first display, kiosk, feed or mail server gets a new token.
        A program acts for a person: it shows the person's key, and has the person's rights at each moment.
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        var configuration = CommandSettings.Read(args.Length > 0 ? args[1..] : []);
        if (args is ["person", ..])
        {
            return configuration["authority"] is { Length: > 0 } authority && configuration["person"] is { Length: > 0 } person
                ? await PersonKeyCommand.RunAsync(configuration, authority, person, TimeProvider.System) : await SayNoAsync(Usage);
        }

        var (verb, holder) = (args.FirstOrDefault() ?? "", configuration["holder"]);
        var isKind = Enum.GetNames<CredentialKind>().Contains(verb, StringComparer.OrdinalIgnoreCase);
        var kind = isKind ? Enum.Parse<CredentialKind>(verb, ignoreCase: true) : default;
        if (!(isKind || verb is "list" or "revoke") || configuration["office"] is not { Length: > 0 } office
            || (holder is null && (verb is "revoke" || (isKind && kind is CredentialKind.Device))))
        {
            return await SayNoAsync(Usage);
        }

        var described = Described(configuration, office);
        var hasJournal = CommandSettings.JournalFile(configuration) is not { } file || File.Exists(file);
        if (described is null && !hasJournal)
        {
            return await SayNoAsync(UnknownOffice(office));
        }

        await using var journal = await CommandSettings.OpenJournalAsync(configuration, readOnly: false);
        described = (await OfficeCopies.ReadAsync(journal)).Offices.Find(office) ?? described;
        if (described is null && await journal.LastVersionAsync(CredentialCache.StreamOf(office)) == 0)
        {
            return await SayNoAsync(UnknownOffice(office));
        }

        if (isKind && kind is CredentialKind.Device && described?.Devices.Any(d => d.Id == holder) is false)
        {
            return await SayNoAsync($"{office} has no device '{Printable(holder)}'.");
        }

        var cache = new CredentialCache();
        var credentials = Journaled.Of<Credentials, CredentialsCommand, CredentialsEvent>(
            CredentialCache.StreamOf(office), journal, cache, TimeProvider.System);
        if (verb is "list")
        {
            foreach (var held in (await credentials.ViewAsync()).State.ByHolder.Values.OrderBy(c => c.Kind)
                .ThenBy(c => c.Holder, StringComparer.Ordinal))
            {
                var kindOf = held.Kind.ToString().ToLowerInvariant();
                Console.WriteLine($"{kindOf,-8} {held.Holder,-30} since {held.IssuedAt:yyyy-MM-dd HH:mm} UTC");
            }

            return 0;
        }

        var secret = Secret.New(office, holder ?? CredentialIssuer.First(kind));
        var answer = await credentials.Handle(new RequestId(Guid.CreateVersion7()),
            isKind ? new CredentialsCommand.Issue(kind, secret.Holder, secret.Hash) { By = CommandSettings.By }
                : new CredentialsCommand.Revoke(secret.Holder) { By = CommandSettings.By });
        if (answer.Refusal is { } refusal)
        {
            return await SayNoAsync($"'{Printable(secret.Holder)}' of {office}: {refusal.English}");
        }

        // A running hub sees it within half a second, and at the first use of the new token.
        Console.WriteLine(!isKind ? $"'{secret.Holder}' of {office} is revoked. A running hub closes its connections within a second."
            : kind switch
            {
                CredentialKind.Device => secret.Text,
                CredentialKind.Feed => FeedEndpoints.AddressOf(secret),
                _ => secret.Token,
            });
        return 0;
    }

    /// <summary>The office as its file describes it, before the first start; null when no file is at hand.</summary>
    private static Office? Described(IConfiguration configuration, string office)
    {
        var folder = configuration["Hub:Offices"] ?? new HubOptions().Offices;
        return !Directory.Exists(folder) ? null
            : Directory.GetFiles(folder, "*.json").Select(file => OfficeFile.Parse(file, File.ReadAllText(file)).Office)
                .FirstOrDefault(found => found?.Key == office);
    }

    private static string UnknownOffice(string office) => $"There is no office '{Printable(office)}'. Name it by its key, such as "
        + "alsdorf.rathaus, and give the folders of the hub: --Hub:Data=DIR, and before its first start --Hub:Offices=DIR.";

    private static string Printable(string? text) =>
        new([.. (text ?? "").Take(Credentials.LongestHolder).Select(c => char.IsControl(c) ? '?' : c)]);

    private static async Task<int> SayNoAsync(string sentence)
    {
        await Console.Error.WriteLineAsync(sentence);
        return 2;
    }
}
