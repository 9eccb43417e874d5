using System.Text.Json.Serialization;

namespace Aufruf.Edge.Protocol;

/// <summary>The condition of a device: retained, published at each connection and at each change of the printer.</summary>
/// <param name="State">"Lost" is the last will: the broker publishes it when the connection dies.</param>
/// <param name="Printer">Null for a device without a printer.</param>
/// <param name="Version">Of the device's program; null: it says none.</param>
public sealed record DeviceState(int V, DevicePresence State, DateTimeOffset? At, PrinterCondition? Printer,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Version = null);

public enum DevicePresence { Ready, Lost, Stopped }

public enum PrinterCondition { Unknown, Ready, NearEnd, PaperOut, CoverOpen, CutterError, Disconnected }
