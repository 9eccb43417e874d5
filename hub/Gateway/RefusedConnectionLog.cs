using Aufruf.Hub.Running;

namespace Aufruf.Hub.Gateway;

/// <summary>Rate-limits the log lines about refused device connections, topics and floods. The metric counts all of them.</summary>
/// <remarks>The log stands on the journal's disk, and anybody in reach of the port can cause such lines.</remarks>
public sealed class RefusedConnectionLog(TimeProvider clock, ILogger<MqttBroker> log)
{
    private const int LinesPerMinute = 30; // Enough to name each box of a whole floor with old passwords.

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long? _since;
    private int _refused;

    internal void Write(Action<ILogger> line)
    {
        HubMetrics.Denied.Add(1);
        lock (_gate)
        {
            if (_since is not { } since || clock.GetElapsedTime(since) >= Minute)
            {
                (_since, _refused) = (clock.GetTimestamp(), 0);
            }

            _refused++;
            if (_refused <= LinesPerMinute)
            {
                line(log);
            }
            else if (_refused == LinesPerMinute + 1)
            {
                HubLog.ManyRefused(log, LinesPerMinute);
            }
        }
    }
}
