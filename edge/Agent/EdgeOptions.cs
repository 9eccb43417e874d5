namespace Aufruf.Edge;

/// <summary>The command line, checked before anything starts.</summary>
public sealed record EdgeOptions
{
    public const string Usage = """
        Aufruf.Edge: button box, ticket printer and counter sign.

          --device box-3                 name of this device, unique in its office
          --office alsdorf.rathaus       authority.office
          --pin-map FILE                 see hardware/pin-maps/
          --hub 127.0.0.1:1883           address of the hub's broker; of several hubs: 10.0.0.5:1883,10.0.0.6:1883
          --data ./data/edge/box-3       folder of edge.db and of the file "password"
          --printer tcp:HOST:9100        or usb:/dev/aufruf/printer; takes precedence over the pin map
          --labels "1=Ausweis,2=Auto"    labels of buttons; take precedence over the pin map
          --pair CODE                    fetches the password with a code of the administration, then starts
          --web https://aufruf.alsdorf.de  address of the hub's pages, for --pair
          --selftest                     tries pins, sign, printer and hub, then ends; 1 when one of them fails
          --test-slip                    the self-test prints a slip too
          --help
        """;

    public required string Device { get; init; }
    public required string Office { get; init; }
    public required string PinMapFile { get; init; }

    /// <summary>Each of them serves every device. When one is away, the next is tried.</summary>
    public required IReadOnlyList<(string Host, int Port)> Hubs { get; init; }

    public required string Data { get; init; }
    public PrinterTarget? Printer { get; init; }
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>A code of the administration, and the address where it is good; null: the device has its password.</summary>
    public (string Code, Uri Web)? Pair { get; init; }

    public bool SelfTest { get; init; }
    public bool TestSlip { get; init; }

    /// <summary>User name and client id: unique over all towns of one broker.</summary>
    public string User => $"{Office}/{Device}";

    public string PasswordFile => Path.Combine(Data, "password");
    public string OutboxFile => Path.Combine(Data, "edge.db");

    /// <exception cref="SetupException">Neither the command line nor the pin map names a printer.</exception>
    public PrinterTarget PrinterOf(PinMap map) => Printer
        ?? (map.Printer?.Target is { } target ? PrinterTarget.Parse(target) : null)
        ?? throw new SetupException("--printer is missing, and the pin map names no usual one.");

    /// <exception cref="SetupException">Something is missing or wrong.</exception>
    public static EdgeOptions Parse(IReadOnlyList<string> args)
    {
        var given = new Dictionary<string, string>();
        for (var i = 0; i < args.Count; i++)
        {
            var name = args[i];
            given[name] = name is "--selftest" or "--test-slip" ? "yes"
                : !name.StartsWith("--", StringComparison.Ordinal) || !Usage.Contains($"  {name} ", StringComparison.Ordinal)
                    ? throw new SetupException($"Unknown option \"{name}\". --help lists all.")
                : i + 1 == args.Count || args[i + 1].StartsWith("--", StringComparison.Ordinal)
                    ? throw new SetupException($"{name} needs a value.")
                : args[++i];
        }

        string Need(string name) => given.GetValueOrDefault(name)
            ?? throw new SetupException($"{name} is missing. --help shows an example.");
        return new EdgeOptions
        {
            Device = Name("--device", Need("--device")),
            Office = Name("--office", Need("--office")),
            PinMapFile = Need("--pin-map"),
            Hubs = [.. Need("--hub").Split(',').Select(hub => HostAndPort("--hub", hub.Trim()))],
            Data = Need("--data"),
            Printer = given.TryGetValue("--printer", out var printer) ? PrinterTarget.Parse(printer) : null,
            Labels = LabelsOf(given.GetValueOrDefault("--labels")),
            Pair = given.TryGetValue("--pair", out var code) ? (code, WebAddress(Need("--web"))) : null,
            SelfTest = given.ContainsKey("--selftest") || given.ContainsKey("--test-slip"),
            TestSlip = given.ContainsKey("--test-slip"),
        };
    }

    internal static (string Host, int Port) HostAndPort(string option, string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text[(colon + 1)..], out var port) && port is > 0 and <= 65535
            ? (text[..colon].Trim('[', ']'), port)
            : throw new SetupException($"{option} {text} is not host:port, such as 127.0.0.1:1883.");
    }

    private static Uri WebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var web)
        && web is { Scheme: "https" or "http", AbsolutePath: "/", Query: "", UserInfo: "" } ? web
            : throw new SetupException($"--web {text} is not the address of a host, such as https://aufruf.alsdorf.de.");

    // These names stand in MQTT topics, where / + and # have a meaning of their own.
    private static string Name(string option, string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_')
        ? text
        : throw new SetupException($"{option} \"{text}\" may only have letters, digits, '-', '.' and '_'.");

    private static Dictionary<string, string> LabelsOf(string? text) => (text ?? "")
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(
            pair => pair[0],
            pair => pair.Length == 2 && PinMap.IsPlain(pair[1]) ? pair[1]
                : pair.Length == 2 ? throw new SetupException($"--labels: the label of \"{pair[0]}\" has a control character.")
                : throw new SetupException($"--labels: \"{pair[0]}\" lacks its label, as in \"1=Ausweis\"."));
}
