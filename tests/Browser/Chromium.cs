using Aufruf.Tests.Browser;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Aufruf.Tests.Browser;

/// <summary>The installed Chromium without its own windows, started once for the whole run when first asked for. Nothing is ever
/// downloaded.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium-headless-shell";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>A window of its own, with its own storage: as one screen, desk or phone.</summary>
    internal async Task<Window> OpenAsync(int width = 1920, int height = 1080, Action<BrowserNewContextOptions>? but = null)
    {
        var options = new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            Locale = "de-DE",
            TimezoneId = "America/New_York", // Screens write the office's time, not that of their own machine.
        };
        but?.Invoke(options);
        return await Window.OpenAsync(await (await BrowserAsync()).NewContextAsync(options));
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
        _gate.Dispose();
    }

    /// <summary>Skips the test where a program is not installed; fails where all must be.</summary>
    internal static void Require(string program)
    {
        if (!File.Exists(program))
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("AUFRUF_REQUIRE_ALL") == "1", $"{program} is not installed.");
            Assert.Fail($"{program} is not installed.");
        }
    }

    private async Task<IBrowser> BrowserAsync()
    {
        Require(Program);
        await _gate.WaitAsync();
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            Assertions.SetDefaultExpectTimeout(Window.Limit);
            return _browser ??= await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = Program,
                Args =
                [
                    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                        "--disable-component-update",
                    // As a board on the wall is started: see displays/README.md.
                    "--disable-sync", "--autoplay-policy=no-user-gesture-required",
                ],
            });
        }
        finally
        {
            _gate.Release();
        }
    }
}
