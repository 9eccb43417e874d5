using System.Collections.Concurrent;
using Aufruf.Contracts;

namespace Aufruf.Hub.Identity;

/// <summary>The open connections of screens and devices, each with the credential or the session that let it in.</summary>
public sealed class OpenConnections(CredentialCache credentials, PeopleCache people, ILogger<OpenConnections> log)
{
    private readonly ConcurrentDictionary<string, Opened> _open = new();

    /// <param name="id">A later connection with the same id takes its place.</param>
    /// <param name="pass">The credential it was opened with.</param>
    /// <param name="isConfigured">False: the office file has its device or screen no longer, or elsewhere.</param>
    /// <param name="close">Must return at once.</param>
    public void Add(string id, Pass pass, Func<bool> isConfigured, Action close) =>
        _open[id] = new(pass.Holder, pass.Office, () => credentials.IsGood(pass), isConfigured, close);

    /// <summary>The same for a person, whose session ends, is locked, or gets other rights.</summary>
    public void Add(string id, SignedIn person, Func<bool> isConfigured, Action close) =>
        _open[id] = new(person.Session.Name, person.Session.Authority, () => people.IsGood(person), isConfigured, close);

    public void Remove(string id) => _open.TryRemove(id, out _);

    public bool Has(string id) => _open.ContainsKey(id);

    /// <summary>Closes every connection whose credential was replaced or revoked, or whose device or screen left the office file.</summary>
    public void CloseRevoked()
    {
        foreach (var (id, connection) in _open)
        {
            var isGood = connection.IsGood();
            if ((isGood && connection.IsConfigured()) || !_open.TryRemove(new(id, connection)))
            {
                continue;
            }

            if (isGood)
            {
                HubLog.RemovedConnectionClosed(log, connection.Holder, connection.Place);
            }
            else
            {
                HubLog.RevokedConnectionClosed(log, connection.Holder, connection.Place);
            }

            connection.Close();
        }
    }

    private sealed record Opened(string Holder, string Place, Func<bool> IsGood, Func<bool> IsConfigured, Action Close);
}
