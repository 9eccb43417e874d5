using System.Globalization;
using Aufruf.Contracts;

namespace Aufruf.Portal.Citizens.Booking;

/// <summary>Free times by day and office, as many days as one can look over.</summary>
/// <param name="Later">The first day that is not shown; null: no later day has free times.</param>
/// <param name="NextRelease">When the public may book more; null: all that is planned may be booked.</param>
/// <param name="IsOffered">There is an office for these services together.</param>
public sealed record SlotList(IReadOnlyList<SlotGroup> Groups, DateOnly? Later, DateTimeOffset? NextRelease, bool IsOffered)
{
    private const int DaysShown = 5;
    private const int MostSlots = 400;

    /// <summary>The name of the field.</summary>
    public const string Field = "slot";

    public static async Task<SlotList> FindAsync(
        IAppointments appointments, string authority, BookingChoice choice, DateOnly? from, int? minutes = null)
    {
        var found = (await appointments.FindAsync(choice.Question(authority, from, most: MostSlots) with { Minutes = minutes })).Offices;
        var days = found.SelectMany(place => place.Starts.Select(start => CitizenPage.DayAt(start, place.Offer.TimeZone)))
            .Distinct().Order().ToArray();
        return new(
        [
            .. from place in found
               from start in place.Starts
               let day = CitizenPage.DayAt(start, place.Offer.TimeZone)
               where day <= days[Math.Min(DaysShown, days.Length) - 1]
               group (place.Offer, start) by (day, place.Offer.Office) into same
               orderby same.Key.day, same.Key.Office
               // Two calendars of one office may have the same time: it is shown once.
               let slots = same.DistinctBy(slot => slot.start).OrderBy(slot => slot.start)
               select new SlotGroup(same.Key.day, same.First().Offer, [.. slots.Select(slot => new Slot(slot.Offer, slot.start))]),
        ], days.Length > DaysShown ? days[DaysShown] : null, found.Select(place => place.NextRelease).Min(), found.Count > 0);
    }
}

/// <summary>The free times of one day in one office.</summary>
public sealed record SlotGroup(DateOnly Day, Offer Offer, IReadOnlyList<Slot> Slots);

/// <summary>A free time, as it stands in a form.</summary>
public sealed record Slot(Offer Offer, DateTimeOffset From)
{
    private const char Between = '~';
    private const string Form = "yyyy-MM-dd'T'HH:mm'Z'";
    private const int Longest = 200;

    public string Value => string.Create(CultureInfo.InvariantCulture,
        $"{From.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture)}{Between}{Offer.Office}{Between}{Offer.Calendar}");

    /// <summary>Null: nothing was chosen, or nothing that an authority's form has.</summary>
    public static SlotChoice? Parse(string? value, string authority, BookingChoice choice, string language) =>
        value is { Length: <= Longest } && value.Split(Between) is [var time, var office, var calendar]
        && office.StartsWith(authority + ".", StringComparison.Ordinal) && calendar.StartsWith(authority + ".", StringComparison.Ordinal)
        && DateTimeOffset.TryParseExact(time, Form, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var from)
            ? new(office, calendar, choice.Services, from, choice.Kind, language) : null;
}

/// <summary>The list of free times on a page.</summary>
/// <param name="Page">The address of other days.</param>
/// <param name="From">The first day that was asked for; null: today.</param>
/// <param name="TimeZone">Of the authority's offices, where the list is empty.</param>
public sealed record SlotChooser(CitizenPage On, SlotList List, Func<DateOnly?, string> Page, DateOnly? From, DateTimeOffset Now,
    string TimeZone);
