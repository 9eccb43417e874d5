using Aufruf.Contracts;
using Aufruf.Portal.Content;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Citizens.Booking;

/// <param name="Value">Id of the office, "any", "phone" or "video".</param>
/// <param name="Address">Null: not one place.</param>
public sealed record PlaceOption(string Value, Spoken Name, string? Address, string Promise);

/// <summary>Second step: the office, each with its next free time. With one office there is nothing to choose.</summary>
public sealed class PlacePage(ContentFolder content, IAppointments appointments, TimeProvider clock) : BookingPage(content, appointments)
{
    public IReadOnlyList<PlaceOption> Places { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        await OffersAsync();
        if (Chosen.Count < Choice.Services.Count || Choice.Services.Count == 0)
        {
            return LocalRedirect(Step("services", ("missing", "yes")));
        }

        var (at, phone, video) = (await FindAsync(null), await FindAsync(BookingChoice.OnPhone), await FindAsync(BookingChoice.OnVideo));
        Places =
        [
            .. at.DistinctBy(place => place.Offer.Office).Count() > 1 ? [Option(BookingChoice.AnyOffice, "place.any", at)]
                : Array.Empty<PlaceOption>(),
            .. from place in at
               group place by place.Offer.Office into office
               let offer = office.First().Offer
               select new PlaceOption(offer.Office.Split('.')[1], Say(offer.OfficeName), offer.Address, PromiseOf([.. office])),
            .. phone.Count > 0 ? [Option(BookingChoice.OnPhone, "place.phone", phone)] : Array.Empty<PlaceOption>(),
            .. video.Count > 0 ? [Option(BookingChoice.OnVideo, "place.video", video)] : Array.Empty<PlaceOption>(),
        ];
        if (Places is [var only])
        {
            return LocalRedirect(Href("/book/time", (Choice with { Office = only.Value }).Parts));
        }

        if (Request.Query.ContainsKey("missing"))
        {
            Errors.Add(("place-0", Texts["book.place.missing"]));
        }

        return Page();
    }

    private async Task<IReadOnlyList<OfficeSlots>> FindAsync(string? office) =>
        (await Appointments.FindAsync((Choice with { Office = office }).Question(Town.Authority, most: 1))).Offices;

    private PlaceOption Option(string value, string name, IReadOnlyList<OfficeSlots> places) =>
        new(value, new(Texts[name], null), null, PromiseOf(places));

    private string PromiseOf(IReadOnlyList<OfficeSlots> places) =>
        places.Where(place => place.Starts.Count > 0).MinBy(place => place.Starts[0]) is { } first
            ? Texts.Say("place.next", ("when", When(first.Starts[0], clock.GetUtcNow(), first.Offer.TimeZone)))
        : places.Where(place => place.NextRelease is not null).MinBy(place => place.NextRelease) is { NextRelease: { } release } later
            ? Texts.Say("slots.notyet", ("when", When(release, clock.GetUtcNow(), later.Offer.TimeZone)))
        : Texts["slots.nothing"];
}
