using Aufruf.Edge.Protocol;

namespace Aufruf.Simulation;

/// <summary>What the promises allow.</summary>
internal static class Limits
{
    public static readonly TimeSpan StalePress = TimeSpan.FromSeconds(15);

    /// <summary>How much older than it looked a press may truly be when it is carried out: on its way without anything to compare with, and waiting for its turn.</summary>
    public static readonly TimeSpan Unseen = TimeSpan.FromSeconds(8);

    /// <summary>Where the broker keeps what a device shows.</summary>
    public static string FaceTopic(string office, string device) => Topics.Device(office, device, Topics.Face);
}
