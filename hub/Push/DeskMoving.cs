using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;

namespace Aufruf.Hub.Push;

/// <summary>What a desk shows that changes with the clock alone, or elsewhere in the office, while its own queue stays as it is.</summary>
public sealed record DeskMoving(DeskNext? Next, DeskUndo? Undo, IReadOnlyList<DeskEmergency> Emergencies)
{
    public static DeskMoving Of(DeskView desk, Queue queue, DateTimeOffset at) => new(
        queue.Ended || queue.NextFor(desk.Counter, desk.Setting, at) is not { } next ? null : new(next.Ticket.Id, next.Why),
        queue.Undoable(desk.Counter, at) is { } step ? new(step.Before.Id, step.Before.Number, step.Became, step.At + Queue.UndoTime) : null,
        desk.Emergencies);

    /// <summary>The calls for help of all areas, the oldest first.</summary>
    /// <param name="queueOf">Today's queue of an area, by its id; null when it is not known.</param>
    public static IReadOnlyList<DeskEmergency> EmergenciesOf(Office office, Func<string, Queue?> queueOf) =>
        [.. office.Areas.SelectMany(area => queueOf(area.Id)?.Emergencies.Values ?? [], (area, call) => new DeskEmergency(
                $"{office.Key}.{area.Id}", call.Counter, LabelOf(office, call.Counter), call.RaisedAt,
                [.. call.Coming.Select(from => new DeskComing(from, LabelOf(office, from)))]))
            .OrderBy(call => call.RaisedAt).ThenBy(call => call.Counter.Value, StringComparer.Ordinal)];

    public bool IsAs(DeskMoving? other) => other is not null && Next == other.Next && Undo == other.Undo
        && Emergencies.Select(Known).SequenceEqual(other.Emergencies.Select(Known));

    // Who comes is only ever added to.
    private static (Domain.CounterId, DateTimeOffset, int) Known(DeskEmergency call) => (call.Counter, call.RaisedAt, call.Coming.Count);

    private static string LabelOf(Office office, Domain.CounterId counter) => office.Counter(counter)?.Counter.Label ?? counter.Value;
}
