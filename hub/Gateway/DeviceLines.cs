using System.Collections.Concurrent;
using Aufruf.Edge.Protocol;
using Aufruf.Hub.Clustering;

namespace Aufruf.Hub.Gateway;

/// <summary>Knows which hub each device is connected to, and what it said last: the same on all hubs.</summary>
/// <remarks>All hubs hear the news in one order. So they agree which connection of a device is the latest. The words and the end of an
/// older one change nothing.</remarks>
public sealed class DeviceLines(IHubPost post, Fleet fleet, Twins twins, LimitedLog log)
{
    private readonly record struct Line(string Hub, long Connection);

    private readonly ConcurrentDictionary<(string Office, string Device), Line> _lines = new();
    private long _connections;

    /// <summary>A device has connected to another hub: its connection with this number ends here.</summary>
    public event Action<string, long>? MovedAway;

    public bool IsOpen(string office, string device) => _lines.ContainsKey((office, device));

    /// <summary>A device has connected here. The result is the number of its connection.</summary>
    public long Came(string office, string device)
    {
        var connection = Interlocked.Increment(ref _connections);
        post.Send(new HubNews.DeviceCame(office, device, connection));
        return connection;
    }

    public void Said(string office, string device, long connection, DeviceState state, DeviceFacts facts) =>
        post.Send(new HubNews.DeviceSaid(office, device, connection, state, facts));

    public void Left(string office, string device, long connection) => post.Send(new HubNews.DeviceLeft(office, device, connection));

    /// <summary>Another connection of the same name has taken over at this hub.</summary>
    public void Taken(string office, string device) => post.Send(new HubNews.DeviceTaken(office, device));

    /// <summary>Tells all hubs of the devices that are connected here.</summary>
    public void SayAll()
    {
        foreach (var ((office, device), line) in _lines.Where(known => known.Value.Hub == post.Me))
        {
            var known = fleet.Of(office, device);
            post.Send(new HubNews.DeviceSaid(office, device, line.Connection,
                new(1, known.Presence ?? DevicePresence.Ready, null, known.Printer), known.Facts));
        }
    }

    /// <summary>True: a printer is ready now.</summary>
    public bool Take(string hub, HubNews news)
    {
        switch (news)
        {
            case HubNews.DeviceCame came:
                Move(hub, came);
                break;
            case HubNews.DeviceTaken taken:
                twins.TakenOver($"{taken.Office}/{taken.Device}");
                break;
            case HubNews.DeviceSaid said when IsLatest(said.Office, said.Device, new(hub, said.Connection)):
                Note(hub, said.Office, said.Device, said.State, said.Facts);
                return fleet.IsReady(said.Office, said.Device);
            case HubNews.DeviceLeft left:
                Lose((left.Office, left.Device), new(hub, left.Connection));
                break;
        }

        return false;
    }

    /// <summary>The devices of hubs that are gone are lost.</summary>
    public void CutOff(Predicate<string> isGone)
    {
        foreach (var (device, line) in _lines.Where(known => known.Value.Hub != post.Me && isGone(known.Value.Hub)))
        {
            Lose(device, line);
        }
    }

    private void Move(string hub, HubNews.DeviceCame came)
    {
        var name = (came.Office, came.Device);
        if (_lines.TryGetValue(name, out var before) && before.Hub != hub)
        {
            twins.TakenOver($"{came.Office}/{came.Device}");
            if (before.Hub == post.Me)
            {
                MovedAway?.Invoke($"{came.Office}/{came.Device}", before.Connection);
            }
        }

        _lines[name] = new(hub, came.Connection);
    }

    private bool IsLatest(string office, string device, Line line) => _lines.GetOrAdd((office, device), line) == line;

    private void Lose((string Office, string Device) device, Line line)
    {
        if (_lines.TryRemove(new(device, line)) && fleet.Of(device.Office, device.Device).Presence is not DevicePresence.Stopped)
        {
            Note(line.Hub, device.Office, device.Device, new(1, DevicePresence.Lost, null, null));
        }
    }

    private void Note(string hub, string office, string device, DeviceState state, DeviceFacts? facts = null)
    {
        if (hub == post.Me && fleet.Of(office, device).Presence != state.State)
        {
            log.Write(to => HubLog.DevicePresence(to, state.State is DevicePresence.Lost ? LogLevel.Warning : LogLevel.Information,
                device, office, state.State), $"{office}/{device}");
        }

        fleet.Update(office, device, state, facts);
    }
}
