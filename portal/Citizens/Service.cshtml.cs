using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Forecasts;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens;

/// <summary>All about one service: what to bring, the fee, the length, the place, and the earliest time over all channels.</summary>
public sealed class ServicePage(ContentFolder content, IAppointments appointments, IOfficePages offices, TimeProvider clock) : CitizenPage
{
    private ServiceArticle? _service;

    [FromRoute] public string Id { get; set; } = "";

    public ServiceArticle Service => _service ?? throw new InvalidOperationException("The page was not loaded.");

    public Article Article => Service.In(Texts.Language);

    public IEnumerable<string> Ways =>
        Service.Ways.Where(way => way is "appointment" or "online" or "walk-in").Select(way => Texts[$"how.{way}"]);

    /// <summary>For one person; null: it cannot be booked.</summary>
    public int? Minutes { get; private set; }

    /// <summary>The offices that serve it.</summary>
    public IReadOnlyList<OfficeNow> Places { get; private set; } = [];

    /// <summary>The offices that give numbers to citizens at home.</summary>
    public IReadOnlyList<OfficeNow> HomeOffices =>
        [.. Places.Where(place => place.Services.Any(service => service.Id.Value == Id && service.Home is not null))];

    /// <summary>For each office: "Heute ohne Termin ungefähr 14:10 Uhr. Nächster freier Termin: morgen, 8:20 Uhr."</summary>
    public IReadOnlyList<(Spoken Office, string Text)> Promises { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        var town = content.Now;
        _service = town.Service(Id);
        if (_service is null)
        {
            return NotFound();
        }

        var id = new ServiceId(Id);
        Places = [.. (await offices.NowAsync(town.Authority)).Where(office => office.Services.Any(service => service.Id == id))];
        var found = await appointments.FindAsync(new(town.Authority, [new Wanted(id)], Days: 120, Most: 1));
        Minutes = found.Offices is [var first, ..] ? first.Minutes : null;
        Promises =
        [
            .. from place in Places
               let text = string.Join(" ", new[] { WalkIn(place, id), Appointment(place, found) }.OfType<string>())
               where text.Length > 0
               select (Say(place.Name), text),
        ];
        return Page();
    }

    private string? WalkIn(OfficeNow place, ServiceId id) => !_service!.Ways.Contains("walk-in") ? null
        : place.Services.First(service => service.Id == id) is { IsGiven: true, Wait: PromisedRange { To: { } minutes } }
            ? Texts.Say("promise.counter", ("time", TimeAt(clock.GetUtcNow().AddMinutes(minutes), place.TimeZone)))
        : place is { IsOpen: false, NextOpening: { } opens }
            ? Texts.Say("promise.opens", ("when", When(opens, clock.GetUtcNow(), place.TimeZone)))
        : null;

    private string? Appointment(OfficeNow place, FoundSlots found) => !_service!.Ways.Contains("appointment") ? null
        : found.Offices.Where(slots => slots.Offer.Office == place.Office).ToArray() switch
        {
            [] => null,
            var here when here.SelectMany(slots => slots.Starts).ToArray() is { Length: > 0 } starts =>
                Texts.Say("place.next", ("when", When(starts.Min(), clock.GetUtcNow(), place.TimeZone))),
            var here => here.Select(slots => slots.NextRelease).Min() is { } release
                ? Texts.Say("slots.notyet", ("when", When(release, clock.GetUtcNow(), place.TimeZone))) : Texts["slots.nothing"],
        };
}
