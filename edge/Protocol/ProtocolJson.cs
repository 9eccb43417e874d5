using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aufruf.Edge.Protocol;

/// <summary>The one JSON form of everything that crosses MQTT.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [
        typeof(KebabEnum<ClockState>), typeof(KebabEnum<PrinterCondition>), typeof(KebabEnum<EventOutcome>),
        typeof(KebabEnum<CommandOutcome>), typeof(KebabEnum<FaceState>), typeof(KebabEnum<DevicePresence>)])]
[JsonSerializable(typeof(DeviceEvent))]
[JsonSerializable(typeof(ButtonPressed))]
[JsonSerializable(typeof(ButtonStuck))]
[JsonSerializable(typeof(TicketWanted))]
[JsonSerializable(typeof(PrinterChanged))]
[JsonSerializable(typeof(EventAck))]
[JsonSerializable(typeof(DeviceCommand))]
[JsonSerializable(typeof(Slip))]
[JsonSerializable(typeof(CommandResult))]
[JsonSerializable(typeof(Face))]
[JsonSerializable(typeof(TimeBeacon))]
[JsonSerializable(typeof(BoardCalls))]
[JsonSerializable(typeof(DeviceState))]
[JsonSerializable(typeof(DeviceDescription))]
[JsonSerializable(typeof(DeviceHealth))]
public sealed partial class ProtocolJson : JsonSerializerContext;

/// <summary>Enums travel as "paper-out", never as numbers.</summary>
public sealed class KebabEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) where T : struct, Enum;
