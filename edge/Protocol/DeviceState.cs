namespace Aufruf.Edge.Protocol;

/// <summary>Whether a device is there. "Lost" is its last will, published by the broker when the connection dies.</summary>
public sealed record DeviceState(int V, DevicePresence State, DateTimeOffset? At);

public enum DevicePresence { Ready, Lost, Stopped }

/// <summary>What a device is.</summary>
/// <param name="Kind">"button-box" or "ticket-printer".</param>
/// <param name="PinMap">File name and hash of the pin map it runs on.</param>
public sealed record DeviceDescription(
    int V, string Kind, string Hardware, string Software, int ProtocolMin, int ProtocolMax, string PinMap, IReadOnlyList<string> Capabilities);

/// <summary>How a device feels, each 60 s.</summary>
/// <param name="ClockOffsetMs">Device clock minus hub clock, from the last time beacon; null before the first.</param>
/// <param name="TemperatureC">Of the processor; null where it cannot be read.</param>
public sealed record DeviceHealth(
    int V, DateTimeOffset At, long UptimeS, int OutboxDepth, int OutboxLimit, long? ClockOffsetMs, PrinterCondition? Printer, double? TemperatureC);
