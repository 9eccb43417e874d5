using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Microsoft.Extensions.Primitives;

namespace Aufruf.Portal.Citizens.Booking;

/// <summary>The choices of a booking, as they stand in addresses: service=ausweis:2&amp;service=pass&amp;office=rathaus.</summary>
/// <param name="Office">Id without the authority; "any": all; "phone" or "video": all, and nobody goes there; null: not chosen yet.</param>
/// <param name="Case">The code of the case that the appointment is for; null: for none.</param>
public sealed record BookingChoice(IReadOnlyList<Wanted> Services, string? Office, string? Case = null)
{
    public const string CaseField = "case";

    public const string AnyOffice = "any", OnPhone = "phone", OnVideo = "video";

    private const int MostServices = 10;
    private const int LongestId = 60;
    private const int MostPersons = 99;

    /// <summary>Parts that nobody could have chosen are left out.</summary>
    public static BookingChoice Of(StringValues services, string? office, string? about = null) => new(
        [.. services.OfType<string>().Select(Parse).OfType<Wanted>().DistinctBy(wanted => wanted.Service).Take(MostServices)],
        office is { Length: > 0 and <= LongestId } ? office : null, about is { Length: > 0 and <= LongestId } ? about : null);

    public AppointmentKind Kind => Office switch
    {
        OnPhone => AppointmentKind.Phone,
        OnVideo => AppointmentKind.Video,
        _ => AppointmentKind.AtCounter,
    };

    /// <summary>"ausweis" for one person, "ausweis:2" for two.</summary>
    public static string Write(ServiceId service, int persons) =>
        persons == 1 ? service.Value : string.Create(CultureInfo.InvariantCulture, $"{service.Value}:{persons}");

    /// <summary>The parts of an address or the hidden fields of a form.</summary>
    public IEnumerable<(string Name, string? Value)> Parts =>
    [
        .. Services.Select(wanted => ("service", (string?)Write(wanted.Service, wanted.Persons))), ("office", Office),
        .. Case is null ? [] : new[] { (CaseField, (string?)Case) },
    ];

    public int PersonsOf(ServiceId service) => Services.FirstOrDefault(wanted => wanted.Service == service).Persons;

    public SlotQuestion Question(string authority, DateOnly? from = null, int days = 120, int most = 200) => new(authority, Services,
        Office is null or AnyOffice or OnPhone or OnVideo ? null : $"{authority}.{Office}", from, days, most, Kind);

    private static Wanted? Parse(string text)
    {
        var parts = text.Split(':');
        var persons = 1;
        return parts[0].Length is 0 or > LongestId || parts.Length > 2
            || (parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out persons))
            || persons is < 1 or > MostPersons ? null : new(new ServiceId(parts[0]), persons);
    }
}
