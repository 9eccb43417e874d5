using System.Text.Json;

namespace Aufruf.Edge.Protocol;

/// <summary>A press. It stays in the device's outbox until the hub has settled it.</summary>
/// <param name="V">Protocol version, 1.</param>
/// <param name="Id">Created at the press. The hub uses it as the request id, so a repeat is harmless.</param>
/// <param name="Seq">Grows by one per event of this device, over restarts too.</param>
/// <param name="Boot">Names one run of the device, for example "b-7f3a90c1".</param>
/// <param name="Mono">Monotonic milliseconds from that boot to the press.</param>
/// <param name="Sent">Monotonic milliseconds from that boot to this sending: Sent - Mono is the age of the event.
/// A copy from an earlier boot carries null.</param>
/// <param name="At">Wall-clock time by the device's own clock.</param>
/// <param name="Clock">Whether that clock can be believed.</param>
/// <param name="Type">One of <see cref="DeviceEventTypes"/>.</param>
/// <param name="Data">The body that belongs to the type.</param>
public sealed record DeviceEvent(
    int V, Guid Id, long Seq, string Boot, long Mono, long? Sent, DateTimeOffset At, ClockState Clock, string Type, JsonElement Data);

/// <summary>Synced: by NTP. Estimated: from the hub's time beacon. Unset: a Pi without a clock chip has just started.</summary>
public enum ClockState { Synced, Estimated, Unset }

public static class DeviceEventTypes
{
    public const string ButtonPressed = "button.press";
    public const string TicketWanted = "ticket.wanted";
}

/// <summary>A clerk pressed a button of a box. The office's configuration says which counter the box belongs to.</summary>
/// <param name="Button">One of <see cref="Buttons"/>.</param>
/// <param name="Seen">Revision of the face at the time of the press; null before the first face.</param>
public sealed record ButtonPressed(string Button, long? Seen);

/// <summary>A citizen pressed a button of a ticket printer. The office's configuration says which service it stands for.</summary>
/// <param name="Button">"1" to "8", as named in the pin map.</param>
/// <param name="Language">Language of the slip, "de" or "en".</param>
public sealed record TicketWanted(string Button, string Language);

/// <summary>The buttons of a box.</summary>
public static class Buttons
{
    public const string Next = "next";
    public const string Recall = "recall";
    public const string Arrived = "arrived";
    public const string Finish = "finish";
    public const string Missed = "missed";

    public static IReadOnlyList<string> All { get; } = [Next, Recall, Arrived, Finish, Missed];
}
