using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aufruf.Edge;

/// <summary>A pin map: what is wired to which pin (BCM numbers). Real and simulated boards have the same shape.</summary>
/// <param name="Gpio">"system" for the pins of this machine, "simulated" for none.</param>
/// <param name="DebounceMs">A contact must be quiet for so long to count.</param>
/// <param name="PullUp">True: a pressed button connects its pin to ground.</param>
/// <param name="ExternalResistor">True: the pull resistor is on the board, not in the chip.</param>
/// <param name="Lamp">Pin of the one lamp.</param>
/// <param name="Printer">Profile and usual address of the printer; null for a box without one.</param>
public sealed record Board(
    string Name, string Kind, string Gpio, IReadOnlyList<ButtonPin> Buttons, int? Lamp = null, SignPins? Sign = null,
    BoardPrinter? Printer = null, int DebounceMs = 20, bool PullUp = true, bool ExternalResistor = false, string Language = "de")
{
    public const string ButtonBox = "button-box";
    public const string TicketPrinter = "ticket-printer";

    public bool IsSimulated => Gpio == "simulated";
    public TimeSpan Debounce => TimeSpan.FromMilliseconds(DebounceMs);
    public DeviceKind DeviceKind => Kind == TicketPrinter ? DeviceKind.TicketPrinter : DeviceKind.ButtonBox;

    /// <summary>File name and hash, such as "button-box.json#3f9a01c2": a fleet view sees which box runs an old map.</summary>
    [JsonIgnore]
    public string Fingerprint { get; init; } = "";

    /// <summary>Folder of the file; profiles are found from there.</summary>
    [JsonIgnore]
    public string Folder { get; init; } = "";

    /// <summary>Reads and checks a pin map; a fault is a sentence for an operator.</summary>
    /// <exception cref="BoardException">The file is missing or contradicts itself.</exception>
    public static Board Load(string file)
    {
        try
        {
            var bytes = File.ReadAllBytes(file);
            var board = JsonSerializer.Deserialize(bytes, BoardJson.Default.Board) ?? throw new BoardException($"The pin map {file} is empty.");
            board.Check(file);
            return board with
            {
                Fingerprint = $"{Path.GetFileName(file)}#{Convert.ToHexStringLower(SHA256.HashData(bytes))[..8]}",
                Folder = Path.GetDirectoryName(Path.GetFullPath(file)) ?? "",
            };
        }
        catch (JsonException e)
        {
            throw new BoardException($"The pin map {file} is not understood: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BoardException($"The pin map {file} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The same board with other labels; a label without a button is a slip of the operator.</summary>
    /// <exception cref="BoardException">There is no such button.</exception>
    public Board Labelled(IReadOnlyDictionary<string, string> labels) =>
        labels.Keys.FirstOrDefault(l => Buttons.All(b => b.Name != l)) is { } odd
            ? throw new BoardException($"--labels names a button \"{odd}\", but the board has {string.Join(", ", Buttons.Select(b => b.Name))}.")
            : this with { Buttons = [.. Buttons.Select(b => b with { Label = labels.GetValueOrDefault(b.Name) ?? b.Label })] };

    private void Check(string file)
    {
        var pins = Buttons.Select(b => b.Pin).Concat(Lamp is { } lamp ? [lamp] : []).Concat(Sign is { } s ? [s.Clk, s.Dio] : []).ToList();
        var names = Kind == TicketPrinter ? Enumerable.Range(1, 8).Select(n => $"{n}") : Protocol.Buttons.All;
        var fault =
            Kind is not (ButtonBox or TicketPrinter) ? $"kind \"{Kind}\" is neither \"{ButtonBox}\" nor \"{TicketPrinter}\""
            : Gpio is not ("system" or "simulated") ? $"gpio \"{Gpio}\" is neither \"system\" nor \"simulated\""
            : Buttons.Count == 0 ? "there is no button"
            : Buttons.FirstOrDefault(b => !names.Contains(b.Name)) is { } odd ? $"a {Kind} has no button \"{odd.Name}\"; it may have {string.Join(", ", names)}"
            : Buttons.GroupBy(b => b.Name).FirstOrDefault(g => g.Count() > 1) is { } twice ? $"button \"{twice.Key}\" is there twice"
            : pins.Where(p => p is < 2 or > 27).Select(p => (int?)p).FirstOrDefault() is { } far ? $"pin {far} is not one of GPIO 2 to 27"
            : pins.GroupBy(p => p).FirstOrDefault(g => g.Count() > 1) is { } shared ? $"pin {shared.Key} is used twice"
            : Kind == TicketPrinter && Printer is null ? "a ticket printer needs \"printer\""
            : DebounceMs is < 1 or > 200 ? "debounceMs must be 1 to 200"
            : null;
        if (fault is not null)
        {
            throw new BoardException($"The pin map {file} is wrong: {fault}.");
        }
    }
}

/// <summary>One button. The label is for people and pages; services are named in the office's configuration.</summary>
/// <param name="Language">Language of the slip this button gives; null for the board's own.</param>
public sealed record ButtonPin(string Name, int Pin, string? Label = null, string? Language = null);

/// <summary>A TM1637 sign on two pins.</summary>
public sealed record SignPins(int Clk, int Dio);

/// <param name="Profile">File of the printer's profile, from the pin map's folder.</param>
/// <param name="Target">"tcp:host:port" or "usb:/dev/usb/lp0"; the command line goes first.</param>
public sealed record BoardPrinter(string Profile, string? Target = null);

/// <summary>A pin map that cannot be used, said in one sentence.</summary>
public sealed class BoardException : Exception
{
    public BoardException() { }
    public BoardException(string message) : base(message) { }
    public BoardException(string message, Exception inner) : base(message, inner) { }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, ReadCommentHandling = JsonCommentHandling.Skip,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Board))]
[JsonSerializable(typeof(PrinterProfile))]
internal sealed partial class BoardJson : JsonSerializerContext;
