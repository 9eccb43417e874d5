using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Grains;

namespace Aufruf.Hub.Appointments;

/// <summary>Holds the times that a plan offers to a citizen, books the one that is chosen, and frees the others.</summary>
/// <remarks>The id of a held time follows from plan, line and attempt. So a repeat after a crash holds nothing more.</remarks>
internal sealed class PlanOffers(Bookings bookings, Moves moves, AppointmentSecrets secrets, IGrainFactory grains, TimeProvider clock)
{
    /// <returns>The command with the times that are held, or why there are none; null: the appointment is not there any more.</returns>
    public async Task<PlanCommand?> HoldAsync(PlanId plan, PlanLine line)
    {
        if (await FindAsync(line.Place) is not { State: AppointmentState.Confirmed } before)
        {
            return null;
        }

        var (held, refusal, now) = (new List<PlanOffer>(), Refusal.NoSuchSlot, clock.GetUtcNow());
        if (PlanOffer.UntilOf(now, before.From, line.Step.Times.Select(time => time.From)) is { } until)
        {
            foreach (var (index, time) in line.Step.Times.Index())
            {
                var id = new AppointmentId(Bookings.RequestOf($"offer {plan} {line.Number} {line.Attempt} {index}").Value);
                if (await HoldAsync(time, before, id, new(plan, line.Number), line.Place, until) is not var (place, no))
                {
                    continue;
                }

                refusal = no ?? refusal;
                if (no is null && await FindAsync(place) is { State: AppointmentState.Held } kept && kept.IsLive(now))
                {
                    held.Add(new(place, kept.Office, kept.From, kept.Minutes));
                    until = kept.Until - WishOffer.Passing < until ? kept.Until - WishOffer.Passing : until;
                }
            }

            if (held.Count > 0)
            {
                return new PlanCommand.Offer(plan, line.Number, line.Attempt, held, until);
            }
        }

        return new PlanCommand.Settle(plan, line.Number, line.Attempt, LineState.Refused, refusal);
    }

    /// <summary>Books the chosen time, with the same code, and ends the appointment that it replaces.</summary>
    public async Task<(LineState Outcome, Refusal? Refusal)> BookAsync(PlanId plan, PlanLine line)
    {
        if (line.Chosen is not { } chosen || line.Offers.ElementAtOrDefault(chosen - 1)?.Slot is not { } slot)
        {
            return (LineState.Refused, Refusal.OfferOver);
        }

        var before = await FindAsync(line.Place);
        if (before?.MovedTo == slot)
        {
            return (LineState.Done, null); // A hub died between.
        }

        if (before is not { State: AppointmentState.Confirmed })
        {
            return (LineState.Overtaken, null);
        }

        if (await FindAsync(slot) is not { } held || bookings.PlaceOf(slot.Week, held) is not { } place)
        {
            return (LineState.Refused, Refusal.OfferOver);
        }

        var answer = await grains.GetGrain<ICalendarWeekGrain>(slot.Week.Stream).Handle(
            Bookings.RequestOf($"choose {plan} {line.Number} {line.Attempt}"),
            new CalendarCommand.Confirm(slot.Id, held.SecretHash ?? "", await bookings.SealAgainAsync(place, held, before)));
        return answer.Refusal is { } refusal ? (LineState.Refused, refusal)
            : (await moves.CompleteAsync(slot.Week, held) ? LineState.Done : LineState.Overtaken, null);
    }

    /// <summary>Gives the held times back, without a booked one: to wishes at once, to the public later.</summary>
    public async Task FreeAsync(PlanLine line)
    {
        foreach (var (slot, _, _, _) in line.Offers)
        {
            await grains.GetGrain<ICalendarWeekGrain>(slot.Week.Stream).Handle(Bookings.RequestOf($"give up {slot.Id}"),
                new CalendarCommand.GiveUp(slot.Id, bookings.PublicAgainAt(slot.Week)));
        }
    }

    /// <returns>Null: no calendar offers this time any more.</returns>
    private async Task<(AppointmentRef Place, Refusal? Refusal)?> HoldAsync(PlanTime time, Appointment before, AppointmentId id,
        PlanLineRef line, AppointmentRef replaced, DateTimeOffset until)
    {
        if (bookings.Wanted(new(time.Office, time.Calendar, before.Services, time.From, before.Kind, before.Language), id, Channel.Staff)
            is not var (place, wanted))
        {
            return null;
        }

        var held = wanted with
        {
            Plan = line,
            Minutes = before.Invited is null ? wanted.Minutes : before.Minutes,
            Invited = before.Invited,
            Until = until + WishOffer.Passing,
            CodeHash = before.CodeHash,
            SecretHash = AppointmentSecrets.HashOf(secrets.ConfirmationOf(id, before.Contact)),
            Replaces = replaced,
            Origin = before.Origin,
            Sequence = before.Sequence + 1,
        };
        var (week, answer) = await bookings.HandleAsync(place, new(id.Value), new CalendarCommand.Hold(held), held.From);
        return (new(week, id), answer.Refusal);
    }

    private Task<Appointment?> FindAsync(AppointmentRef place) =>
        grains.GetGrain<ICalendarWeekGrain>(place.Week.Stream).FindById(place.Id);
}
