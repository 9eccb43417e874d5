using Aufruf.Edge.Protocol;

namespace Aufruf.Edge;

/// <summary>The way to the hub, as the device loop sees it: messages may be lost at any time, the core sends them again.</summary>
public interface ILink
{
    void Send(DeviceEvent happened);

    void Send(CommandResult result);
}
