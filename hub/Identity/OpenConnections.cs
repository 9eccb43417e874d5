using System.Collections.Concurrent;

namespace Aufruf.Hub.Identity;

/// <summary>The open connections of screens and devices, each with the credential that let it in.</summary>
public sealed class OpenConnections(CredentialCache credentials, ILogger<OpenConnections> log)
{
    private readonly ConcurrentDictionary<string, (Pass Pass, Action Close)> _open = new();

    /// <param name="id">A later connection with the same id takes its place.</param>
    /// <param name="pass">The credential it was opened with.</param>
    /// <param name="close">Must return at once.</param>
    public void Add(string id, Pass pass, Action close) => _open[id] = (pass, close);

    public void Remove(string id) => _open.TryRemove(id, out _);

    public bool Has(string id) => _open.ContainsKey(id);

    /// <summary>Closes every connection whose credential was replaced or revoked.</summary>
    public void CloseRevoked()
    {
        foreach (var (id, connection) in _open)
        {
            if (!credentials.IsGood(connection.Pass) && _open.TryRemove(new(id, connection)))
            {
                HubLog.RevokedConnectionClosed(log, connection.Pass.Holder, connection.Pass.Office);
                connection.Close();
            }
        }
    }
}
