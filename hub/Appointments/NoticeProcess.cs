using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Outbox;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Deadlines;

namespace Aufruf.Hub.Appointments;

/// <summary>The process of appointments: sends what follows from their entries. Mails, counts of contacts, deadlines, the end of a move.
/// </summary>
internal sealed class NoticeProcess(Notices notices, Moves moves, PlanRound plans, Bookings bookings, AppointmentSecrets secrets,
    IDeadlines deadlines,
    IGrainFactory grains, FollowUpNeeds needs, ILogger<NoticeProcess> log)
    : FollowUp("notices", CalendarWeekKey.StreamKind, needs, log, "appointment-preconfirmed", "appointment-confirmed",
        "appointment-cancelled", "new-mail-asked", "mail-changed")
{
    protected override async Task CarryOutAsync(JournalEntry entry)
    {
        if (!CalendarWeekKey.TryParseStream(entry.Stream, out var parsed))
        {
            return;
        }

        var (week, cause) = (parsed.Value, new Cause(entry.Stream, entry.Version));
        var state = await grains.GetGrain<ICalendarWeekGrain>(entry.Stream).View();
        foreach (var happened in EntryContent<CalendarEvent>.Read(entry).Events)
        {
            await (happened switch
            {
                // Confirmed, corrected or given up meanwhile: a later entry says more.
                CalendarEvent.AppointmentPreconfirmed e => state.Find(e.Id) is { State: AppointmentState.Preconfirmed } a
                    && a.SecretHash == e.SecretHash ? AskAsync(week, a, cause) : Task.CompletedTask,
                CalendarEvent.AppointmentConfirmed e => state.Find(e.Id) is { } a ? ConfirmedAsync(week, a, cause) : Task.CompletedTask,
                CalendarEvent.AppointmentCancelled e => state.Find(e.Id) is { ConfirmedAt: not null } a
                    ? CancelledAsync(week, a, e.By, cause) : Task.CompletedTask,
                CalendarEvent.NewMailAsked e => state.Find(e.Id) is { NewMail: { } asked } a && asked.Number == e.New.Number
                    ? AskNewMailAsync(week, a, asked, cause) : Task.CompletedTask,
                CalendarEvent.MailChanged e => state.Find(e.Id) is { } a ? MailChangedAsync(week, a, e, cause) : Task.CompletedTask,
                _ => Task.CompletedTask,
            });
        }
    }

    private Task AskAsync(CalendarWeekKey week, Appointment found, Cause cause) => notices.SendAsync(NoticeKind.Confirm, week, found, cause,
        found.Until, notice => notice with { Secret = secrets.ConfirmationOf(found.Id, found.Contact) });

    private async Task ConfirmedAsync(CalendarWeekKey week, Appointment found, Cause cause)
    {
        if (found.To <= Clock.GetUtcNow() || !await moves.CompleteAsync(week, found))
        {
            return;
        }

        if (bookings.PlaceOf(week, found) is not { } place)
        {
            throw new InvalidOperationException($"{week.CalendarKey} is not configured any more, and its appointments wait for it.");
        }

        await CitizenDataEnd.SetAsync(deadlines, week, found.Id, Bookings.KeptUntil(place, found));
        if (found.State is AppointmentState.Confirmed or AppointmentState.CheckedIn)
        {
            await CountAsync(week, found,
                new ContactLimitsCommand.Count(found.Contact ?? "", new(found.Origin, week, found.To), int.MaxValue));
            await Reminders.SetAsync(deadlines, week, found, cause, place.Calendar.Rules.ReminderHours);
        }

        var before = found.Replaces is { } replaced
            ? (await grains.GetGrain<ICalendarWeekGrain>(replaced.Week.Stream).View()).Find(replaced.Id) : null;
        if (found.Invited is null || before is not null) // The mail of its invitation asks for an answer.
        {
            await SayBookedAsync(week, found, before, cause);
        }

        // After the mail: the plans of another office may be unreadable.
        await plans.AddAsync(week, found);
        if (found.Replaces is { } left)
        {
            await plans.OvertakeAsync(left);
        }
    }

    private async Task SayBookedAsync(CalendarWeekKey week, Appointment found, Appointment? before, Cause cause)
    {
        // A plan's offer is held by staff, and its citizen has chosen it.
        var isByStaff = before is not null && found.Channel is Channel.Staff && found.Plan is null;
        var reason = isByStaff && before is not null && found.Replaces is { } from ? await ReasonAsync(from.Week, before) : null;
        // Whatever became of it later has an entry of its own.
        await notices.SendAsync(before is null ? NoticeKind.Booked : NoticeKind.Moved, week,
            found with { State = AppointmentState.Confirmed, CancelledBy = null }, cause, found.From,
            notice => notice with
            {
                Before = before?.From,
                Reason = reason,
                Channel = found.Plan is null ? notice.Channel : Channel.Public,
            }, mustReach: isByStaff);
    }

    private async Task AskNewMailAsync(CalendarWeekKey week, Appointment found, NewMail asked, Cause cause)
    {
        if (await bookings.NewMailOfAsync(found) is { } mail)
        {
            await notices.SendAsync(NoticeKind.NewMail, week, found, cause, asked.Until, notice => notice with
            {
                To = mail,
                Secret = secrets.NewMailOf(found.Id, asked.Contact),
                Until = asked.Until,
            });
        }
    }

    /// <summary>The former address hears of it, and is then forgotten.</summary>
    private async Task MailChangedAsync(CalendarWeekKey week, Appointment found, CalendarEvent.MailChanged changed, Cause cause)
    {
        var former = found with { Seal = changed.Former.Seal, Citizen = changed.Former.Citizen, Contact = changed.Former.Contact };
        await ForgetStuckAsync(week, found, cause);
        if (former.Contact != found.Contact && await bookings.CitizenOfAsync(former) is { Mail: { Length: > 0 } mail })
        {
            await notices.SendAsync(NoticeKind.MailChanged, week, found, cause, found.From, notice => notice with { To = mail });
        }

        await CountAsync(week, former, new ContactLimitsCommand.Uncount(former.Contact ?? "", found.Origin), $"mail {changed.Seal}");
        if (found.State is AppointmentState.Confirmed or AppointmentState.CheckedIn)
        {
            await CountAsync(week, found, new ContactLimitsCommand.Count(found.Contact ?? "", new(found.Origin, week, found.To),
                int.MaxValue), $"mail {changed.Seal}");
        }

        await bookings.DestroyAsync(former);
    }

    /// <summary>A mail that did not reach the former address says nothing of the new one.</summary>
    private async Task ForgetStuckAsync(CalendarWeekKey week, Appointment found, Cause cause)
    {
        var outbox = grains.GetGrain<IOutboxGrain>(Outbox.StreamOf(week.Authority));
        foreach (var message in (await outbox.View()).StuckTo(week.Stream, Reaching.CitizenOf(found.Id), Reaching.ReminderOf(found.Id))
            .Where(message => message.Cause.Version < cause.Version))
        {
            await outbox.Handle(Bookings.RequestOf($"dismiss {message.Id} {cause.Version}"), new OutboxCommand.Dismiss(message.Id, null));
        }
    }

    private async Task CancelledAsync(CalendarWeekKey week, Appointment found, CancelledBy by, Cause cause)
    {
        await CountAsync(week, found, new ContactLimitsCommand.Uncount(found.Contact ?? "", found.Origin));
        var reason = by is CancelledBy.Office ? await ReasonAsync(week, found) : null;
        await notices.SendAsync(NoticeKind.Cancelled, week, found, cause, found.From, notice => notice with { Reason = reason },
            mustReach: by is not CancelledBy.Citizen);
        await plans.OvertakeAsync(new(week, found.Id));
    }

    /// <summary>Why the office takes the time of an appointment away; null: no closure is at that time.</summary>
    private async Task<Texts?> ReasonAsync(CalendarWeekKey week, Appointment hit) =>
        (await grains.GetGrain<ICalendarWeekGrain>(week.Stream).View()).ReasonAt(hit) is { } reason
            ? new Texts { ["de"] = reason, ["en"] = reason }
            : bookings.PlaceOf(week, hit) is { } place
                ? place.Calendar.Exceptions.FirstOrDefault(e => e.Contains(place.Owner.Day(hit.From)))?.Reason : null;

    /// <param name="change">Each change of the address counts anew.</param>
    private async Task CountAsync(CalendarWeekKey week, Appointment found, ContactLimitsCommand command, string change = "")
    {
        if (found.Contact is { } contact)
        {
            await grains.GetGrain<IContactLimitsGrain>(ContactLimits.StreamOf(week.Authority, contact)).Handle(
                Bookings.RequestOf($"{command.GetType().Name} {week} {found.Id} {change}".TrimEnd()), command);
        }
    }
}
