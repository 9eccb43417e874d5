using System.Collections.Concurrent;
using System.Globalization;
using Aufruf.Domain.Cases;
using Aufruf.Hub.Clustering;
using Aufruf.Hub.Running;

namespace Aufruf.Hub.Dispatching;

/// <summary>The dispatch lists of all authorities, as this hub knows them.</summary>
internal sealed class DispatchCopies(UnreadableStreams unreadable) : IWholeCopies<Dispatch, DispatchEvent>
{
    private readonly ConcurrentDictionary<string, (long Version, Dispatch List)> _known = new();

    /// <summary>Before that a list could seem to have no letter.</summary>
    public bool IsWhole { get; set; }

    /// <summary>The lists of an authority, the latest day first.</summary>
    public IReadOnlyList<(DateOnly Day, Dispatch List)> In(string authority)
    {
        var begin = $"{Dispatch.StreamKind}/{authority}.";
        return [.. _known.Where(known => known.Key.StartsWith(begin, StringComparison.Ordinal))
            .Select(known => (DayIn(known.Key[begin.Length..]), known.Value.List)).OrderByDescending(list => list.Item1)];
    }

    public void Announce(string stream, long version, Dispatch state, IReadOnlyList<DispatchEvent>? happened)
    {
        unreadable.Remove(stream);
        _known.AddOrUpdate(stream, (version, state), (_, known) => happened is not null && version <= known.Version ? known
            : (version, state));
    }

    public (long Version, Dispatch State)? CopyOf(string stream) => _known.GetValueOrDefault(stream, (0, Dispatch.Empty));

    public void CannotRead(string stream, string reason) => unreadable.Add(stream, stream, reason);

    private static DateOnly DayIn(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
