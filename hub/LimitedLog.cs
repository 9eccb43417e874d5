using Aufruf.Hub.Running;

namespace Aufruf.Hub;

/// <summary>Limits the log lines that somebody outside can cause; the metric counts all of them.</summary>
/// <remarks>The log stands on the journal's disk. Unauthenticated clients share one budget, and each known device has its own.</remarks>
public sealed class LimitedLog(TimeProvider clock, ILogger<LimitedLog> log)
{
    private const string Anybody = "unauthenticated clients";
    private const int LinesPerMinute = 30; // Enough to name each box of a whole floor with old passwords.

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _written = [];
    private long? _since;

    /// <param name="line">Writes the line.</param>
    /// <param name="device">A device with a password; null for anybody.</param>
    internal void Write(Action<ILogger> line, string? device = null)
    {
        HubMetrics.Denied.Add(1);
        lock (_gate)
        {
            if (_since is not { } since || clock.GetElapsedTime(since) >= Minute)
            {
                _since = clock.GetTimestamp();
                _written.Clear();
            }

            var budget = device ?? Anybody;
            var written = _written[budget] = _written.GetValueOrDefault(budget) + 1;
            if (written <= LinesPerMinute)
            {
                line(log);
            }
            else if (written == LinesPerMinute + 1)
            {
                HubLog.ManyRefused(log, LinesPerMinute, budget);
            }
        }
    }
}
