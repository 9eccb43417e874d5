using System.Text.Json.Serialization;

namespace Aufruf.Domain.Queues;

/// <summary>A place in the queue, and how far it has come.</summary>
/// <param name="Place">Order of arrival: the nth ticket of the day.</param>
/// <param name="Calls">How often it was called, the first time included.</param>
/// <param name="Counter">Where it was last called to.</param>
/// <param name="CalledAt">Time of the first call: the wait ended here.</param>
/// <param name="LastCallAt">Time of the latest call or recall.</param>
public sealed record Ticket(
    TicketId Id,
    TicketCode Code,
    TicketNumber Number,
    ServiceId Service,
    string Language,
    long Place,
    DateTimeOffset TakenAt,
    TicketState State = TicketState.Waiting,
    int Calls = 0,
    CounterId? Counter = null,
    DateTimeOffset? CalledAt = null,
    DateTimeOffset? LastCallAt = null,
    DateTimeOffset? ArrivedAt = null,
    DateTimeOffset? EndedAt = null)
{
    /// <summary>Waits or is at a counter: its number may not be given again.</summary>
    [JsonIgnore]
    public bool Alive => State is TicketState.Waiting or TicketState.Called or TicketState.Serving;
}

[JsonConverter(typeof(KebabEnum<TicketState>))]
public enum TicketState
{
    Waiting,
    /// <summary>On the board, on the way to the counter.</summary>
    Called,
    /// <summary>At the counter.</summary>
    Serving,
    Served,
    /// <summary>Called, did not come.</summary>
    Missed,
}
