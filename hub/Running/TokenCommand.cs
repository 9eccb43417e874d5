using Aufruf.Domain;
using Aufruf.Domain.Identity;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Identity;

namespace Aufruf.Hub.Running;

/// <summary>"token clerk|display|device": issues a new credential, whether the hub runs or not, and shows it this once.</summary>
internal static class TokenCommand
{
    private const string Usage = "Usage: token clerk|display|device --office alsdorf.rathaus [--holder NAME]. A device's holder is its id.";

    public static async Task<int> RunAsync(string[] args)
    {
        var configuration = CommandConfiguration.Of(args.Length > 0 ? args[1..] : []);
        if (args.Length == 0 || !Enum.TryParse<CredentialKind>(args[0], ignoreCase: true, out var kind)
            || configuration["office"] is not { Length: > 0 } office
            || (kind is CredentialKind.Device && configuration["holder"] is null))
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        await using var journal = configuration.GetConnectionString("Aufruf") is { Length: > 0 } postgres
            ? (GroupCommitJournal)new PostgresJournal(Npgsql.NpgsqlDataSource.Create(postgres))
            : new SqliteJournal(Path.Combine(configuration["Hub:Data"] ?? new HubOptions().Data, "aufruf.db"));
        var credentials = new Journaled<Credentials, CredentialsCommand, CredentialsEvent>(
            CredentialBook.StreamOf(office), journal, new Nobody(), TimeProvider.System, Credentials.None,
            (state, command, now) => state.Decide(command, now), (state, happened) => state.Apply(happened));
        var holder = configuration["holder"] ?? $"{args[0].ToLowerInvariant()}-{Guid.CreateVersion7():N}"[..20];
        var secret = Secret.New(office, holder);
        await credentials.Handle(new RequestId(Guid.CreateVersion7()), new CredentialsCommand.Issue(kind, holder, secret.Hash));
        Console.WriteLine(kind is CredentialKind.Device ? secret.Text : secret.Token);
        return 0;
    }

    private sealed class Nobody : IAnnouncer<Credentials, CredentialsEvent>
    {
        public void Announce(string stream, long before, long version, Credentials state, IReadOnlyList<CredentialsEvent>? happened)
        {
            // The running hub, if there is one, reads the journal when the token is first shown.
        }
    }
}
