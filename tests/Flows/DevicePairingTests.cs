using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Aufruf.Edge;
using Aufruf.Tests.Edge;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Flows;

/// <summary>A device fetches its password from a real hub with a code of the administration.</summary>
public sealed class DevicePairingTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_box_gets_its_password_by_its_code_once_and_says_why_when_it_does_not()
    {
        await using var hub = await TestHub.StartAsync();
        using var folder = new TempFolder();
        var file = folder.File("box/password");
        var code = await OfferAsync(hub, "box-3");
        var (status, words) = await ProgramAsync(ArgumentsOf(hub, folder, code));
        Assert.True(File.Exists(file), words);
        Assert.Equal(1, status); // The self-test finds no pins here.
        Assert.Contains("box-3 of alsdorf.rathaus is paired.", words, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(file));
        var password = await File.ReadAllTextAsync(file, Now);
        await using var device = RawDevice.Stranger(hub, "box-3", password);
        await device.ConnectAgainAsync();
        Assert.True(device.IsConnected);

        // The code is used. The program ends with a sentence, and the password stays.
        var (again, why) = await ProgramAsync(ArgumentsOf(hub, folder, code));
        Assert.Equal(2, again);
        Assert.Contains("wrong, used or over", why, StringComparison.Ordinal);
        Assert.Equal([file], Directory.GetFiles(folder.File("box")));
        Assert.Equal(password, await File.ReadAllTextAsync(file, Now));

        Assert.Contains("was for printer-1", await WhyNotAsync(hub, folder, await OfferAsync(hub, "printer-1")), StringComparison.Ordinal);
        var late = await OfferAsync(hub, "box-3");
        hub.Clock.Skipped += TimeSpan.FromMinutes(15);
        Assert.Contains("wrong, used or over", await WhyNotAsync(hub, folder, late), StringComparison.Ordinal);
        var last = "";
        for (var n = 0; n < 40 && !last.StartsWith("Too many", StringComparison.Ordinal); n++)
        {
            last = await WhyNotAsync(hub, folder, $"AAAA{2222 + n}");
        }

        Assert.StartsWith("Too many codes were tried", last, StringComparison.Ordinal);
        await hub.StopAsync();
        Assert.Contains("does not answer", await WhyNotAsync(hub, folder, "AAAA2222"), StringComparison.Ordinal);
        Assert.Equal(password, await File.ReadAllTextAsync(file, Now));
    }

    private static string[] ArgumentsOf(TestHub hub, TempFolder folder, string code) =>
        ["--device", "box-3", "--office", TestHub.Office, "--pin-map", PinMaps.File("button-box.json"), "--hub", $"127.0.0.1:{hub.Mqtt}",
            "--data", folder.File("box"), "--pair", code, "--web", hub.Address.ToString(), "--selftest"];

    private static async Task<string> WhyNotAsync(TestHub hub, TempFolder folder, string code) => (await Assert.ThrowsAsync<SetupException>(
        () => Pairing.RunAsync(EdgeOptions.Parse(ArgumentsOf(hub, folder, code)), TextWriter.Null))).Message;

    /// <summary>The program itself; it ends by itself.</summary>
    private static async Task<(int Status, string Words)> ProgramAsync(string[] args)
    {
        // It runs on the tests' list of libraries, for they share a folder.
        var us = Path.Combine(AppContext.BaseDirectory, "Aufruf.Tests");
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", "--depsfile", us + ".deps.json", "--runtimeconfig",
            us + ".runtimeconfig.json", Path.Combine(AppContext.BaseDirectory, "Aufruf.Edge.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("dotnet did not start.");
        var (words, faults) = (process.StandardOutput.ReadToEndAsync(Now), process.StandardError.ReadToEndAsync(Now));
        await process.WaitForExitAsync(Now);
        return (process.ExitCode, await words + await faults);
    }

    private static async Task<string> OfferAsync(TestHub hub, string holder)
    {
        using var answer = await hub.Clerk.PostAsync($"/api/v1/offices/{TestHub.Office}/credentials/{holder}/code", null, Now);
        return (string?)(await answer.Content.ReadFromJsonAsync<JsonObject>(Now))?["code"] ?? throw new InvalidDataException();
    }
}
