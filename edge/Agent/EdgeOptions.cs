namespace Aufruf.Edge;

/// <summary>The command line, checked before anything starts.</summary>
public sealed record EdgeOptions
{
    public const string Usage = """
        Aufruf.Edge: button box, ticket printer and counter sign.

          --device box-3                 name of this device, unique in its office
          --office alsdorf.rathaus       authority.office
          --board FILE                   pin map, see hardware/boards/
          --hub 127.0.0.1:1883           address of the hub's broker
          --data ./data/edge/box-3       folder of edge.db and of the file "password"
          --printer tcp:HOST:9100        or usb:/dev/usb/lp0; goes before the pin map
          --panel 5301                   simulated board: page of the virtual device, this machine only
          --printer-emulator 9100        simulated board: an ESC/POS printer on this port of 127.0.0.1; 0 takes a free one
          --labels "1=Ausweis,2=Auto"    labels of buttons, before those of the pin map
          --selftest                     shows pins, sign and printer, then ends
          --help
        """;

    public required string Device { get; init; }
    public required string Office { get; init; }
    public required string BoardFile { get; init; }
    public required string HubHost { get; init; }
    public required int HubPort { get; init; }
    public required string Data { get; init; }
    public string? Printer { get; init; }
    public int? Panel { get; init; }
    public int? PrinterEmulator { get; init; }
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
    public bool SelfTest { get; init; }

    /// <summary>User name and client id: unique over all towns of one broker.</summary>
    public string User => $"{Office}/{Device}";

    public string Hub => $"{HubHost}:{HubPort}";
    public string PasswordFile => Path.Combine(Data, "password");
    public string OutboxFile => Path.Combine(Data, "edge.db");

    /// <summary>Reads the command line; a fault is a sentence for an operator.</summary>
    /// <exception cref="OptionsException">Something is missing or wrong.</exception>
    public static EdgeOptions Parse(IReadOnlyList<string> args)
    {
        var given = new Dictionary<string, string>();
        for (var i = 0; i < args.Count; i++)
        {
            var name = args[i];
            if (name is "--selftest")
            {
                given[name] = "yes";
            }
            else if (!Usage.Contains($"  {name} ", StringComparison.Ordinal) || !name.StartsWith("--", StringComparison.Ordinal))
            {
                throw new OptionsException($"Unknown option \"{name}\". --help lists all.");
            }
            else if (i + 1 == args.Count || args[i + 1].StartsWith("--", StringComparison.Ordinal))
            {
                throw new OptionsException($"{name} needs a value.");
            }
            else
            {
                given[name] = args[++i];
            }
        }

        string Need(string name) => given.GetValueOrDefault(name) ?? throw new OptionsException($"{name} is missing. --help shows an example.");
        int? Port(string name, int least) => given.GetValueOrDefault(name) is not { } text ? null
            : int.TryParse(text, out var port) && port >= least && port <= 65535 ? port
            : throw new OptionsException($"{name} {text} is not a port: {least} to 65535.");
        var (host, hubPort) = HostAndPort("--hub", Need("--hub"));
        var options = new EdgeOptions
        {
            Device = Name("--device", Need("--device")),
            Office = Name("--office", Need("--office")),
            BoardFile = Need("--board"),
            HubHost = host,
            HubPort = hubPort,
            Data = Need("--data"),
            Printer = given.GetValueOrDefault("--printer"),
            Panel = Port("--panel", 1),
            PrinterEmulator = Port("--printer-emulator", 0),
            Labels = LabelsOf(given.GetValueOrDefault("--labels")),
            SelfTest = given.ContainsKey("--selftest"),
        };
        if (options.Printer is { } printer)
        {
            _ = PrinterTarget.Parse(printer);
        }

        return options;
    }

    internal static (string Host, int Port) HostAndPort(string option, string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text[(colon + 1)..], out var port) && port is > 0 and <= 65535
            ? (text[..colon].Trim('[', ']'), port)
            : throw new OptionsException($"{option} {text} is not host:port, such as 127.0.0.1:1883.");
    }

    // These names stand in MQTT topics, where / + and # have a meaning of their own.
    private static string Name(string option, string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_')
        ? text
        : throw new OptionsException($"{option} \"{text}\" may only have letters, digits, '-', '.' and '_'.");

    private static Dictionary<string, string> LabelsOf(string? text) => (text ?? "")
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(
            pair => pair[0],
            pair => pair.Length == 2 ? pair[1] : throw new OptionsException($"--labels: \"{pair[0]}\" lacks its label, as in \"1=Ausweis\"."));
}

/// <summary>A command line that cannot be used, said in one sentence.</summary>
public sealed class OptionsException : Exception
{
    public OptionsException() { }
    public OptionsException(string message) : base(message) { }
    public OptionsException(string message, Exception inner) : base(message, inner) { }
}
