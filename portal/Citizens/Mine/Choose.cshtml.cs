using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens.Mine;

/// <summary>Offers other times for an appointment that cannot take place. Opening it changes nothing: its button answers.</summary>
public sealed class ChoosePage(ContentFolder content, IAppointments appointments, IPlanChoices choices, TimeProvider clock)
    : MinePage(content, appointments, clock)
{
    public const string None = "none";

    [FromRoute] public Guid Plan { get; set; }
    [FromRoute] public int Line { get; set; }

    public OfferedTimes? Offer { get; private set; }

    public string Here => Address(Week, $"/choose/{Plan}/{Line}");

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ?? Page();

    public async Task<IActionResult> OnPostAsync([FromForm] string? form, [FromForm] int attempt, [FromForm] string? time)
    {
        if (await LoadAsync() is { } other)
        {
            return other;
        }

        int? choice = int.TryParse(time, out var number) ? number : null;
        if (choice is null && time is not None)
        {
            return Again("time", Texts["choose.missing"]);
        }

        var answer = await choices.ChooseAsync(Key!.Value, Code, new(Plan), Line, attempt, choice,
            FormId.RequestOf(form, "choose", time, Week, Code));
        Offer = answer.View;
        return Offer is null ? Gone() : answer.Refusal is { } refusal ? Again("time", refusal)
            : LocalRedirect(choice is null ? Here : Mine());
    }

    /// <summary>Null: there is something to show. A chosen time is shown by the appointment's own page.</summary>
    private async Task<IActionResult?> LoadAsync()
    {
        if (await ViewAsync() is null || (Offer = await choices.ViewAsync(Key!.Value, Code, new(Plan), Line)) is null)
        {
            return Gone();
        }

        return Offer.State is LineState.Answered or LineState.Done or LineState.Overtaken && Request.Method == "GET"
            ? LocalRedirect(Mine()) : null;
    }
}
