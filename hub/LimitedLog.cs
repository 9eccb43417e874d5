using Aufruf.Hub.Running;

namespace Aufruf.Hub;

/// <summary>Limits the log lines that somebody outside can cause, or that each screen repeats; the metric counts all of them.</summary>
/// <remarks>The log stands on the journal's disk. Unauthenticated clients share one budget. Each known device
/// and each area has its own.</remarks>
public sealed class LimitedLog(TimeProvider clock, ILogger<LimitedLog> log)
{
    private const string Anybody = "unauthenticated clients";
    private const int LinesPerMinute = 30; // Enough to name each box of a whole floor with old passwords.

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _written = [];
    private long? _since;

    /// <param name="line">Writes the line.</param>
    /// <param name="whom">A device with a password, or an area; null for anybody.</param>
    internal void Write(Action<ILogger> line, string? whom = null)
    {
        HubMetrics.Denied.Add(1);
        lock (_gate)
        {
            if (_since is not { } since || clock.GetElapsedTime(since) >= Minute)
            {
                _since = clock.GetTimestamp();
                _written.Clear();
            }

            var budget = whom ?? Anybody;
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
