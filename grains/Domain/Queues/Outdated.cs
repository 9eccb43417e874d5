namespace Aufruf.Domain.Queues;

/// <summary>A command is recorded and not executed when it arrives too late, or its counter has changed since.</summary>
public static class Outdated
{
    extension(Refusal)
    {
        public static Refusal StaleFace => new("stale-face",
            "Am Schalter hat sich inzwischen etwas geändert. Bitte sehen Sie noch einmal hin.",
            "Something has changed at the counter. Please look again.", RefusalKind.Outdated);

        public static Refusal TooLate => new("too-late",
            "Der Tastendruck kam zu spät an und wurde nicht ausgeführt.",
            "The press arrived too late and was not carried out.", RefusalKind.Outdated);
    }

    internal static Decision<QueueEvent> Decide(AtCounter command, DateTimeOffset now) =>
        Decide(new IgnorePress(command.Counter, Refusal.StaleFace), now);

    internal static Decision<QueueEvent> Decide(IgnorePress command, DateTimeOffset now) =>
        new([new PressIgnored(command.Counter, command.Reason, now)], command.Reason);

    internal static Decision<QueueEvent> Decide(IgnoreTicket command, DateTimeOffset now) =>
        new([new TicketIgnored(command.Service, command.Reason, now)], command.Reason);
}
