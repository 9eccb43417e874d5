using System.Collections.Concurrent;
using Aufruf.Domain.Cases;
using Aufruf.Hub.Clustering;
using Aufruf.Hub.Running;

namespace Aufruf.Hub.Cases;

/// <summary>The cases of all authorities in which somebody has something to do, as this hub knows them.</summary>
internal sealed class CaseCopies(UnreadableStreams unreadable) : IWholeCopies<CitizenCase, CaseEvent>
{
    private readonly ConcurrentDictionary<string, (long Version, CitizenCase Case)> _known = new();
    private readonly OpenTasks _tasks = new();
    private readonly Lock _gate = new();

    public bool IsWhole { get; set; }

    public IEnumerable<CitizenCase> In(string authority) => _known
        .Where(known => known.Key.StartsWith(CitizenCase.StreamOf(authority, ""), StringComparison.Ordinal))
        .Select(known => known.Value.Case);

    /// <summary>The most urgent first.</summary>
    public IEnumerable<OpenTask> TasksIn(string authority) => _tasks.In(authority);

    public void Announce(string stream, long version, CitizenCase state, IReadOnlyList<CaseEvent>? happened)
    {
        unreadable.Remove(stream);
        lock (_gate)
        {
            var known = _known.GetValueOrDefault(stream, (0, CitizenCase.Empty));
            if (happened is not null && version <= known.Version)
            {
                return;
            }

            var lean = Lean(state);
            _known[stream] = (version, lean);
            _tasks.Replace(CitizenCase.AuthorityOf(stream), known.Case, lean);
        }
    }

    public (long Version, CitizenCase State)? CopyOf(string stream) => _known.GetValueOrDefault(stream, (0, CitizenCase.Empty));

    public void CannotRead(string stream, string reason) => unreadable.Add(stream, stream, reason);

    // The answers are read where they are shown: a list needs none.
    private static CitizenCase Lean(CitizenCase state) => state with { Answers = "", Messages = [] };
}
