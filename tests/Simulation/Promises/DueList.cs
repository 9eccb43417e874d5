using Aufruf.Domain.Deadlines;
using Aufruf.Domain.Identity;
using Aufruf.Grains.Journal;

namespace Aufruf.Simulation.Promises;

/// <summary>Every deadline of the day with its true times: set, cancelled, carried out.</summary>
internal sealed class DueList(World world)
{
    /// <summary>The kind of deadline that citizens set.</summary>
    public const string Kind = "badge";

    private sealed class Due(Deadline deadline)
    {
        public Deadline Deadline { get; } = deadline;
        public bool IsAcknowledged { get; set; }
        public bool IsUnderway { get; set; }
        public DateTimeOffset? Set { get; set; }
        public DateTimeOffset? Cancelled { get; set; }
        public bool HasBegun { get; set; }
        public bool HasFailed { get; set; }
        public int Times { get; set; }
        public bool IsMet { get; set; }

        public bool IsOpen => Set is not null && Cancelled is null && !IsMet;
    }

    private readonly Dictionary<string, Due> _all = [];

    /// <summary>Deadlines that are not settled: a citizen asks, or it must still be carried out.</summary>
    public int Open => _all.Values.Count(due => due.IsUnderway || due.IsOpen);

    public void Wanted(Deadline deadline)
    {
        world.Log($"deadline {deadline.About}: wanted for {deadline.DueAt:HH:mm:ss}");
        _all[deadline.Id] = new(deadline) { IsUnderway = true };
    }

    public void Acknowledged(Deadline deadline, bool isUnderway)
    {
        var due = _all[deadline.Id];
        (due.IsAcknowledged, due.IsUnderway) = (true, isUnderway);
        world.Promise(due.Set is not null, () => $"The deadline of {deadline.About} was acknowledged, and is not in the journal.");
    }

    /// <summary>A wheel carries it out. Those before it were carried out, or could not be.</summary>
    /// <param name="turnBegan">The wheel knows all that was durable by then.</param>
    public void Begins(Deadline deadline, DateTimeOffset turnBegan)
    {
        var due = _all[deadline.Id];
        if (due.HasBegun)
        {
            world.Tally.Add(Fault.DeadlineAgain);
        }

        due.HasBegun = true;
        var stream = Wheel.StreamOf("", deadline.DueAt);
        var before = _all.Values.FirstOrDefault(other => other.IsOpen && other.Times == 0 && !other.HasFailed
            && other.Set < turnBegan && other.Deadline.DueAt < deadline.DueAt && Wheel.StreamOf("", other.Deadline.DueAt) == stream);
        world.Promise(before is null, () =>
            $"{deadline.About} was carried out, but {before!.Deadline.About} was due before and stands in the same wheel.");
    }

    public void Failed(Deadline deadline) => _all[deadline.Id].HasFailed = true;

    /// <summary>An entry of a wheel has become durable.</summary>
    public void WrittenInWheel(JournalEntry stored)
    {
        foreach (var happened in EntryContent<WheelEvent>.Read(stored).Events)
        {
            world.Log($"journal: {stored.Stream} {stored.Version} {happened.GetType().Name}");
            switch (happened)
            {
                case WheelEvent.DeadlineSet e when _all.TryGetValue(e.Deadline.Id, out var due):
                    world.Promise(due.Set is null, () => $"The deadline of {e.Deadline.About} was set twice.");
                    due.Set = world.Clock.Now;
                    break;
                case WheelEvent.DeadlineCancelled e when _all.TryGetValue(e.Id, out var due):
                    due.Cancelled = world.Clock.Now;
                    world.Tally.Cancelled++;
                    break;
                case WheelEvent.DeadlineMet e when _all.TryGetValue(e.Id, out var due):
                    world.Promise(due.Times > 0, () => $"The deadline {e.Id} was reported as met, and nothing had happened.");
                    due.IsMet = true;
                    break;
            }
        }
    }

    /// <summary>The badge that follows from a deadline has become durable.</summary>
    public void WrittenBadge(JournalEntry stored)
    {
        foreach (var badge in EntryContent<CredentialsEvent>.Read(stored).Events.OfType<CredentialsEvent.CredentialIssued>())
        {
            var (due, now) = (_all[$"{Kind}/{badge.Holder}"], world.Clock.Now);
            due.Times++;
            world.Tally.Deadlines++;
            world.Log($"deadline {badge.Holder}: carried out");
            world.Promise(due.Times == 1, () => $"The deadline of {badge.Holder} was carried out twice.");
            world.Promise(now >= due.Deadline.DueAt, () =>
                $"The deadline of {badge.Holder} was carried out {(due.Deadline.DueAt - now).TotalSeconds:0.0} s before its time.");
            world.Promise(due.Cancelled is null || due.Cancelled >= due.Deadline.DueAt, () =>
                $"The deadline of {badge.Holder} was cancelled in time, and carried out.");
        }
    }

    public void CheckAtTheEnd()
    {
        foreach (var due in _all.Values)
        {
            var about = due.Deadline.About;
            world.Promise(due.IsAcknowledged, () => $"The deadline of {about} was never acknowledged.");
            world.Promise(due.Times == 1 || due.Cancelled is not null, () =>
                $"The deadline of {about}, due at {due.Deadline.DueAt:HH:mm:ss}, was not carried out.");
            world.Promise(due.Cancelled is not null || due.IsMet, () => $"The deadline of {about} is still open in its wheel.");
        }
    }
}
