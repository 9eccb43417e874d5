namespace Aufruf.Domain.Appointments;

/// <summary>A step that brings wishes and free slots together. It follows from their states alone, so a crash loses nothing.</summary>
public abstract record WishStep
{
    private WishStep() { }

    /// <summary>Holds the slot in its week; if that is done, the offer is recorded.</summary>
    public sealed record Offer(FreeSlot Slot, DateTimeOffset Until) : WishStep;

    /// <summary>The slot is held, and the offer was not recorded: a hub died between.</summary>
    public sealed record Record(WishOffer Made) : WishStep;

    /// <summary>Gives the held slot back to others.</summary>
    public sealed record GiveUp(AppointmentRef Held) : WishStep;

    /// <summary>The week has decided about the open offer.</summary>
    public sealed record Close(int Number, OfferState Outcome) : WishStep;

    public sealed record End(WishEnd Reason) : WishStep;
}

/// <summary>A time that a wish may have now.</summary>
/// <param name="Office">Where it takes place: "rathaus".</param>
/// <param name="Local">Its beginning on the office's clock.</param>
public readonly record struct FreeSlot(
    string Office, CalendarWeekKey Week, DateTimeOffset From, int Minutes, DateTime Local, int LeadMinutes);

/// <summary>The weeks, as far as wishes look at them.</summary>
public interface IWishWeeks
{
    /// <summary>Null: it is not known, or given up.</summary>
    Appointment? Find(AppointmentRef place);

    /// <summary>The slots that are held for a wish without being its open offer.</summary>
    IReadOnlyDictionary<WishId, AppointmentRef> Unclaimed { get; }

    /// <summary>The slots that a wish's services may have, the earliest first; without those that it has seen before.</summary>
    IReadOnlyList<FreeSlot> FreeFor(Wish wish);

    /// <summary>The local day in the authority.</summary>
    DateOnly Today { get; }
}

public static class WishSteps
{
    /// <summary>The next step of a wish; null: it waits. Call it for all wishes in the order of their registration.</summary>
    public static WishStep? Next(this Wish wish, IWishWeeks weeks, DateTimeOffset now) => wish.State switch
    {
        WishState.Registered => now >= wish.Until ? new WishStep.End(WishEnd.Unconfirmed) : null,
        WishState.Offered => wish.OpenOffer is { } open ? weeks.Find(open.Slot) switch
        {
            { State: AppointmentState.Held } held => now < open.Until && held.IsLive(now) ? null : new WishStep.GiveUp(open.Slot),
            null => new WishStep.Close(open.Number, OfferState.Lapsed),
            _ => new WishStep.Close(open.Number, OfferState.Accepted), // Also if it is cancelled or moved since.
        } : null,
        WishState.Waiting => Waiting(wish, weeks, now),
        _ => null,
    };

    /// <summary>Slots that are held without an open offer: a wish was stopped meanwhile, or a hub died.</summary>
    public static IEnumerable<(WishId Wish, AppointmentRef Slot)> Unclaimed(
        this Wishes wishes, IEnumerable<KeyValuePair<CalendarWeekKey, CalendarWeek>> weeks)
    {
        foreach (var (week, state) in weeks)
        {
            foreach (var held in state.Appointments.Values)
            {
                if (held is { Wish: { } wish, State: AppointmentState.Held }
                    && new AppointmentRef(week, held.Id) is var slot && wishes.Find(wish)?.OpenOffer?.Slot != slot)
                {
                    yield return (wish, slot);
                }
            }
        }
    }

    private static WishStep? Waiting(Wish wish, IWishWeeks weeks, DateTimeOffset now)
    {
        if (weeks.Today > wish.NotAfter)
        {
            return new WishStep.End(WishEnd.NothingFound);
        }

        Appointment? present = null;
        if (wish.Improves is { } improves)
        {
            if (weeks.Present(improves) is not var (_, found))
            {
                return null; // Its week is not known here yet.
            }

            if (found.State is not AppointmentState.Confirmed || found.From <= now)
            {
                return new WishStep.End(WishEnd.Overtaken);
            }

            present = found;
        }

        if (weeks.Unclaimed.GetValueOrDefault(wish.Id) is { } before && weeks.Find(before) is { } held
            && before.Id == WishOffer.HoldOf(wish.Id, wish.Offers.Count + 1) && held.Until - WishOffer.Passing > now)
        {
            return new WishStep.Record(new(wish.Offers.Count + 1, before, held.Office, held.From, held.Minutes,
                held.Until - WishOffer.Passing)
            { Origin = held.Replaces is null ? null : held.Origin });
        }

        foreach (var slot in weeks.FreeFor(wish))
        {
            if (slot.From >= present?.From)
            {
                break;
            }

            if (wish.Accepts(slot) && WishOffer.UntilOf(now, slot.From, slot.LeadMinutes) is { } until)
            {
                return new WishStep.Offer(slot, until);
            }
        }

        return null;
    }

    /// <summary>Whether a slot suits. One that was offered before does not come again.</summary>
    public static bool Accepts(this Wish wish, FreeSlot slot)
    {
        var day = DateOnly.FromDateTime(slot.Local);
        return wish.NotBefore <= day && day <= wish.NotAfter && (wish.Offices.Count == 0 || wish.Offices.Contains(slot.Office))
            && IsWithin(wish, slot) && !WasOffered(wish, slot);
    }

    private static bool IsWithin(Wish wish, FreeSlot slot)
    {
        foreach (var window in wish.Windows)
        {
            if (window.Contains(slot.Local, slot.Minutes))
            {
                return true;
            }
        }

        return wish.Windows.Count == 0;
    }

    private static bool WasOffered(Wish wish, FreeSlot slot)
    {
        foreach (var offer in wish.Offers)
        {
            if (offer.From == slot.From && offer.Office == slot.Office)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where an appointment is now: it may have been moved.</summary>
    public static (AppointmentRef Place, Appointment Appointment)? Present(this IWishWeeks weeks, AppointmentRef place)
    {
        const int mostMoves = 50;
        for (var moves = 0; moves < mostMoves; moves++)
        {
            if (weeks.Find(place) is not { } found)
            {
                return null;
            }

            if (found.MovedTo is not { } to)
            {
                return (place, found);
            }

            place = to;
        }

        return null;
    }
}
