namespace Aufruf.Hub.Gateway;

/// <summary>How fast one device may talk: a bucket of twice its seconds' worth that fills evenly.</summary>
/// <remarks>Used by one connection's reading loop only, so it needs no lock.</remarks>
internal sealed class MessageRate(TimeProvider clock, int perSecond)
{
    private double _tokens = 2.0 * perSecond;
    private long _filledAt = clock.GetTimestamp();

    /// <summary>True at the first refusal since the last message that was taken.</summary>
    public bool FirstRefusal { get; private set; }

    public bool Take()
    {
        var now = clock.GetTimestamp();
        _tokens = Math.Min(2.0 * perSecond, _tokens + (clock.GetElapsedTime(_filledAt, now).TotalSeconds * perSecond));
        _filledAt = now;
        if (_tokens < 1)
        {
            FirstRefusal = !_refused;
            _refused = true;
            return false;
        }

        _tokens--;
        _refused = false;
        return true;
    }

    private bool _refused;
}
