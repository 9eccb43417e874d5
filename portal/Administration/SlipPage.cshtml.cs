using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Portal.Texts;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Administration;

/// <summary>A slip as a printer would print it now, for a service, a language and a width of paper.</summary>
public sealed class SlipPage(IOfficeAdministration administration, ISlipPreviews previews) : AdminPage(administration)
{
    [FromQuery(Name = "service")] public string? Service { get; set; }

    /// <summary>The language of the citizen.</summary>
    [FromQuery(Name = "in")] public string Citizens { get; set; } = "de";

    [FromQuery(Name = "paper")] public int Paper { get; set; } = SlipPreview.Papers[0];

    public IReadOnlyList<Service> Services => Shown is var (office, _) ? [.. office.Areas.SelectMany(area => area.Services)] : [];

    public static IEnumerable<string> Languages => PortalTexts.OfCitizens.Select(words => words.Language);

    /// <summary>Null: there is no office yet, or no such slip.</summary>
    public SlipPreview? Slip { get; private set; }

    public bool IsDraft => Shown is (_, true);

    /// <summary>The draft is wrong, so the slip is that of the edition in force.</summary>
    public bool IsWrong => Desk?.Draft is not null && !IsDraft;

    public string Picture => $"{Here}/slip?handler=Picture&service={Uri.EscapeDataString(Chosen)}&in={Citizens}&paper={Paper}";

    private (Office Office, bool IsDraft)? Shown => field ??= previews.OfficeOf(OfficeKey);

    private string Chosen => Service ?? (Services is [var first, ..] ? first.Id.Value : "");

    public bool IsChosen(Service service) => service.Id.Value == Chosen;

    public Task<IActionResult> OnGetAsync() => InOfficeAsync(_ => Task.FromResult(Draw() || Services.Count == 0 ? Page() : NotFound()
        as IActionResult));

    public Task<IActionResult> OnGetPictureAsync() => InOfficeAsync(_ => Task.FromResult(Draw() && Slip is { } slip
        ? File(slip.Png, "image/png") : NotFound() as IActionResult));

    private bool Draw()
    {
        Slip = Shown is var (office, _) && Languages.Contains(Citizens)
            ? previews.Of(office, new ServiceId(Chosen), Citizens, Paper) : null;
        return Slip is not null;
    }
}
