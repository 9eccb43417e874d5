using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Aufruf.Tests.Browser;

/// <summary>One window of the browser, that remembers what its page complained about, sounded, and how it looked in between.</summary>
internal sealed class Window : IAsyncDisposable
{
    // Chimes are heard, not the silent try at the start. Body states are kept, so that not even a short flash goes unseen.
    private const string Ears = """
        window.chimes = 0; window.pulses = 0; window.states = [];
        const play = HTMLMediaElement.prototype.play;
        HTMLMediaElement.prototype.play = function () { if (this.volume > 0) window.chimes++; return play.call(this); };
        addEventListener('animationstart', e => { if (e.target.id === 'hero') window.pulses++; }, true);
        addEventListener('DOMContentLoaded', () => new MutationObserver(() => {
          if (window.states.at(-1) !== document.body.dataset.state) window.states.push(document.body.dataset.state);
        }).observe(document.body, { attributeFilter: ['data-state'] }));
        """;

    // In forced colours the reader's palette is what is drawn, but axe asks for -webkit-text-fill-color, for which Chromium still names ours.
    private static readonly AxeRunOptions WithoutContrast = new() { Rules = new() { ["color-contrast"] = new RuleOptions { Enabled = false } } };

    private readonly ConcurrentQueue<string> _complaints = new();

    private int _snapshots;

    private Window(IPage page) => Page = page;

    public IPage Page { get; }

    /// <summary>How often the hub has told this page the whole.</summary>
    public int Snapshots => _snapshots;

    public static async Task<Window> OpenAsync(IBrowserContext context)
    {
        context.SetDefaultTimeout(15_000);
        await context.AddInitScriptAsync(Ears);
        var window = new Window(await context.NewPageAsync());
        window.Page.PageError += (_, error) => window._complaints.Enqueue(error);
        window.Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                window._complaints.Enqueue(message.Text);
            }
        };
        window.Page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) =>
        {
            if (frame.Text?.Contains("\"target\":\"snapshot\"", StringComparison.OrdinalIgnoreCase) is true)
            {
                Interlocked.Increment(ref window._snapshots);
            }
        };
        return window;
    }

    public async Task<Window> GoAsync(Uri hub, string path)
    {
        await Page.GotoAsync(new Uri(hub, path).AbsoluteUri);
        return this;
    }

    public ILocator At(string selector) => Page.Locator(selector);

    public ILocator At(string selector, string text) => Page.Locator(selector, new() { HasText = text });

    public Task ShowsAsync(string selector, string text, float seconds = 10) =>
        Assertions.Expect(At(selector)).ToHaveTextAsync(text, new() { Timeout = seconds * 1000, UseInnerText = true });

    public Task SaysAsync(string selector, string part, float seconds = 10) =>
        Assertions.Expect(At(selector)).ToContainTextAsync(part, new() { Timeout = seconds * 1000, UseInnerText = true });

    public Task IsAsync(string attribute, string value, float seconds = 10) =>
        Assertions.Expect(At("body")).ToHaveAttributeAsync(attribute, value, new() { Timeout = seconds * 1000 });

    public Task SeesAsync(string selector, float seconds = 10) =>
        Assertions.Expect(At(selector)).ToBeVisibleAsync(new() { Timeout = seconds * 1000 });

    public Task<int> ChimesAsync() => Page.EvaluateAsync<int>("window.chimes");

    public Task<string[]> StatesAsync() => Page.EvaluateAsync<string[]>("window.states");

    public Task UntilCountAsync(string counted, int count) => UntilAsync($"window.{counted} >= {count.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Asked from outside: Playwright's own WaitForFunction evaluates inside the page, which our content security policy forbids.</summary>
    public async Task UntilAsync(string script)
    {
        for (var began = Stopwatch.StartNew(); !await Page.EvaluateAsync<bool>(script); await Task.Delay(50))
        {
            Assert.True(began.Elapsed.TotalSeconds < 10, $"Not within 10 s: {script}");
        }
    }

    /// <summary>No JavaScript error, nothing against the content security policy. Of a lost or refusing hub the browser may speak, where a test made it so.</summary>
    public void ComplainedOfNothing(bool exceptTheNetwork = false) => Assert.DoesNotContain(_complaints, words => !exceptTheNetwork
        || !(words.StartsWith("Failed to load resource", StringComparison.Ordinal) || words.StartsWith("WebSocket connection to", StringComparison.Ordinal)));

    /// <summary>No barrier that axe knows, in ordinary and in forced colours; the state must still be on the screen afterwards.</summary>
    public async Task HasNoBarrierAsync(string state)
    {
        foreach (var colours in new[] { ForcedColors.None, ForcedColors.Active })
        {
            await Page.EmulateMediaAsync(new() { ForcedColors = colours });
            var seen = colours is ForcedColors.Active ? await Page.RunAxe(WithoutContrast) : await Page.RunAxe();
            Assert.True(seen.Violations.Length == 0, $"{state}, forced colours {colours}:\n" + string.Join('\n',
                seen.Violations.SelectMany(v => v.Nodes.Select(n => $"{v.Id}: {v.Help}\n  {n.Html}\n  {string.Join("; ", n.Any.Concat(n.All).Select(c => c.Message))}"))));
            Assert.NotEmpty(seen.Passes);
        }

        await Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.None });
    }

    /// <summary>At 320 px nothing is wider than the screen.</summary>
    public async Task FitsANarrowScreenAsync()
    {
        await Page.SetViewportSizeAsync(320, 640);
        Assert.Equal("320", await Page.EvaluateAsync<string>("String(Math.max(document.documentElement.scrollWidth, innerWidth))"));
    }

    /// <summary>Keeps a picture in the folder AUFRUF_PICTURES, where one is named.</summary>
    public async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("AUFRUF_PICTURES") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), Animations = ScreenshotAnimations.Disabled });
        }
    }

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}
