using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aufruf.Edge.Protocol;

/// <summary>A command of the hub to a device. It is executed at most once per id, and never after it expired.</summary>
public sealed record DeviceCommand(int V, Guid Id, DateTimeOffset At, DateTimeOffset Expires, string Type, JsonElement Data);

public static class DeviceCommandTypes
{
    public const string Print = "print";
}

/// <summary>The content of one printed ticket. It has no personal data: a ticket needs no name.</summary>
/// <param name="Ticket">The ticket's id.</param>
/// <param name="Number">Such as "A042".</param>
/// <param name="Office">The office's name, in the slip's language.</param>
/// <param name="Area">The waiting area's name, in the slip's language.</param>
/// <param name="Service">The service's name, in the slip's language.</param>
/// <param name="Language">"de" or "en": the language of the fixed words on the slip.</param>
/// <param name="TakenAt">When the ticket was taken, with the office's offset.</param>
/// <param name="Ahead">How many people were waiting ahead for the same counters; null when unknown.</param>
/// <param name="StatusUrl">Address of the ticket's own page, printed as a QR code; null when the hub has no public address.</param>
/// <param name="Copy">True when this slip may already have been printed once.</param>
public sealed record Slip(
    Guid Ticket, string Number, string Office, string Area, string Service, string Language,
    DateTimeOffset TakenAt, int? Ahead, string? StatusUrl, bool Copy)
{
    /// <summary>Minutes the wait will probably take at least, in round numbers; null when unknown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? WaitFrom { get; init; }

    /// <summary>Minutes it will probably take at most; null beside a <see cref="WaitFrom"/>: longer than that.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? WaitTo { get; init; }

    /// <summary>The booked time of somebody with an appointment, with the office's offset; null: there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Booked { get; init; }
}

/// <summary>The result of a command.</summary>
/// <param name="Reason">Why not, for example "paper-out". With a slip that is done: the lack on it, for example "letters-replaced".
/// Null when all is well.</param>
public sealed record CommandResult(int V, Guid Id, CommandOutcome Outcome, string? Reason, DateTimeOffset At);

/// <summary>Done: confirmed. Uncertain: sent, not confirmed. Failed: not executed. Expired: it came too late.</summary>
public enum CommandOutcome { Done, Uncertain, Failed, Expired }

/// <summary>The part that a printed slip lacks: a <see cref="CommandResult.Reason"/> of a slip that is done.</summary>
public static class SlipLacks
{
    public const string Letters = "letters-replaced";
    public const string Code = "code-too-large";
}
