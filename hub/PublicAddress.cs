namespace Aufruf.Hub;

/// <summary>The address that citizens open.</summary>
/// <param name="configured">Hub:PublicUrl; null: none.</param>
/// <param name="port">The hub's own port, for trying it out on one machine.</param>
/// <param name="isReachedFromElsewhere">Then an address of this machine is of no use.</param>
public sealed class PublicAddress(string? configured, int port = 0, bool isReachedFromElsewhere = false)
{
    private volatile bool _isReachedFromElsewhere = isReachedFromElsewhere;

    /// <summary>Null: none is known that a phone could open, so slips and kiosks show no QR code.</summary>
    public string? Citizens => configured is not null && !IsThisMachine(configured) ? configured
        : _isReachedFromElsewhere ? null
        : OnThisMachine;

    /// <summary>The address for the operator, on this machine.</summary>
    public string OnThisMachine => configured ?? $"http://localhost:{port}";

    /// <summary>A request has come through a proxy. True at the first one that leaves no address for citizens.</summary>
    public bool HearsOfProxy()
    {
        var isNews = !_isReachedFromElsewhere;
        _isReachedFromElsewhere = true;
        return isNews && Citizens is null;
    }

    private static bool IsThisMachine(string url) => new Uri(url).IsLoopback;
}
