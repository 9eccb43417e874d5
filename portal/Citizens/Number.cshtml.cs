using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Portal.Content;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens;

/// <summary>A citizen takes a number at home: when it is called, how long it is kept, and what to do on arrival.</summary>
public sealed class NumberPage(ContentFolder content, IOfficePages offices, ITicketViews tickets, HoldLimit limit, TimeProvider clock)
    : CitizenPage
{
    /// <summary>The id of the button, to which a refusal leads.</summary>
    public const string Button = "take";

    private OfficeNow? _place;
    private ServiceNow? _service;

    public OfficeNow Place => _place ?? throw new InvalidOperationException("The page was not loaded.");

    public HomeOffer Offer => _service?.Home ?? throw new InvalidOperationException("The page was not loaded.");

    public Spoken Service { get; private set; } = new("", null);

    public string Back => Href($"/service/{Request.Query["service"]}");

    public string Here => Href("/number", ("service", Request.Query["service"]), ("office", Request.Query["office"]));

    /// <summary>"frühestens in 20 Minuten, um 10:20 Uhr"</summary>
    public string Called => Texts.Say("number.call.text", ("minutes", Texts.Count("minutes", Offer.MinutesBefore)),
        ("time", TimeAt(clock.GetUtcNow().AddMinutes(Offer.MinutesBefore), Place.TimeZone)));

    /// <summary>The forecast of a number that is taken now. It is called no sooner than it may be.</summary>
    public string Wait => _service?.Wait is { } wait
        ? WaitWords(new(Math.Max(wait.From, Offer.MinutesBefore), wait.To is { } to ? Math.Max(to, Offer.MinutesBefore + Least) : null))
        : Texts["number.wait.unknown"];

    // A range needs two ends.
    private const int Least = 5;

    /// <summary>When the next try may be worth it.</summary>
    public string? Retry => AgainWords(Offer.AgainAt);

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync([FromForm] string? form, [FromForm] string? altcha)
    {
        if (!await LoadAsync())
        {
            return NotFound();
        }

        if (!limit.AllowsNumber(HttpContext, altcha))
        {
            return Again(Button, Refusal.TooManyNumbers);
        }

        var taken = await tickets.TakeAtHomeAsync(Place.Office, _service!.Id, Texts.Language,
            FormId.RequestOf(form, Place.Office, _service.Id.Value));
        return taken.Page is { } page ? LocalRedirect(Href(page))
            : Again(Button, string.Join(' ', new[] { taken.Refusal is { } refusal ? Texts.Of(refusal) : null, AgainWords(taken.AgainAt) }
                .OfType<string>()), 409);
    }

    private string? AgainWords(DateTimeOffset? at) =>
        at is { } again ? Texts.Say("number.again", ("when", When(again, clock.GetUtcNow(), Place.TimeZone))) : null;

    private async Task<bool> LoadAsync()
    {
        var town = content.Now;
        var (id, office) = ((string?)Request.Query["service"], (string?)Request.Query["office"]);
        _place = (await offices.NowAsync(town.Authority)).FirstOrDefault(place => place.Office == $"{town.Authority}.{office}");
        _service = _place?.Services.FirstOrDefault(service => service.Id.Value == id && service.Home is not null);
        if (_service is null)
        {
            return false;
        }

        Service = Say(town, _service.Id, _service.Name);
        return true;
    }
}
