using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
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

    /// <summary>How long a page may take for anything. A limit exists only to fail.</summary>
    public const float Limit = 60_000;

    private readonly ConcurrentQueue<string> _complaints = new();

    private int _snapshots;

    private Window(IPage page) => Page = page;

    public IPage Page { get; }

    /// <summary>How many snapshots the hub has sent to this page.</summary>
    public int Snapshots => _snapshots;

    public static async Task<Window> OpenAsync(IBrowserContext context)
    {
        context.SetDefaultTimeout(Limit);
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

    /// <summary>The page's clock jumps ahead; due timers run once.</summary>
    public Task PassAsync(int milliseconds) => Page.Clock.FastForwardAsync(milliseconds);

    public async Task<Window> GoAsync(Uri hub, string path)
    {
        await Page.GotoAsync(new Uri(hub, path).AbsoluteUri);
        return this;
    }

    public ILocator At(string selector) => Page.Locator(selector);

    public ILocator At(string selector, string text) => Page.Locator(selector, new() { HasText = text });

    public Task ShowsAsync(string selector, string text) =>
        Assertions.Expect(At(selector)).ToHaveTextAsync(text, new() { UseInnerText = true });

    public Task SaysAsync(string selector, string part) =>
        Assertions.Expect(At(selector)).ToContainTextAsync(part, new() { UseInnerText = true });

    public Task IsAsync(string attribute, string value) =>
        Assertions.Expect(At("body")).ToHaveAttributeAsync(attribute, value);

    public Task SeesAsync(string selector) =>
        Assertions.Expect(At(selector)).ToBeVisibleAsync();

    public Task<int> ChimesAsync() => Page.EvaluateAsync<int>("window.chimes");

    public Task<string[]> StatesAsync() => Page.EvaluateAsync<string[]>("window.states");

    public Task UntilCountAsync(string counted, int count) =>
        UntilAsync($"window.{counted} >= {count.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Asked from outside: Playwright's own WaitForFunction evaluates inside the page, which our content security policy
    /// forbids.</summary>
    public async Task UntilAsync(string script)
    {
        for (var began = Stopwatch.StartNew(); !await Page.EvaluateAsync<bool>(script); await Task.Delay(50))
        {
            Assert.True(began.Elapsed.TotalMilliseconds < Limit, $"Not within {Limit} ms: {script}");
        }
    }

    /// <summary>No JavaScript error, nothing against the content security policy. Of a lost or refusing hub the browser may speak, where a
    /// test made it so.</summary>
    /// <remarks>The frame of a mail's preview lets no script run. Playwright tries one there.</remarks>
    public void ComplainedOfNothing(bool exceptTheNetwork = false) => Assert.DoesNotContain(_complaints, words => !exceptTheNetwork
        || !((words.StartsWith("Blocked script execution in", StringComparison.Ordinal)
                && words.Contains("/town/mail?handler=Html&", StringComparison.Ordinal))
            || words.StartsWith("Failed to load resource", StringComparison.Ordinal)
            || words.StartsWith("WebSocket connection to", StringComparison.Ordinal)));

    /// <summary>At 320 px nothing is wider than the screen.</summary>
    public async Task FitsANarrowScreenAsync()
    {
        await Page.SetViewportSizeAsync(320, 640);
        Assert.Equal("320", await Page.EvaluateAsync<string>("String(Math.max(document.documentElement.scrollWidth, innerWidth))"));
    }

    /// <summary>No table of the page has to be moved to be read.</summary>
    public async Task NoPartMovesSidewaysAsync() => Assert.Equal("0", await Page.EvaluateAsync<string>(
        "String([...document.querySelectorAll('.sideways')].filter(part => part.scrollWidth > part.clientWidth).length)"));

    /// <summary>Keeps a picture in the folder AUFRUF_PICTURES, where one is named.</summary>
    public async Task PictureAsync(string name, bool wholePage = false)
    {
        if (Environment.GetEnvironmentVariable("AUFRUF_PICTURES") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new()
            {
                Path = Path.Combine(folder, name + ".png"),
                FullPage = wholePage,
                Animations = ScreenshotAnimations.Disabled,
            });
        }
    }

    /// <summary>No page of any test has met the content security policy.</summary>
    public async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        Assert.False(_complaints.Any(words => words.Contains("Content Security Policy", StringComparison.Ordinal)),
            string.Join(Environment.NewLine, _complaints));
    }
}
