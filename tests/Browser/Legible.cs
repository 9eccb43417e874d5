namespace Aufruf.Tests.Browser;

/// <summary>Checks that words are whole, apart from each other, and strong enough against their ground.</summary>
internal static class Legible
{
    // A line's box is a little higher than its letters: a sixth of it may stand out.
    private const string Faults = """
        frame => {
          const faults = [], outer = document.querySelector(frame), visible = e => e.checkVisibility({ visibilityProperty: true });
          const fault = (what, words) => faults.push(`${innerWidth} x ${innerHeight}: ${what}: ${words.trim().replace(/\s+/g, ' ')}`);
          const inside = (a, b) => a.left >= b.left - 1 && a.right <= b.right + 1
            && a.top + a.height / 6 >= b.top - 1 && a.bottom - a.height / 6 <= b.bottom + 1;
          const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
          const parts = [...outer.children].filter(visible).map(e => ({ e, box: e.getBoundingClientRect() }));
          parts.forEach(({ e, box }, i) => {
            if (!inside(box, outer.getBoundingClientRect()) || box.left < 0 || box.right > innerWidth)
              fault('outside', e.textContent);
            parts.slice(i + 1).filter(other => meet(box, other.box))
              .forEach(other => fault('overlap', `${e.textContent} / ${other.e.textContent}`));
            const walker = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
              const words = walker.currentNode, range = document.createRange();
              if (words.data.trim() === '' || !visible(words.parentElement)) continue;
              range.selectNodeContents(words);
              const fields = [];
              for (let field = words.parentElement; field !== outer; field = field.parentElement) {
                if (field === e || field.matches('button, li') || getComputedStyle(field).overflow !== 'visible')
                  fields.push(field.getBoundingClientRect());
              }
              if ([...range.getClientRects()].some(line => fields.some(field => !inside(line, field)))) fault('cut off', words.data);
            }
          });
          return faults;
        }
        """;

    private const string LowestContrast = """
        selector => {
          const light = colour => colour.match(/[\d.]+/g).slice(0, 3).map(v => v / 255)
            .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
          const ground = e => {
            const colour = getComputedStyle(e).backgroundColor;
            return colour === 'rgba(0, 0, 0, 0)' ? ground(e.parentElement) : colour;
          };
          return Math.min(...[...document.querySelectorAll(selector)].map(e => {
            const [one, other] = [light(getComputedStyle(e).color), light(ground(e))];
            return (Math.max(one, other) + .05) / (Math.min(one, other) + .05);
          }));
        }
        """;

    /// <summary>The parts of the frame are inside it and apart from each other. No word is cut off.</summary>
    public static async Task ReadsInFullAsync(this Window window, string frame)
    {
        var faults = await window.Page.EvaluateAsync<string[]>(Faults, frame);
        Assert.True(faults.Length == 0, string.Join('\n', faults));
    }

    /// <summary>WCAG AA, also for what cannot be pressed now: axe leaves that out.</summary>
    public static async Task ContrastsAsync(this Window window, string selector) =>
        Assert.InRange(await window.Page.EvaluateAsync<double>(LowestContrast, selector), 4.5, 21);
}
