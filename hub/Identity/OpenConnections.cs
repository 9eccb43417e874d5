using System.Collections.Concurrent;
using Aufruf.Contracts;

namespace Aufruf.Hub.Identity;

/// <summary>The open connections of screens and devices, each with the credential that let it in.</summary>
public sealed class OpenConnections(CredentialCache credentials, ILogger<OpenConnections> log)
{
    private readonly ConcurrentDictionary<string, (Pass Pass, Func<bool> IsConfigured, Action Close)> _open = new();

    /// <param name="id">A later connection with the same id takes its place.</param>
    /// <param name="pass">The credential it was opened with.</param>
    /// <param name="isConfigured">False: the office file has its device or screen no longer, or elsewhere.</param>
    /// <param name="close">Must return at once.</param>
    public void Add(string id, Pass pass, Func<bool> isConfigured, Action close) => _open[id] = (pass, isConfigured, close);

    public void Remove(string id) => _open.TryRemove(id, out _);

    public bool Has(string id) => _open.ContainsKey(id);

    /// <summary>Closes every connection whose credential was replaced or revoked, or whose device or screen left the office file.</summary>
    public void CloseRevoked()
    {
        foreach (var (id, connection) in _open)
        {
            var isGood = credentials.IsGood(connection.Pass);
            if ((isGood && connection.IsConfigured()) || !_open.TryRemove(new(id, connection)))
            {
                continue;
            }

            if (isGood)
            {
                HubLog.RemovedConnectionClosed(log, connection.Pass.Holder, connection.Pass.Office);
            }
            else
            {
                HubLog.RevokedConnectionClosed(log, connection.Pass.Holder, connection.Pass.Office);
            }

            connection.Close();
        }
    }
}
