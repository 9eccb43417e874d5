namespace Aufruf.Hub.Gateway;

/// <summary>How fast one device may talk: a bucket of twice its seconds' worth that fills evenly.</summary>
/// <remarks>Used by one connection's reading loop only, so it needs no lock.</remarks>
internal sealed class MessageRate(TimeProvider clock, int perSecond)
{
    private double _tokens = 2.0 * perSecond;
    private long _filledAt = clock.GetTimestamp();

    // Whoever talks too fast for hours is named once a minute, not with every drop that fits in between.
    private static readonly TimeSpan SayAgain = TimeSpan.FromMinutes(1);

    private long? _saidAt;

    /// <summary>True at a refusal that should be told to the operator.</summary>
    public bool WorthSaying { get; private set; }

    public bool Take()
    {
        var now = clock.GetTimestamp();
        _tokens = Math.Min(2.0 * perSecond, _tokens + (clock.GetElapsedTime(_filledAt, now).TotalSeconds * perSecond));
        _filledAt = now;
        if (_tokens < 1)
        {
            WorthSaying = _saidAt is not { } said || clock.GetElapsedTime(said, now) > SayAgain;
            _saidAt = WorthSaying ? now : _saidAt;
            return false;
        }

        _tokens--;
        return true;
    }
}
