using System.Text.Json.Serialization;
using Aufruf.Edge.Protocol;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Push;

namespace Aufruf.Hub.Clustering;

/// <summary>The news of hubs to each other, beside the journal. None of it must outlive them.</summary>
/// <remarks>Every hub hears all of it, its own too, in the same order.</remarks>
[JsonPolymorphic]
[JsonDerivedType(typeof(Asked), "asked")]
[JsonDerivedType(typeof(DeviceCame), "device-came")]
[JsonDerivedType(typeof(DeviceSaid), "device-said")]
[JsonDerivedType(typeof(DeviceLeft), "device-left")]
[JsonDerivedType(typeof(DeviceTaken), "device-taken")]
[JsonDerivedType(typeof(ToDevice), "to-device")]
[JsonDerivedType(typeof(ScreenHere), "screen-here")]
[JsonDerivedType(typeof(ScreenLeft), "screen-left")]
[JsonDerivedType(typeof(TroubleAdded), "trouble-added")]
[JsonDerivedType(typeof(TroubleOver), "trouble-over")]
public abstract record HubNews
{
    private HubNews() { }

    /// <summary>A hub has begun to listen: the others tell it of their devices.</summary>
    public sealed record Asked : HubNews;

    /// <param name="Connection">Each connection of a device to this hub has its own number.</param>
    public sealed record DeviceCame(string Office, string Device, long Connection) : HubNews;

    public sealed record DeviceSaid(string Office, string Device, long Connection, DeviceState State, DeviceFacts? Facts = null) : HubNews;

    public sealed record DeviceLeft(string Office, string Device, long Connection) : HubNews;

    /// <summary>A second connection of the same name has taken its place at one hub.</summary>
    public sealed record DeviceTaken(string Office, string Device) : HubNews;

    /// <summary>A command for a device, wherever it is connected. It bears an id, so a device carries it out once.</summary>
    public sealed record ToDevice(string Topic, byte[] Payload) : HubNews;

    /// <param name="Facts">Null: as it said before.</param>
    public sealed record ScreenHere(ScreenSelf Self, ScreenFacts? Facts) : HubNews;

    public sealed record ScreenLeft(ScreenSelf Self, bool WasClosed) : HubNews;

    public sealed record TroubleAdded(string Office, string Kind, TroubleSubject About) : HubNews;

    public sealed record TroubleOver(string Office, string Kind, TroubleSubject About) : HubNews;
}

/// <summary>The way to all hubs.</summary>
public interface IHubPost
{
    /// <summary>The name of this hub.</summary>
    string Me { get; }

    /// <summary>Returns at once. The news is lost when the database stays away.</summary>
    void Send(HubNews news);
}

/// <summary>Reads the news of all hubs, one at a time.</summary>
public interface IHubNewsReader
{
    /// <param name="hub">The one that sent it.</param>
    /// <param name="news">Its words.</param>
    Task TakeAsync(string hub, HubNews news);

    /// <summary>Some news may have been missed.</summary>
    void Missed();
}
