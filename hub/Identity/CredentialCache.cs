using System.Collections.Concurrent;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Grains;

namespace Aufruf.Hub.Identity;

/// <summary>The credentials of all offices: one look-up per connection or request, without a grain call.</summary>
public sealed class CredentialCache : IAnnouncer<Credentials, CredentialsEvent>
{
    private const string Kind = "credentials/";

    private readonly ConcurrentDictionary<string, (long Version, Credentials Known)> _offices = new();

    public static string StreamOf(string office) => Kind + office;

    public void Announce(string stream, long version, Credentials state, IReadOnlyList<CredentialsEvent>? happened) =>
        _offices[stream[Kind.Length..]] = (version, state);

    public Credentials Of(string office) => _offices.TryGetValue(office, out var found) ? found.Known : Credentials.Empty;

    /// <summary>The version of an office's stream that is known here; null when none is.</summary>
    public long? VersionOf(string office) => _offices.TryGetValue(office, out var found) ? found.Version : null;

    /// <summary>The credential that a secret opens, as far as known here; null when there is none.</summary>
    public Credential? Find(Secret secret) =>
        Of(secret.Office).ByHolder.TryGetValue(secret.Holder, out var credential) && secret.Opens(credential) ? credential : null;

    /// <summary>False after the credential was replaced or revoked.</summary>
    public bool IsGood(Pass pass) =>
        Of(pass.Office).ByHolder.TryGetValue(pass.Holder, out var credential) && credential.SecretHash == pass.SecretHash;
}
