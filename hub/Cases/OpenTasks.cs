using System.Collections.Concurrent;
using System.Collections.Immutable;
using Aufruf.Domain.Cases;

namespace Aufruf.Hub.Cases;

/// <summary>A task that somebody has to do, with its case.</summary>
internal readonly record struct OpenTask(CitizenCase Case, CaseTask Task);

/// <summary>The open tasks of each authority, the most urgent first. Each change keeps them in order, so a list sorts nothing.</summary>
internal sealed class OpenTasks
{
    private static readonly ImmutableSortedSet<OpenTask> None = ImmutableSortedSet<OpenTask>.Empty
        .WithComparer(Comparer<OpenTask>.Create(Compare));

    private readonly ConcurrentDictionary<string, ImmutableSortedSet<OpenTask>> _all = new();

    public ImmutableSortedSet<OpenTask> In(string authority) => _all.GetValueOrDefault(authority, None);

    /// <param name="old">As it was given here last.</param>
    public void Replace(string authority, CitizenCase old, CitizenCase now) =>
        _all.AddOrUpdate(authority, _ => None.Union(Of(now)), (_, all) => all.Except(Of(old)).Union(Of(now)));

    private static IEnumerable<OpenTask> Of(CitizenCase found) =>
        found.Tasks.Values.Where(task => task.IsOpen).Select(task => new OpenTask(found, task));

    private static int Compare(OpenTask one, OpenTask other) =>
        one.Task.DueAt.CompareTo(other.Task.DueAt) is not 0 and var due ? due
        : string.CompareOrdinal(one.Case.Number, other.Case.Number) is not 0 and var number ? number
        : string.CompareOrdinal(one.Task.Id, other.Task.Id);
}
