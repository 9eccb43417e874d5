using System.Collections.Concurrent;
using Aufruf.Domain.Cases;
using Aufruf.Hub.Clustering;
using Aufruf.Hub.Running;

namespace Aufruf.Hub.Cases.Payments;

/// <summary>The claims of all authorities, as this hub knows them.</summary>
internal sealed class ClaimCopies(UnreadableStreams unreadable) : IWholeCopies<Claim, ClaimEvent>
{
    private readonly ConcurrentDictionary<string, (long Version, Claim Claim)> _known = new();

    public bool IsWhole { get; set; }

    public IEnumerable<(ClaimKey Key, Claim Is)> In(string authority) => Below($"{Claim.StreamKind}/{authority}.");

    public IEnumerable<ClaimKey> Of(string authority, string number) =>
        Below($"{Claim.StreamKind}/{authority}.{number}.").Select(known => known.Key);

    /// <summary>The attempt that a provider names by its own id, or by ours; null: there is none.</summary>
    public (ClaimKey Key, Attempt Is)? Find(string authority, string reference)
    {
        foreach (var (key, claim) in In(authority))
        {
            if (claim.Attempts.Find(attempt => attempt.Reference == reference || key.RequestOf(attempt.Number) == reference) is { } found)
            {
                return (key, found);
            }
        }

        return null;
    }

    public void Announce(string stream, long version, Claim state, IReadOnlyList<ClaimEvent>? happened)
    {
        unreadable.Remove(stream);
        _known.AddOrUpdate(stream, (version, state), (_, known) => happened is not null && version <= known.Version ? known
            : (version, state));
    }

    public (long Version, Claim State)? CopyOf(string stream) => _known.GetValueOrDefault(stream, (0, Claim.Empty));

    public void CannotRead(string stream, string reason) => unreadable.Add(stream, stream, reason);

    private IEnumerable<(ClaimKey Key, Claim Is)> Below(string start) => _known
        .Where(known => known.Key.StartsWith(start, StringComparison.Ordinal))
        .Select(known => (ClaimKey.Parse(known.Key), known.Value.Claim));
}
