namespace Aufruf.Domain.Queues;

/// <summary>The state of one counter today.</summary>
/// <param name="Revision">Grows with every change at this counter, over days too: a command that names an older one is outdated.</param>
/// <param name="Served">How many visits were finished here today.</param>
/// <param name="Ticket">The one ticket called to or served here; null when there is none.</param>
public sealed record CounterState(CounterId Id, long Revision, bool Open = false, TicketId? Ticket = null, int Served = 0)
{
    /// <summary>The clerk who sits there; null at a counter that was opened by a button.</summary>
    public ClerkId? Clerk { get; init; }

    public Presence Presence { get; init; }

    /// <summary>Chosen work profile; null: the counter's own services.</summary>
    public string? Profile { get; init; }

    /// <summary>Since when it has been on pause.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>The last step here, as long as it may be undone.</summary>
    public LastStep? LastStep { get; init; }

    /// <summary>The counter calls tickets: it is open and not on pause.</summary>
    [JsonIgnore]
    public bool Calling => Open && Presence is not Presence.Pause;

    internal CounterState Free() => this with { Ticket = null };

    internal CounterState Ready() => this with { Presence = Presence.Ready, PausedAt = null };
}
