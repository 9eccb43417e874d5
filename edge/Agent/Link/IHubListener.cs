using Aufruf.Edge.Protocol;

namespace Aufruf.Edge;

/// <summary>Whoever wants to know what the hub says. Called on network threads: return at once.</summary>
public interface IHubListener
{
    void LinkUp();
    void LinkDown();
    void Acked(EventAck ack);
    void Commanded(DeviceCommand command);
    void Faced(Face face);
    void Heard(TimeBeacon beacon);
    void ResultDelivered(Guid command);
    Task<DeviceHealth> HealthAsync(CancellationToken stop);
}
