using Aufruf.Contracts;
using Aufruf.Domain.Towns;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Administration.Towns;

/// <summary>The colours of a town, with a sample of its screens. Colours that would not be readable are not saved.</summary>
public sealed class ThemePage(ITownAdministration towns, ITownMails mails) : TownPage(towns, mails)
{
    private const string Use = "use:";

    /// <summary>The colours in the form, which may be wrong.</summary>
    public Theme Entered { get; private set; } = Theme.Usual;

    public IReadOnlyList<ThemeFault> Faults { get; private set; } = [];

    /// <summary>The style sheet of the sample.</summary>
    public string Sheet => $"{Here}/theme?handler=Sheet&{string.Join('&', Entered.Colours.Select(
        colour => $"{colour.Name}={Uri.EscapeDataString(colour.Value)}"))}";

    public ThemeFault? FaultOf(string colour) => Faults.FirstOrDefault(fault => fault.Colour == colour);

    public Task<IActionResult> OnGetAsync() => InTownAsync(desk => ShowAsync(desk.Current.Theme));

    /// <summary>Nothing but colours comes out, whatever the address says.</summary>
    public Task<IActionResult> OnGetSheetAsync([FromQuery] string? action, [FromQuery] string? night, [FromQuery] string? call,
        [FromQuery] string? canvas, [FromQuery] string? ink) => InTownAsync(_ => Task.FromResult<IActionResult>(
            Content(ThemeSheet.Of(new(Typed(action), Typed(night), Typed(call), Typed(canvas), Typed(ink)), ".sample"), "text/css")));

    [HandlerNeeds(Domain.Identity.Permission.Configure)]
    public Task<IActionResult> OnPostAsync([FromForm] string? action, [FromForm] string? night, [FromForm] string? call,
        [FromForm] string? canvas, [FromForm] string? ink, [FromForm(Name = "do")] string? act, [FromForm] int seen,
        [FromForm] int edition) => InTownAsync(desk =>
        {
            var entered = Chosen(new(Typed(action), Typed(night), Typed(call), Typed(canvas), Typed(ink)), act);
            if (act == "save" && ThemeRules.FaultsOf(entered).Count == 0)
            {
                return DoAsync(Towns.SaveAsync(Authority, desk.Current with { Theme = entered }, edition, seen, SignedInAs),
                    $"{Here}/theme", "kept", () => ShowAsync(entered));
            }

            Response.StatusCode = act == "save" ? 400 : 200;
            return ShowAsync(entered);
        });

    /// <summary>A button takes the colour that it offers, or the usual colours.</summary>
    private static Theme Chosen(Theme entered, string? act) => act == "usual" ? Theme.Usual
        : act?.StartsWith(Use, StringComparison.Ordinal) is true && act[Use.Length..].Split(':') is [var name, var value]
            && entered.Colours.Any(colour => colour.Name == name) ? entered.With(name, Typed(value)) : entered;

    /// <summary>"2044AA" is meant as "#2044aa".</summary>
    private static string Typed(string? colour)
    {
        var text = (colour ?? "").Trim().ToLowerInvariant();
        text = text.Length > TownSettings.LongestColour ? text[..TownSettings.LongestColour] : text;
        return text.StartsWith('#') ? text : $"#{text}";
    }

    private Task<IActionResult> ShowAsync(Theme theme)
    {
        (Entered, Faults) = (theme, ThemeRules.FaultsOf(theme));
        return Task.FromResult<IActionResult>(Page());
    }
}
