using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Portal.Citizens.Booking;
using Aufruf.Portal.Citizens.Mine;
using Aufruf.Portal.Content;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens.Wishing;

/// <summary>A standing wish, second step: the citizen's data. Its form registers the wish, and a mail asks for confirmation.</summary>
public sealed class WishDataPage(ContentFolder content, IAppointments appointments, IWishes wishes, HoldLimit holds)
    : BookingPage(content, appointments)
{
    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? Mail { get; set; }
    [BindProperty] public string? Phone { get; set; }

    public WishTimes Times => field ??= WishTimes.Of(Request.Query["at"], Request.Query["when"], Request.Query["first"],
        Request.Query["last"]);

    public string Here => Href("/wish/data", All);

    public string Back => Href("/wish", All.Append(("chosen", "yes")));

    public DataFields Fields => new(this, Town, DataFields.Of(Entered, hasRemark: false));

    /// <summary>The address that the mail went to; null: nothing was sent yet.</summary>
    public string? SentTo { get; private set; }

    private CitizenFields Entered => new(Name, Mail, Phone, null);

    private IEnumerable<(string Name, string? Value)> All => Choice.Parts.Concat(Times.Parts);

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ?? Page();

    public async Task<IActionResult> OnPostAsync([FromForm] string? form)
    {
        (Name, Mail, Phone) = (Name?.Trim(), Mail?.Trim(), Phone?.Trim());
        if (await LoadAsync() is { } other)
        {
            return other;
        }

        if (!CitizenEntry.IsComplete(Texts, Entered, Errors))
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }

        if (!holds.Allows(HttpContext))
        {
            return Again("mail", Refusal.TooManyHolds);
        }

        var answer = await wishes.RegisterAsync(new(Town.Authority, Choice.Services, Choice.Kind,
                [.. Times.Offices.Select(office => $"{Town.Authority}.{office}")], Times.Windows, WishTimes.DateOf(Times.First),
                WishTimes.DateOf(Times.Last), Texts.Language, new(Name!, Mail, Phone is { Length: > 0 } ? Phone : null, null)),
            FormId.RequestOf(form, [Name, Mail, Phone, .. All.Select(part => part.Value)]));
        SentTo = answer.Refusal is null ? Mail : null;
        return answer.Refusal is { } refusal ? Again("mail", refusal) : Page();
    }

    private async Task<IActionResult?> LoadAsync()
    {
        await OffersAsync();
        if (Chosen.Count < Choice.Services.Count || Choice.Services.Count == 0)
        {
            return LocalRedirect(Step("services", ("missing", "yes")));
        }

        WishForm.Check(this, Times);
        return Errors.Count > 0 ? LocalRedirect(Back) : null;
    }
}
