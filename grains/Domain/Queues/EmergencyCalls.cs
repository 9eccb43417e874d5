namespace Aufruf.Domain.Queues;

/// <summary>A counter calls for help; other counters answer that somebody comes.</summary>
public static class EmergencyCalls
{
    extension(Refusal)
    {
        public static Refusal NoEmergency => new("no-emergency",
            "An diesem Schalter ist kein Notruf offen.", "No emergency call is open at this counter.");
    }

    internal static Decision<QueueEvent> Decide(Queue queue, RaiseEmergency command, DateTimeOffset now) =>
        queue.Emergencies.ContainsKey(command.Counter) ? Queue.NothingToDo : new EmergencyRaised(command.Counter, now);

    internal static Decision<QueueEvent> Decide(Queue queue, AcceptEmergency command, Setting setting, DateTimeOffset now) =>
        !queue.Emergencies.TryGetValue(command.Counter, out var emergency) ? Refusal.NoEmergency
        : setting.Office.Counter(command.From) is null ? Refusal.UnknownCounter
        : emergency.Coming.Contains(command.From) ? Queue.NothingToDo
        : new EmergencyAccepted(command.Counter, command.From, now);

    internal static Decision<QueueEvent> Decide(Queue queue, EndEmergency command, DateTimeOffset now) =>
        queue.Emergencies.ContainsKey(command.Counter) ? new EmergencyEnded(command.Counter, now) : Refusal.NoEmergency;

    internal static Queue Apply(Queue queue, EmergencyRaised e) =>
        queue with { Emergencies = queue.Emergencies.SetItem(e.Counter, new(e.Counter, e.At, [])) };

    internal static Queue Apply(Queue queue, EmergencyAccepted e)
    {
        var emergency = queue.Emergencies[e.Counter];
        return queue with { Emergencies = queue.Emergencies.SetItem(e.Counter, emergency with { Coming = [.. emergency.Coming, e.From] }) };
    }

    internal static Queue Apply(Queue queue, EmergencyEnded e) => queue with { Emergencies = queue.Emergencies.Remove(e.Counter) };
}

/// <summary>A call for help from one counter.</summary>
/// <param name="Coming">Counters from which somebody comes.</param>
public sealed record Emergency(CounterId Counter, DateTimeOffset RaisedAt, IReadOnlyList<CounterId> Coming);
