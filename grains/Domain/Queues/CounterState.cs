namespace Aufruf.Domain.Queues;

/// <summary>What is going on at one counter today.</summary>
/// <param name="Revision">Grows with every change at this counter, over days too: a wish made on an older one is stale.</param>
/// <param name="Served">How many visits were finished here today.</param>
/// <param name="Ticket">The one ticket called to or served here; null when there is none.</param>
public sealed record CounterState(CounterId Id, long Revision, bool Open = false, TicketId? Ticket = null, int Served = 0)
{
    /// <summary>Who sits there; null at a counter that was opened by a button.</summary>
    public ClerkId? Clerk { get; init; }

    public Presence Presence { get; init; }

    /// <summary>Chosen work profile; null: the counter's own services.</summary>
    public string? Profile { get; init; }

    /// <summary>Since when it has been on pause.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>The last step here, as long as it may be taken back.</summary>
    public LastStep? LastStep { get; init; }

    /// <summary>Counts as open: somebody is there who calls.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool Calling => Open && Presence is not Presence.Pause;
}
