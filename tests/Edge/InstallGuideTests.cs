using System.Diagnostics;
using System.Text.RegularExpressions;
using Aufruf.Edge;
using Aufruf.Edge.Simulator;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Edge;

/// <summary>The guide of hardware/README.md, followed with its own commands in a Debian root, up to a slip.</summary>
/// <remarks>A root has no kernel, no pins and no systemd as first process. A check follows the guide in a copy of this machine's Debian;
/// it fetches no package and reads no udev rule. Endure follows it in new systems of both releases, with the trimmed program.</remarks>
[Trait("Needs", "process")]
[Trait("Length", "long")]
public sealed partial class InstallGuideTests
{
    private const string Device = "printer-1";

    private static readonly string Text = File.ReadAllText(Repository.PathOf("hardware", "README.md"));
    private static readonly string Unit = File.ReadAllText(Repository.PathOf("hardware", "os", "aufruf-edge@.service"))
        .Replace("%i", Device, StringComparison.Ordinal).Replace("\\\n", "", StringComparison.Ordinal);

    public static TheoryData<string> Systems => Proof.IsFull ? ["", "bookworm", "trixie"] : [""];

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task The_guide_leads_from_an_empty_system_to_the_first_slip(string release)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess || Environment.GetEnvironmentVariable("AUFRUF_REQUIRE_ALL") == "1",
            "only root may make a Debian root");
        await using var hub = await TestHub.StartAsync();
        using var emulator = new EscPosEmulator(0, TimeProvider.System, dots: 384);
        await emulator.StartAsync(Now);
        using var files = new TempFolder();
        using var made = new TempFolder();
        var (code, password) = await HubCommand.RunAsync([.. TokenCommand().Match(Text).Groups[1].Value.Split(' '),
            $"--Hub:Data={hub.Data}"]);
        Assert.Equal(0, code);
        files.Write("password", password.Trim().Split().Last() + "\n");
        var panel = Ports.Next();
        files.Write("script", Script(files, hub.Mqtt, emulator.Port, panel, isCopy: release.Length == 0));
        if (release.Length > 0)
        {
            await MakeAsync("debootstrap", "--variant=minbase", "--include=systemd,udev", release, made.File("system"));
            await PublishAsync(made);
        }

        using var root = new DebianRoot(release.Length > 0 ? made.File("system") : "/", files,
            release.Length > 0 ? made.File("out/aufruf") : Built("Agent"), Built("Simulator"));
        await root.SaysAsync("== the unit");
        Assert.True(Regex.Count(root.Words, "^== 0$", RegexOptions.Multiline) == Blocks.Count - 1, root.Words);
        Assert.Contains("drwx------ aufruf:aufruf /var/lib/aufruf-edge/printer-1\n-rw------- aufruf:aufruf "
            + "/var/lib/aufruf-edge/printer-1/password\naufruf lp gpio i2c spi", root.Words, StringComparison.Ordinal);
        OnlyThePinsAreMissing(root.Words);
        Assert.Contains("ÄÖÜ äöü ß €", Assert.Single(emulator.Slips).Text, StringComparison.Ordinal);
        Assert.Single(emulator.Slips[0].Marks.OfType<PaperMark.Raster>());
        await root.SaysAsync("the unit is right");
        if (release == "trixie") // The udev of bookworm cannot verify.
        {
            await root.SaysAsync("the rules are right");
        }

        if (release.Length == 0)
        {
            await PressAsync(panel);
            await Patience.Until("the first slip", () => emulator.Slips.Count == 2);
            Assert.Contains("Ausweis und Pass", emulator.Slips[0].Text, StringComparison.Ordinal);
        }

        await emulator.StopAsync(Now);
    }

    /// <summary>The guide's blocks with the reader's own addresses, then the unit's command with simulated pins.</summary>
    /// <param name="isCopy">Of this machine's system, which has .NET and no udev.</param>
    private static string Script(TempFolder files, int mqtt, int paper, int panel, bool isCopy)
    {
        var script = isCopy ? "mkdir -p /etc/udev/rules.d; apt-get() { :; }; udevadm() { :; }; export -f apt-get udevadm\n" : "";
        foreach (var (block, n) in Blocks.Select((block, n) => (block, n)))
        {
            files.Write($"block-{n}", block.Replace("hub.example:1883", $"127.0.0.1:{mqtt}", StringComparison.Ordinal)
                .Replace("\nOPTIONS=\n", $"\nOPTIONS=\"--printer tcp:127.0.0.1:{paper}\"\n", StringComparison.Ordinal));
            script += $"bash -eu /guide/block-{n} </guide/password; echo \"== $?\"\n";
        }

        var simulated = Setting("ExecStart").Replace("/opt/aufruf/Aufruf.Edge", "$DOTNET_ROOT/dotnet /simulator/Aufruf.Edge.Simulator.dll",
            StringComparison.Ordinal);
        return script + $"""
            stat -c '%A %U:%G %n' {Setting("StateDirectory", "/var/lib/")} {Setting("StateDirectory", "/var/lib/")}/password
            id -nG {Setting("User")}
            echo '== the unit'
            systemd-analyze verify aufruf-edge@{Device}.service && echo the unit is right
            udevadm verify /etc/udev/rules.d/99-aufruf.rules && echo the rules are right
            . {Setting("EnvironmentFile")}
            cd {Setting("WorkingDirectory")}
            exec runuser -u {Setting("User")} -- {simulated} --panel {panel}

            """;
    }

    private static IReadOnlyList<string> Blocks { get; } = [.. ShellBlock().Matches(Text).Select(block => block.Groups[1].Value)];

    /// <summary>The value of the unit's setting.</summary>
    private static string Setting(string name, string before = "") =>
        before + Regex.Match(Unit, $"^{name}=(.*)$", RegexOptions.Multiline).Groups[1].Value;

    private static string Built(string project) => Path.GetFullPath(AppContext.BaseDirectory).Replace(
        $"{Path.DirectorySeparatorChar}tests{Path.DirectorySeparatorChar}", $"/edge/{project}/", StringComparison.Ordinal);

    /// <summary>The last line of the self-test is no: a root has no pins. All other parts answer.</summary>
    private static void OnlyThePinsAreMissing(string words)
    {
        foreach (var line in new[] { "pins +FAIL: The pins of this machine cannot be used", "printer .*: ready; test slip printed$",
            "hub .* lets this device in$" })
        {
            Assert.True(Regex.IsMatch(words, $"^  {line}", RegexOptions.Multiline), words);
        }
    }

    private static async Task PressAsync(int panel)
    {
        using var page = new HttpClient { BaseAddress = new Uri($"http://localhost:{panel}/") };
        for (var isReady = false; !isReady; await Task.Delay(50, Now))
        {
            try
            {
                var state = await page.GetStringAsync("state", Now);
                isReady = state.Contains("\"connected\":true", StringComparison.Ordinal)
                    && state.Contains("\"printer\":\"Ready\"", StringComparison.Ordinal);
            }
            catch (HttpRequestException)
            {
                // The page is not up yet.
            }
        }

        using var pressed = await page.PostAsync("press/1", null, Now);
        pressed.EnsureSuccessStatusCode();
    }

    /// <summary>Publishes the agent with the guide's command for this machine's processor, from a copy: the lock files stay.</summary>
    private static async Task PublishAsync(TempFolder made)
    {
        var architecture = System.Runtime.InteropServices.RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();
        string[] parts = ["edge", "Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig"];
        await MakeAsync("cp", ["-r", .. parts.Select(part => Repository.PathOf(part)), made.Path]);
        var command = PublishCommand().Match(Text).Groups[1].Value.Replace("linux-arm64", $"linux-{architecture}", StringComparison.Ordinal)
            .Replace("edge/Agent", made.File("edge/Agent"), StringComparison.Ordinal)
            .Replace("-o out", $"-o {made.File("out")}", StringComparison.Ordinal);
        await MakeAsync("dotnet", command.Split(' '));
    }

    private static async Task MakeAsync(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        start.Environment.Remove("CI"); // A processor of its own adds to the copy's lock files.
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var words = await process.StandardOutput.ReadToEndAsync(Now);
        await process.WaitForExitAsync(Now);
        Assert.True(process.ExitCode == 0, words);
    }

    [GeneratedRegex("^```sh\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex ShellBlock();

    [GeneratedRegex("^Aufruf.Hub (token .*)$", RegexOptions.Multiline)]
    private static partial Regex TokenCommand();

    [GeneratedRegex("^dotnet (publish .*)$", RegexOptions.Multiline)]
    private static partial Regex PublishCommand();
}
