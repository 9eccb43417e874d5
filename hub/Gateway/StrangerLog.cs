using Aufruf.Hub.Running;

namespace Aufruf.Hub.Gateway;

/// <summary>What the log says about connections that are turned away: the first of every minute one by one, then one line for all others.</summary>
/// <remarks>Anybody in reach of the port can be turned away as often as he likes, and the log stands on the journal's disk. The metric counts them all.</remarks>
public sealed class StrangerLog(TimeProvider clock, ILogger<MqttBroker> log)
{
    private const int TellPerMinute = 30; // A whole floor of boxes with old passwords still shows box by box.

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long? _since;
    private int _refused;

    internal void Tell(Action<ILogger> line)
    {
        HubMetrics.Denied.Add(1);
        lock (_gate)
        {
            if (_since is not { } since || clock.GetElapsedTime(since) >= Minute)
            {
                (_since, _refused) = (clock.GetTimestamp(), 0);
            }

            _refused++;
            if (_refused <= TellPerMinute)
            {
                line(log);
            }
            else if (_refused == TellPerMinute + 1)
            {
                HubLog.ManyRefused(log, TellPerMinute);
            }
        }
    }
}
