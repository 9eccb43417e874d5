using System.Device.Gpio;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Aufruf.Edge.Protocol;

namespace Aufruf.Edge;

/// <summary>A box for a clerk, or a printer for citizens.</summary>
public enum DeviceKind { ButtonBox, TicketPrinter }

/// <summary>The wiring of a device: <c>hardware/pin-maps/*.json</c>. Pins are BCM numbers.</summary>
/// <param name="Lamp">Pin of the one lamp.</param>
/// <param name="DebounceMs">A contact counts when its level has not changed for this time.</param>
/// <param name="PullUp">True: a pressed button connects its pin to ground.</param>
/// <param name="ExternalResistor">True: the pull resistor is soldered beside the button, not in the chip.</param>
public sealed record PinMap(
    string Name, DeviceKind Kind, IReadOnlyList<ButtonPin> Buttons, int? Lamp = null, SignPins? Sign = null, PrinterPort? Printer = null,
    int DebounceMs = 20, bool PullUp = true, bool ExternalResistor = false, string Language = "de")
{
    [JsonIgnore]
    public TimeSpan Debounce => TimeSpan.FromMilliseconds(DebounceMs);

    [JsonIgnore]
    public PinMode ButtonMode => ExternalResistor ? PinMode.Input : PullUp ? PinMode.InputPullUp : PinMode.InputPullDown;

    /// <summary>Folder of the file; a printer's profile is found from there.</summary>
    [JsonIgnore]
    public string Folder { get; init; } = "";

    /// <exception cref="SetupException">The file is missing or contradicts itself.</exception>
    public static PinMap Load(string file)
    {
        var map = ReadFile(file, "pin map", HardwareJson.Default.PinMap);
        return map.Fault() is { } fault
            ? throw new SetupException($"The pin map {file} is wrong: {fault}.")
            : map with { Folder = Path.GetDirectoryName(Path.GetFullPath(file)) ?? "" };
    }

    /// <summary>The same pins with other labels.</summary>
    /// <exception cref="SetupException">There is no such button.</exception>
    public PinMap Labelled(IReadOnlyDictionary<string, string> labels) =>
        labels.Keys.FirstOrDefault(l => Buttons.All(b => b.Name != l)) is { } odd
            ? throw new SetupException(
                $"--labels names a button \"{odd}\", but the pin map has {string.Join(", ", Buttons.Select(b => b.Name))}.")
            : this with { Buttons = [.. Buttons.Select(b => b with { Label = labels.GetValueOrDefault(b.Name) ?? b.Label })] };

    internal static T ReadFile<T>(string file, string kind, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> json)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), json) ?? throw new SetupException($"The {kind} {file} is empty.");
        }
        catch (JsonException e)
        {
            throw new SetupException($"The {kind} {file} is not understood: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SetupException($"The {kind} {file} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Names and labels go to logs and terminals: they have no character that a terminal obeys.</summary>
    internal static bool IsPlain(string text) => text.All(c => !char.IsControl(c) && char.GetUnicodeCategory(c)
        is not (UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));

    private string? Fault()
    {
        int?[] others = [Lamp, Sign?.Clk, Sign?.Dio];
        var pins = Buttons.Select(b => b.Pin).Concat(others.OfType<int>()).ToList();
        var names = Kind is DeviceKind.TicketPrinter ? Enumerable.Range(1, 8).Select(n => $"{n}") : Protocol.Buttons.All;
        return !Buttons.Select(b => b.Label ?? "").Append(Name).All(IsPlain) ? "a name or label has a control character"
            : Buttons.Count == 0 ? "there is no button"
            : Buttons.FirstOrDefault(b => !names.Contains(b.Name)) is { } odd
                ? $"a {Kind} has no button \"{odd.Name}\"; it may have {string.Join(", ", names)}"
            : Buttons.GroupBy(b => b.Name).FirstOrDefault(g => g.Count() > 1) is { } twice ? $"button \"{twice.Key}\" is there twice"
            : pins.Where(p => p is < 2 or > 27).Select(p => (int?)p).FirstOrDefault() is { } far ? $"pin {far} is not one of GPIO 2 to 27"
            : pins.GroupBy(p => p).FirstOrDefault(g => g.Count() > 1) is { } shared ? $"pin {shared.Key} is used twice"
            : Sign is { Chip: SignChip.Tm1637, Clk: null } or { Chip: SignChip.Tm1637, Dio: null } ? "a TM1637 needs \"clk\" and \"dio\""
            : Kind is DeviceKind.TicketPrinter && Printer is null ? "a ticket printer needs \"printer\""
            : DebounceMs is < 1 or > 200 ? "debounceMs must be 1 to 200"
            : null;
    }
}

/// <summary>One button. The label is for people; services are named in the office's configuration.</summary>
/// <param name="Language">Language of the slip that this button gives; null for the language of the pin map.</param>
public sealed record ButtonPin(string Name, int Pin, string? Label = null, string? Language = null);

/// <summary>The chips that light a four-digit sign.</summary>
public enum SignChip { Tm1637, Ht16k33, Max7219 }

/// <summary>A four-digit seven-segment sign: a TM1637 on two pins, an HT16K33 on I2C, or a MAX7219 on SPI.</summary>
/// <param name="Bus">Number of the I2C or SPI bus.</param>
/// <param name="Address">I2C address, or the SPI bus's chip select.</param>
public sealed record SignPins(SignChip Chip = SignChip.Tm1637, int? Clk = null, int? Dio = null, int Bus = 1, int Address = 0x70);

/// <param name="Profile">File of the printer's profile, from the pin map's folder.</param>
/// <param name="Target">"tcp:host:port" or "usb:/dev/aufruf/printer"; the command line takes precedence.</param>
public sealed record PrinterPort(string Profile, string? Target = null);

/// <summary>A command line, pin map or printer profile that cannot be used, as one sentence for an operator.</summary>
public sealed class SetupException : Exception
{
    public SetupException() { }
    public SetupException(string message) : base(message) { }
    public SetupException(string message, Exception inner) : base(message, inner) { }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, ReadCommentHandling = JsonCommentHandling.Skip,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    Converters = [typeof(KebabEnum<DeviceKind>), typeof(KebabEnum<SignChip>)])]
[JsonSerializable(typeof(PinMap))]
[JsonSerializable(typeof(PrinterProfile))]
internal sealed partial class HardwareJson : JsonSerializerContext;
