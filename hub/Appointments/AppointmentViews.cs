using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Grains;
using Aufruf.Hub.Connectors.Mail;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Appointments;

/// <summary>Appointments as their citizens may see them.</summary>
internal sealed class AppointmentViews(OfficeDirectory offices, Vault vault, AppointmentSecrets secrets, MailOptions mail,
    TimeProvider clock)
{
    /// <summary>Null: its calendar is not configured any more.</summary>
    public async Task<AppointmentView?> OfAsync(CalendarWeekKey week, Appointment found)
    {
        if (Bookings.Place.Of(offices, week, found) is not { } place)
        {
            return null;
        }

        var office = place.Office;
        return new(clock.GetUtcNow(), week, found.Id, found.Origin, "", office.Key, office.Name, office.Address, office.TimeZone,
            office.Languages, found.From, found.Minutes,
            [.. found.Services.Select(s => new WantedService(s.Service, office.Service(s.Service)?.Service.Name
                ?? new Texts { ["de"] = s.Service.Value }, s.Persons))],
            found.Kind, found.Language, found.State,
            found.State is AppointmentState.Held or AppointmentState.Preconfirmed ? found.Until : null, found.CancelledBy,
            await Bookings.CitizenOfAsync(vault, found), found.Sequence,
            IsCheckedInHere(place, found) ? found.From.AddMinutes(-CheckIns.EarlyMinutesOf(place, found)) : null,
            found.Ticket is { } ticket && office.Service(found.Services[0].Service) is var (area, _)
                ? $"/t/{office.QueueOf(area, found.From)}/{secrets.CodeOf(ticket).Value}" : null)
        {
            Organizer = mail.Replies,
            NewMailUntil = found.NewMail?.Until,
            Invited = found.Invited,
            Video = VideoOf(place, found),
        };
    }

    /// <summary>The address of the video room; null: there is none, or it is not confirmed.</summary>
    public string? VideoOf(Bookings.Place place, Appointment found) =>
        found is { Kind: AppointmentKind.Video, State: AppointmentState.Confirmed or AppointmentState.CheckedIn }
            ? place.Calendar.VideoOf(found.Services)?.Replace(AppointmentRules.Room, secrets.RoomOf(found.Origin), StringComparison.Ordinal)
            : null;

    /// <summary>On the citizen's own page: from afar there is no other way.</summary>
    public static bool IsCheckedInHere(Bookings.Place place, Appointment found) =>
        found.Kind is not AppointmentKind.AtCounter || place.Calendar.Rules.CheckInByPhone;
}
