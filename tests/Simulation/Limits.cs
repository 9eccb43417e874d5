using Aufruf.Edge.Protocol;

namespace Aufruf.Simulation;

/// <summary>The limits of the promises.</summary>
internal static class Limits
{
    public static readonly TimeSpan StalePress = TimeSpan.FromSeconds(15);

    /// <summary>How much older than it seems a press may be when it is carried out: its travel time, and its time in the queue.</summary>
    public static readonly TimeSpan Unseen = TimeSpan.FromSeconds(8);

    /// <summary>The topic on which the broker keeps a device's face.</summary>
    public static string FaceTopic(string office, string device) => Topics.Device(office, device, Topics.Face);
}
