using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Outbox;
using Aufruf.Grains;

namespace Aufruf.Hub.Appointments;

/// <summary>Queues the mails to citizens. Each follows from one entry, so a repeat queues nothing more.</summary>
internal sealed class Notices(Bookings bookings, AppointmentViews views, AppointmentSecrets secrets, SealedMail sealedMail,
    NoticeWriter writer,
    PublicAddress address, IGrainFactory grains, TimeProvider clock)
{
    /// <param name="change">Adds what only this kind of notice says.</param>
    /// <param name="notAfter">Later nobody needs it.</param>
    /// <param name="mustReach">Without an address, staff are to see that nobody was reached.</param>
    /// <exception cref="InvalidOperationException">It cannot be sent now, and is tried again.</exception>
    public async Task SendAsync(NoticeKind kind, CalendarWeekKey week, Appointment appointment, Cause cause, DateTimeOffset notAfter,
        Func<Notice, Notice>? change = null, bool mustReach = false)
    {
        if (notAfter <= clock.GetUtcNow())
        {
            return;
        }

        var (place, view) = (bookings.PlaceOf(week, appointment), await views.OfAsync(week, appointment));
        if (place is null || view is null)
        {
            throw new InvalidOperationException($"{week.CalendarKey} is not configured any more, and its notices wait for it.");
        }

        var notice = new Notice(kind, view with { Code = secrets.CodeOf(appointment.Origin) }, appointment.Channel);
        notice = change?.Invoke(notice) ?? notice;
        // Without data there is nobody to write to: none were given, or they are destroyed.
        if (view.Citizen is null || ((notice.To ?? view.Citizen.Mail) is not { Length: > 0 } && !mustReach))
        {
            return;
        }

        if (kind is NoticeKind.Confirm or NoticeKind.NewMail && address.Citizens is null)
        {
            throw new InvalidOperationException("Mails have no address for citizens to confirm at: set Hub:PublicUrl.");
        }

        var command = await sealedMail.SealAsync(cause, AddresseeOf(kind, appointment.Id), writer.Write(notice), notAfter,
            Bookings.KeptUntil(place, appointment));
        if ((await grains.GetGrain<IOutboxGrain>(Outbox.StreamOf(week.Authority)).Handle(command.Message.Request, command)).Refusal
            is { } refusal)
        {
            throw new InvalidOperationException(refusal.English);
        }
    }

    /// <summary>The other addresses are not the citizen's present one: whether a mail arrives there says nothing about it.</summary>
    private static string AddresseeOf(NoticeKind kind, AppointmentId id) => kind switch
    {
        NoticeKind.Reminder => Reaching.ReminderOf(id),
        NoticeKind.NewMail => $"new {id}",
        NoticeKind.MailChanged => $"former {id}",
        _ => Reaching.CitizenOf(id),
    };
}
