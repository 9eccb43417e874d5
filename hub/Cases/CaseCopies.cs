using System.Collections.Concurrent;
using Aufruf.Domain.Cases;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Running;

namespace Aufruf.Hub.Cases;

/// <summary>The cases of all authorities in which somebody has something to do, as this hub knows them.</summary>
internal sealed class CaseCopies(UnreadableStreams unreadable) : ICopies<CitizenCase, CaseEvent>
{
    private readonly ConcurrentDictionary<string, (long Version, CitizenCase Case)> _known = new();

    /// <summary>All cases were read once since the start. Before, some are missing.</summary>
    public bool IsWhole { get; set; }

    public IEnumerable<CitizenCase> In(string authority) => _known
        .Where(known => known.Key.StartsWith(CitizenCase.StreamOf(authority, ""), StringComparison.Ordinal))
        .Select(known => known.Value.Case);

    public void Announce(string stream, long version, CitizenCase state, IReadOnlyList<CaseEvent>? happened)
    {
        unreadable.Remove(stream);
        // The answers are read where they are shown: a list needs none.
        _known.AddOrUpdate(stream, (version, Lean(state)), (_, known) => happened is not null && version <= known.Version ? known
            : (version, Lean(state)));
    }

    public (long Version, CitizenCase State)? CopyOf(string stream) => _known.GetValueOrDefault(stream, (0, CitizenCase.Empty));

    public void CannotRead(string stream, string reason) => unreadable.Add(stream, stream, reason);

    private static CitizenCase Lean(CitizenCase state) => state with { Answers = "", Messages = [] };
}
