using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Portal.Texts;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using IcsEvent = Ical.Net.CalendarComponents.CalendarEvent;

namespace Aufruf.Portal.Citizens.Mine;

/// <summary>An appointment as a file for calendars (RFC 5545 and 5546): in the mails, and at the appointment's page.</summary>
/// <remarks>Outlook and Google change an entry for a REQUEST with its UID and a higher SEQUENCE. They ignore a second PUBLISH.</remarks>
public static class CalendarFile
{
    public const string Type = "text/calendar; charset=utf-8";

    private const string Cancel = "CANCEL", Request = "REQUEST";

    internal const string Product = "-//Aufruf//Termine//DE";

    public static string MethodOf(AppointmentView view) => view.State is AppointmentState.Cancelled ? Cancel : Request;

    /// <param name="page">The address of the appointment's page; null: none is known.</param>
    public static string Of(AppointmentView view, PortalTexts words, string? page)
    {
        var isCancelled = view.State is AppointmentState.Cancelled;
        var entry = new IcsEvent
        {
            Uid = view.Origin.ToString(),
            Sequence = view.Sequence + (isCancelled ? 1 : 0),
            Status = isCancelled ? "CANCELLED" : "CONFIRMED",
            DtStamp = new(view.At.UtcDateTime, "UTC"),
            Start = Local(view.From, view.TimeZone),
            End = Local(view.From.AddMinutes(view.Minutes), view.TimeZone),
            Summary = $"{string.Join(", ", view.Services.Select(s => s.Name.In(words.Language)))}, {view.OfficeName.In(words.Language)}",
            Location = view.Kind switch
            {
                AppointmentKind.Phone => words["place.phone"],
                AppointmentKind.Video => view.Video ?? words["place.video"],
                _ => $"{view.OfficeName.In(words.Language)}, {view.Address}",
            },
            Description = page,
            Organizer = new($"mailto:{view.Organizer ?? $"nobody@{view.Week.Authority}.invalid"}")
            {
                CommonName = view.OfficeName.In(words.Language),
            },
        };
        if (view.Citizen is { Mail: { Length: > 0 } mail } citizen && Uri.TryCreate($"mailto:{mail}", UriKind.Absolute, out var address))
        {
            entry.Attendees.Add(new(address)
            {
                CommonName = citizen.Name,
                ParticipationStatus = "ACCEPTED",
                Rsvp = false, // The portal moves and cancels; an answer of a calendar program changes nothing.
            });
        }

        var calendar = new Ical.Net.Calendar { Method = MethodOf(view), ProductId = Product };
        calendar.AddTimeZone(VTimeZone.FromDateTimeZone(view.TimeZone, view.From.UtcDateTime.AddYears(-1), includeHistoricalData: false));
        calendar.Events.Add(entry);
        return new CalendarSerializer().SerializeToString(calendar)
            ?? throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"The appointment {view.Id} gives no calendar file."));
    }

    internal static CalDateTime Local(DateTimeOffset instant, string timeZone) =>
        new(TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(timeZone)).DateTime, timeZone);
}
