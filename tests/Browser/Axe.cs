using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Aufruf.Tests.Browser;

/// <summary>axe looks for barriers on a page.</summary>
internal static class Axe
{
    // Letters nearly in the colour of their ground are "incomplete" to axe, for they may be hidden on purpose. Ours never are.
    // In forced colours Chromium draws the reader's palette. It still names ours for -webkit-text-fill-color, and axe reads that.
    private const string Look = """
        async withContrast => {
          const seen = await axe.run({
            resultTypes: ['violations', 'incomplete'], rules: { 'color-contrast': { enabled: withContrast } } });
          const isUnreadable = node => node.any.some(check => check.data?.messageKey === 'equalRatio');
          const unreadable = seen.incomplete.map(fault => ({ ...fault, nodes: fault.nodes.filter(isUnreadable) }));
          return [String(seen.passes.length), ...[...seen.violations, ...unreadable].flatMap(fault =>
            fault.nodes.map(node => `${fault.id}: ${fault.help}\n  ${node.html}\n  ${node.failureSummary}`))];
        }
        """;

    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>No barrier that axe knows. A full proof looks in forced colours too, a check where it is asked to.</summary>
    /// <param name="withContrast">Contrast takes most of the time, and a page has the same colours in every language.</param>
    public static async Task HasNoBarrierAsync(this Window window, string state, bool inForcedColours = false, bool withContrast = true)
    {
        await LookAsync(window.Page, state, withContrast || Running.Proof.IsFull);
        if (inForcedColours || Running.Proof.IsFull)
        {
            await window.Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
            await LookAsync(window.Page, state + ", forced colours", withContrast: false);
            await window.Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.None });
        }
    }

    private static async Task LookAsync(IPage page, string state, bool withContrast)
    {
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
        {
            await page.EvaluateAsync(Script);
        }

        var seen = await page.EvaluateAsync<string[]>(Look, withContrast).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.NotEqual("0", seen[0]);
        Assert.True(seen.Length == 1, $"{state}:\n{string.Join('\n', seen.Skip(1))}");
    }
}
