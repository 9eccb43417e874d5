using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Running;

namespace Aufruf.Hub.Identity;

/// <summary>The credentials of all offices: one look-up per connection or request, without a grain call.</summary>
public sealed class CredentialCache(UnreadableStreams? unreadable = null) : ICopies<Credentials, CredentialsEvent>
{
    /// <summary>Of their streams.</summary>
    public const string Kind = "credentials";

    private readonly ConcurrentDictionary<string, (long Version, Credentials Known)> _offices = new();
    private TaskCompletionSource _changes = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the next change. Take it before reading, and no change is missed.</summary>
    public Task NextChange => Volatile.Read(ref _changes).Task;

    public static string StreamOf(string office) => $"{Kind}/{office}";

    public void Announce(string stream, long version, Credentials state, IReadOnlyList<CredentialsEvent>? happened)
    {
        _offices.AddOrUpdate(OfficeOf(stream), (version, state),
            (_, known) => happened is not null && version <= known.Version ? known : (version, state));
        unreadable?.Remove(stream);
        Interlocked.Exchange(ref _changes, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    /// <summary>Of every office: anybody may come with its credentials.</summary>
    public (long Version, Credentials State)? CopyOf(string stream) =>
        _offices.GetValueOrDefault(OfficeOf(stream), (0, Credentials.Empty));

    /// <summary>The credentials read before count on.</summary>
    public void CannotRead(string stream, string reason) => unreadable?.Add(stream, stream, reason);

    private static string OfficeOf(string stream) => stream[(Kind.Length + 1)..];

    public Credentials Of(string office) => _offices.TryGetValue(office, out var found) ? found.Known : Credentials.Empty;

    /// <summary>The credential that a secret opens, as far as known here; null when there is none.</summary>
    public Credential? Find(Secret secret) =>
        Of(secret.Place).ByHolder.TryGetValue(secret.Holder, out var credential) && secret.Opens(credential) ? credential : null;

    /// <summary>The office and the open pairing of a code's hash; null: there is none. Compares in constant time.</summary>
    public (string Office, Pairing Pairing)? FindPairing(string codeHash, DateTimeOffset now)
    {
        (string, Pairing)? found = null;
        foreach (var (office, (_, known)) in _offices)
        {
            foreach (var pairing in known.Pairings.Values)
            {
                if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(codeHash), Encoding.ASCII.GetBytes(pairing.CodeHash))
                    && now < pairing.Until)
                {
                    found = (office, pairing);
                }
            }
        }

        return found;
    }

    /// <summary>False after the credential was replaced or revoked.</summary>
    public bool IsGood(Pass pass) =>
        Of(pass.Office).ByHolder.TryGetValue(pass.Holder, out var credential) && credential.SecretHash == pass.SecretHash;
}
