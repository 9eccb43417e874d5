using System.Text.Json;
using Aufruf.Contracts;
using Aufruf.Edge.Protocol;
using Aufruf.Grains.Journal;
using Aufruf.Simulation.Clockwork;
using Aufruf.Simulation.Devices;
using Aufruf.Simulation.Hub;

namespace Aufruf.Simulation;

/// <summary>One MQTT connection of one device with one run of the hub.</summary>
internal sealed class Connection(SimulatedDevice device, HubProcess hub)
{
    public SimulatedDevice Device { get; } = device;
    public HubProcess Hub { get; } = hub;

    /// <summary>The broker reads a connection's messages one after the other.</summary>
    public Turns Turns { get; } = new();

    /// <summary>Completed when the device learns that the connection has ended.</summary>
    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsOpen => !Ended.Task.IsCompleted;

    /// <summary>Dead, but neither side knows: messages are lost until a keep-alive is missed.</summary>
    public bool IsDoomed { get; set; }

    public DateTimeOffset NextUp { get; set; }
    public DateTimeOffset NextDown { get; set; }
}

/// <summary>Everything between devices and hub. Messages are lost with their connection, come twice, late or out of order.</summary>
/// <remarks>Stands in for the broker too: what MqttBroker does with a device's message is done here with the same rooms.</remarks>
internal sealed class Network(World world)
{
    private readonly Dictionary<string, Connection> _connections = [];

    /// <summary>Null when the hub cannot be reached; then the device tries again later.</summary>
    public async Task<Connection?> ConnectAsync(SimulatedDevice device)
    {
        await world.Scheduler.PauseAsync(world.Pause(0.005, 0.06));
        if (device.IsCutOff || world.Cluster.Some() is not { } hub)
        {
            await world.Scheduler.PauseAsync(world.Pause(0.1, 3));
            return null;
        }

        var connection = new Connection(device, hub);
        _connections[device.Id] = connection;
        Down(connection, Limits.FaceTopic(world.Office.Key, device.Id));
        return connection;
    }

    public void Publish(HubProcess hub, string topic, byte[] payload)
    {
        foreach (var connection in _connections.Values)
        {
            if (connection.Hub == hub && (Topics.Parse(topic) is not { } to || to.Device == connection.Device.Id))
            {
                Send(connection, isUp: false, () => connection.Device.Receive(connection, topic, payload));
            }
        }
    }

    public void SendUp(Connection connection, string channel, byte[] payload, Action? delivered = null) =>
        Send(connection, isUp: true, () => world.Scheduler.Start("A message", () => connection.Turns.TakeAsync(async () =>
        {
            await HandAsync(connection, channel, payload, delivered);
            return true;
        })));

    /// <summary>The connection is over for both sides.</summary>
    public void Cut(Connection connection)
    {
        connection.Ended.TrySetResult();
        if (_connections.GetValueOrDefault(connection.Device.Id) == connection)
        {
            _connections.Remove(connection.Device.Id);
            connection.Hub.Fleet.Update(world.Office.Key, connection.Device.Id, new DeviceState(1, DevicePresence.Lost, null, null));
        }
    }

    /// <summary>Silent from now on; the next keep-alive finds the connection dead.</summary>
    public void Doom(Connection connection)
    {
        if (!connection.IsDoomed)
        {
            connection.IsDoomed = true;
            world.Scheduler.Start("A dying connection", async () =>
            {
                await world.Scheduler.PauseAsync(world.Pause(0.1, 15));
                Cut(connection);
            });
        }
    }

    public void HubDied(HubProcess hub)
    {
        foreach (var connection in _connections.Values.Where(c => c.Hub == hub).ToArray())
        {
            Cut(connection);
        }
    }

    public Connection? Of(SimulatedDevice device) => _connections.GetValueOrDefault(device.Id);

    private void Down(Connection connection, string retainedTopic)
    {
        if (connection.Hub.Retained(retainedTopic) is { } payload)
        {
            Send(connection, isUp: false, () => connection.Device.Receive(connection, retainedTopic, payload));
        }
    }

    private void Send(Connection connection, bool isUp, Action arrive)
    {
        world.Tally.Messages++;
        if (world.Happens(Fault.ConnectionCut, 0.002))
        {
            Doom(connection);
        }

        if (connection.IsDoomed || connection.Device.IsCutOff)
        {
            world.Tally.Add(Fault.MessageLost);
            return;
        }

        var times = world.Happens(Fault.MessageTwice, 0.02) ? 2 : 1;
        for (var i = 0; i < times; i++)
        {
            var at = world.Clock.Now + world.Pause(0.001, 0.03);
            if (world.Happens(Fault.MessageOvertaken, 0.02))
            {
                at += world.Pause(0.05, 3);
            }
            else if (isUp)
            {
                at = connection.NextUp = at < connection.NextUp ? connection.NextUp : at;
            }
            else
            {
                at = connection.NextDown = at < connection.NextDown ? connection.NextDown : at;
            }

            world.Scheduler.At(at, () =>
            {
                if (connection.Hub.IsUp && (isUp || connection.IsOpen))
                {
                    arrive();
                }
            });
        }
    }

    /// <summary>As MqttBroker: what cannot be written closes the connection, and the device sends it again.</summary>
    private async Task HandAsync(Connection connection, string channel, byte[] payload, Action? delivered)
    {
        var (office, device, hub) = (world.Office, connection.Device.Id, connection.Hub);
        await hub.Awake;
        try
        {
            switch (channel)
            {
                case Topics.Event:
                    await hub.Events.HandleAsync(office.Key, device, payload);
                    break;
                case Topics.CommandResult when JsonSerializer.Deserialize(payload, ProtocolJson.Default.CommandResult) is { } result:
                    await hub.Slips.HandleAsync(office, device, result);
                    break;
                case Topics.State when JsonSerializer.Deserialize(payload, ProtocolJson.Default.DeviceState) is { } state:
                    hub.Fleet.Update(office.Key, device, state);
                    if (hub.Fleet.IsReady(office.Key, device))
                    {
                        await hub.Slips.PrinterIsReadyAsync(office.Key, device);
                    }

                    break;
            }

            if (connection.IsOpen)
            {
                delivered?.Invoke();
            }
        }
        catch (Exception error) when (error is JournalUnavailableException or VersionConflictException)
        {
            Cut(connection);
        }
    }
}
