using Aufruf.Domain.Deadlines;

namespace Aufruf.Grains.Deadlines;

/// <summary>The deadlines of this hub's wheels that are due and could not be carried out.</summary>
public sealed class LateDeadlines(TimeProvider clock)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private sealed record Late(DateTimeOffset Since, string Reason, TimeSpan Pause, long TriedAt);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Stream, Deadline Deadline), Late> _all = [];

    /// <summary>Each with its wheel, its kind, the time since which it fails, and why.</summary>
    public IReadOnlyList<(string Stream, string Kind, DateTimeOffset Since, string Reason)> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _all.Select(late => (late.Key.Stream, late.Key.Deadline.Kind, late.Value.Since, late.Value.Reason))];
            }
        }
    }

    /// <summary>True: it fails for the first time.</summary>
    internal bool Add(string stream, Deadline deadline, string reason)
    {
        lock (_gate)
        {
            var before = _all.GetValueOrDefault((stream, deadline));
            var pause = before is null ? FirstPause : before.Pause * 2 < LongestPause ? before.Pause * 2 : LongestPause;
            _all[(stream, deadline)] = new(before?.Since ?? clock.GetUtcNow(), reason, pause, clock.GetTimestamp());
            return before is null;
        }
    }

    internal bool IsToBeTried(string stream, Deadline deadline) => PauseOf(stream, deadline) is not { Ticks: > 0 };

    /// <summary>The time until the next try; null: it did not fail.</summary>
    internal TimeSpan? PauseOf(string stream, Deadline deadline)
    {
        lock (_gate)
        {
            return _all.TryGetValue((stream, deadline), out var late)
                ? late.Pause - clock.GetElapsedTime(late.TriedAt) is { Ticks: > 0 } pause ? pause : TimeSpan.Zero : null;
        }
    }

    /// <summary>The others of a wheel are met, moved or cancelled.</summary>
    internal void KeepOnly(string stream, IEnumerable<Deadline> open)
    {
        lock (_gate)
        {
            var kept = open.ToHashSet();
            foreach (var gone in _all.Keys.Where(key => key.Stream == stream && !kept.Contains(key.Deadline)).ToArray())
            {
                _all.Remove(gone);
            }
        }
    }
}
