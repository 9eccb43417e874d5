namespace Aufruf.Edge;

/// <summary>Every queue has an end, and something visible happens there.</summary>
public sealed record OutboxLimits
{
    /// <summary>200 presses is an hour of one busy hall; beyond it a new press is refused by the lamp, none is dropped silently.</summary>
    public int Events { get; init; } = 200;

    /// <summary>Sent, not yet settled. Enough to fill a slow line, few enough not to flood a hub that just came back.</summary>
    public int InFlight { get; init; } = 20;

    /// <summary>An event unsettled for so long while connected is sent again.</summary>
    public TimeSpan SendAgainAfter { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Remembered command ids. A command lives seconds, so an id forgotten after 500 others has long expired.</summary>
    public int Commands { get; init; } = 500;

    /// <summary>How long the lamp says "accepted".</summary>
    public TimeSpan AcceptedShown { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the lamp says "refused": three blinks.</summary>
    public TimeSpan RefusedShown { get; init; } = TimeSpan.FromMilliseconds(900);
}
