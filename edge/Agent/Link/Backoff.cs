namespace Aufruf.Edge;

/// <summary>How long to wait before the next try: 0.2 s doubling to 5 s, each drawn between half and all of it, so that a hall of
/// devices does not knock at the same moment when the hub is back. It never gives up.</summary>
public sealed class Backoff(Random random)
{
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private TimeSpan _next = First;

    public TimeSpan Next()
    {
        var wait = _next * (0.5 + random.NextDouble() / 2);
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return wait;
    }

    /// <summary>A connection was up: begin again.</summary>
    public void Reset() => _next = First;
}
