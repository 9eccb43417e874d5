namespace Aufruf.Domain.Queues;

/// <summary>Records commands that come too late, too soon or from an old picture, without executing them.</summary>
public static class Outdated
{
    /// <summary>So long a hand needs to see a new state. A faster press was meant for the state before.</summary>
    private static readonly TimeSpan Sight = TimeSpan.FromSeconds(1.5);

    extension(Refusal)
    {
        public static Refusal StaleFace => new("stale-face",
            "Am Schalter hat sich inzwischen etwas geändert. Bitte sehen Sie noch einmal hin.",
            "Something has changed at the counter. Please look again.", RefusalKind.Outdated);

        public static Refusal TooLate => new("too-late",
            "Der Tastendruck kam zu spät an und wurde nicht ausgeführt.",
            "The press arrived too late and was not carried out.", RefusalKind.Outdated);

        public static Refusal TooSoon => new("too-soon",
            "Am Schalter hat sich gerade etwas geändert. Bitte sehen Sie hin und drücken Sie noch einmal.",
            "Something has just changed at the counter. Please look, and press again.", RefusalKind.Outdated);
    }

    /// <summary>A box sends bounces and hasty second presses as they are. A desk holds them back itself, and here is its second lock.
    /// </summary>
    /// <remarks>Over a called citizen, "next" also leaves the time that the area gives for the way to the counter.</remarks>
    internal static bool IsTooSoon(Queue queue, AtCounter command, Setting setting, DateTimeOffset now)
    {
        var visit = queue.VisitAt(command.Counter);
        // A panel has asked already before services or an outcome are sent.
        return command is { ByButton: false, Seen: not null }
                and (CallNext or MarkArrived or MarkMissed or Finish { Given.Count: 0, Outcome: null })
            ? IsWithin(Sight, queue.At(command.Counter).LastStep?.At, now)
            : command is { ByButton: true } and not Recall
            && ((command.Seen is not null && IsWithin(Sight, queue.At(command.Counter).LastStep?.At ?? visit?.PartCalledAt, now))
                || (command is CallNext && visit is { State: TicketState.Called, LastCallAt: { } called }
                    && IsWithin(TimeSpan.FromSeconds(setting.Area.Rules.TwiceNextSeconds), called, now)));
    }

    /// <summary>A step of the clock back holds no press: the time since is not known then.</summary>
    private static bool IsWithin(TimeSpan time, DateTimeOffset? since, DateTimeOffset now) => now >= since && now - since < time;

    internal static Decision<QueueEvent> Decide(AtCounter command, Refusal reason, DateTimeOffset now) =>
        Decide(new IgnorePress(command.Counter, reason), now);

    internal static Decision<QueueEvent> Decide(IgnorePress command, DateTimeOffset now) =>
        new([new PressIgnored(command.Counter, command.Reason, now)], command.Reason);

    internal static Decision<QueueEvent> Decide(IgnoreTicket command, DateTimeOffset now) =>
        new([new TicketIgnored(command.Service, command.Reason, now)], command.Reason);
}
