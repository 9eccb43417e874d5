namespace Aufruf.Edge.Protocol;

/// <summary>The condition of a device: retained, published at each connection and at each change of the printer.</summary>
/// <param name="State">"Lost" is the last will: the broker publishes it when the connection dies.</param>
/// <param name="Printer">Null for a device without a printer.</param>
public sealed record DeviceState(int V, DevicePresence State, DateTimeOffset? At, PrinterCondition? Printer);

public enum DevicePresence { Ready, Lost, Stopped }

public enum PrinterCondition { Unknown, Ready, NearEnd, PaperOut, CoverOpen, CutterError, Disconnected }
