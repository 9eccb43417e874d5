using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Aufruf.Tests.Browser;

/// <summary>Somebody who presses whatever is on the page, by mouse and by key. The seed says what.</summary>
internal sealed class RandomWalk(Window window, Uri hub, int seed)
{
    private const float Patience = 1_000;

    // Marks all that can be used now, and names it. A walk never leaves the hub.
    private const string Mark = """
        () => {
          document.querySelectorAll('[data-walk]').forEach(e => e.removeAttribute('data-walk'));
          return [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
            .filter(e => !e.disabled && !(e.type === 'hidden' || e.type === 'file') && e.checkVisibility({ checkVisibilityCSS: true })
              && !(e instanceof HTMLAnchorElement && e.origin !== location.origin) && !e.matches('.skip'))
            .map((e, i) => { e.setAttribute('data-walk', i);
              return e.localName === 'input' ? e.type : e.localName; });
        }
        """;

    private static readonly string[] Keys = ["F2", "F7", "F8", "F9", "F10", "Escape", "Tab", "Enter"];

    private static readonly string[] Words = ["Anna", "anna@example.org", "", "A042", "2026-12-01", "2026-13-45", "' OR 1=1 --",
        "<b>x</b>", "😀 Ünal ı İ", "-1", "99999999999", new('x', 3000)];

    private readonly Random _random = new(seed);
    private readonly ConcurrentQueue<string> _broken = new();
    private readonly List<string> _way = [];

    public async Task GoAsync(string from, int steps)
    {
        window.Page.Response += (_, answer) =>
        {
            if (answer.Status >= 500)
            {
                _broken.Enqueue($"{answer.Status} {answer.Request.Method} {new Uri(answer.Url).AbsolutePath}");
            }
        };
        await window.GoAsync(hub, from);
        for (var step = 0; step < steps; step++)
        {
            await StepAsync(await UsableAsync());
        }

        await UsableAsync();
        window.ComplainedOfNothing(exceptTheNetwork: true);
    }

    /// <summary>All that can be used now. A page with nothing to use is a dead end.</summary>
    private async Task<string[]> UsableAsync()
    {
        for (var tries = 0; ; tries++)
        {
            Assert.True(_broken.IsEmpty, $"Seed {seed}: {string.Join(", ", _broken)} after {string.Join(" > ", _way)}");
            try
            {
                if (await window.Page.EvaluateAsync<string[]>(Mark) is { Length: > 0 } usable)
                {
                    return usable;
                }
            }
            catch (PlaywrightException)
            {
                // The page is just being left.
            }

            Assert.True(tries < 100, $"Seed {seed}: a dead end at {window.Page.Url} after {string.Join(" > ", _way)}");
            await Task.Delay(100);
        }
    }

    private async Task StepAsync(string[] usable)
    {
        var at = _random.Next(usable.Length);
        var target = window.At($"[data-walk=\"{at}\"]");
        var (key, word, way) = (Keys[_random.Next(Keys.Length)], Words[_random.Next(Words.Length)], _random.Next(10));
        _way.Add($"{new Uri(window.Page.Url).AbsolutePath} {usable[at]} {at} {way}");
        try
        {
            await (way == 0 ? window.Page.Keyboard.PressAsync(key)
                : usable[at] switch
                {
                    "select" => target.SelectOptionAsync(new SelectOptionValue { Index = way % 3 }, new() { Timeout = Patience }),
                    "text" or "search" or "email" or "tel" or "password" or "textarea" or "number" or "date" or "time" =>
                        TypeAsync(target, word),
                    _ when way < 4 => target.PressAsync("Enter", new() { Timeout = Patience }),
                    _ => target.ClickAsync(new() { Timeout = Patience, Force = way == 9 }),
                });
        }
        catch (Exception error) when (error is TimeoutException or PlaywrightException)
        {
            // It is covered, or has vanished meanwhile: a person presses something else.
        }
    }

    private static async Task TypeAsync(ILocator field, string word)
    {
        await field.FocusAsync(new() { Timeout = Patience });
        await field.PressAsync("Control+a", new() { Timeout = Patience });
        await field.Page.Keyboard.InsertTextAsync(word);
    }
}
