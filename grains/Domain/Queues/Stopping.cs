namespace Aufruf.Domain.Queues;

/// <summary>Stops the tickets of one service, by a clerk or because no more visits fit in before closing.</summary>
public static class Stopping
{
    extension(Refusal)
    {
        public static Refusal ServiceStopped => new("service-stopped",
            "Für diese Dienstleistung werden gerade keine Tickets ausgegeben. Bitte fragen Sie am Empfang.",
            "No tickets are given for this service at the moment. Please ask at the reception.");
    }

    /// <summary>A clerk's stop takes the place of an automatic one, and not the other way round.</summary>
    internal static Decision<QueueEvent> Decide(Queue queue, StopService command, Setting setting, DateTimeOffset now) =>
        setting.Area.Service(command.Service) is null ? Refusal.UnknownService
        : queue.Stopped.TryGetValue(command.Service, out var kind) && (command.Automatic || kind is StopKind.ByClerk) ? Queue.NothingToDo
        : new ServiceStopped(command.Service, command.Automatic ? StopKind.Automatic : StopKind.ByClerk, now);

    /// <summary>An automatic release does not end a clerk's stop.</summary>
    internal static Decision<QueueEvent> Decide(Queue queue, ReleaseService command, DateTimeOffset now) =>
        queue.Stopped.TryGetValue(command.Service, out var kind) && !(command.Automatic && kind is StopKind.ByClerk)
            ? new ServiceReleased(command.Service, now)
            : Queue.NothingToDo;

    internal static Queue Apply(Queue queue, ServiceStopped e) => queue with { Stopped = queue.Stopped.SetItem(e.Service, e.Kind) };

    internal static Queue Apply(Queue queue, ServiceReleased e) => queue with { Stopped = queue.Stopped.Remove(e.Service) };
}

/// <summary>Why no tickets are given for a service now.</summary>
[JsonConverter(typeof(KebabEnum<StopKind>))]
public enum StopKind { ByClerk, Automatic }
