using System.Text.Json;

namespace Aufruf.Edge.Protocol;

/// <summary>Something that happened at a device, on its way to the hub: stays in the outbox until the hub has settled it.</summary>
/// <param name="V">Protocol version, 1.</param>
/// <param name="Id">Minted at the press; the hub uses it as the request id, so a repeat is harmless.</param>
/// <param name="Seq">Grows by one per event of this device, over restarts too.</param>
/// <param name="Boot">Names one run of the device, for example "b-7f3a".</param>
/// <param name="Mono">Monotonic milliseconds since that boot, when the event happened.</param>
/// <param name="Sent">Monotonic milliseconds since that boot, when this copy was sent: Sent - Mono is the event's age, whatever the wall clock says. A copy from an earlier boot carries null.</param>
/// <param name="At">Wall-clock time by the device's own clock.</param>
/// <param name="Clock">Whether that clock can be believed.</param>
/// <param name="Type">One of <see cref="DeviceEventTypes"/>.</param>
/// <param name="Data">The body that belongs to the type.</param>
public sealed record DeviceEvent(
    int V, Guid Id, long Seq, string Boot, long Mono, long? Sent, DateTimeOffset At, ClockState Clock, string Type, JsonElement Data);

/// <summary>Synced: by NTP. Estimated: set from the hub's time beacon. Unset: no idea, a Pi without a clock chip just started.</summary>
public enum ClockState { Synced, Estimated, Unset }

/// <summary>What can happen at a device.</summary>
public static class DeviceEventTypes
{
    public const string ButtonPressed = "button.press";
    public const string ButtonStuck = "button.stuck";
    public const string TicketWanted = "ticket.wanted";
    public const string PrinterChanged = "printer.changed";
}

/// <summary>A clerk pressed a button of a box. The hub knows from the office's configuration which counter the box belongs to.</summary>
/// <param name="Button">One of <see cref="Buttons"/>.</param>
/// <param name="Seen">Revision of the face the clerk saw when pressing; null when none was known yet.</param>
public sealed record ButtonPressed(string Button, long? Seen);

/// <summary>A button has been down for more than 30 s and is ignored until released.</summary>
public sealed record ButtonStuck(string Button, bool Stuck);

/// <summary>A citizen pressed a button of a ticket printer. Which service that is stands in the office's configuration, not on the device.</summary>
/// <param name="Button">"1" to "8", as named in the pin map.</param>
/// <param name="Language">Language of the slip, "de" or "en".</param>
public sealed record TicketWanted(string Button, string Language);

/// <summary>The printer's condition changed.</summary>
public sealed record PrinterChanged(PrinterCondition Condition);

/// <summary>Printer conditions, as in the state machine of edge/README.md.</summary>
public enum PrinterCondition { Unknown, Ready, NearEnd, PaperOut, CoverOpen, CutterError, Disconnected }

/// <summary>The wishes a button box can utter.</summary>
public static class Buttons
{
    public const string Next = "next";
    public const string Recall = "recall";
    public const string Arrived = "arrived";
    public const string Finish = "finish";
    public const string Missed = "missed";

    public static IReadOnlyList<string> All { get; } = [Next, Recall, Arrived, Finish, Missed];
}
