namespace Aufruf.Domain.Appointments;

/// <summary>Counters of a calendar that are closed for a span of one week.</summary>
/// <param name="Plan">The plan that closed them.</param>
public sealed record Closure(PlanId Plan, DateTimeOffset From, DateTimeOffset To, int Counters, string Reason);

/// <summary>A time that a booking may be moved to.</summary>
/// <param name="Day">Of the office's clock.</param>
public sealed record FreeStart(string Office, string Calendar, DateTimeOffset From, DateOnly Day);

/// <summary>Finds the bookings that a closure hits, and what may become of each.</summary>
public static class PlanProposals
{
    /// <summary>A month of illness is entered once.</summary>
    public const int MostDays = 31;

    /// <summary>The spans of a closure on the office's clock, each with the Monday of its week.</summary>
    public static IEnumerable<(DateOnly Monday, Closure Closure)> SpansOf(this Office office, PlanId plan, PlannedClosure closure)
    {
        for (var day = closure.First; day <= closure.Last; day = day.AddDays(1))
        {
            var (from, to) = (office.Instant(day, closure.From), office.Instant(day, closure.To));
            if (from < to) // Hours within the hour that is skipped in spring do not exist.
            {
                yield return (day.MondayOfItsWeek(), new(plan, from, to, closure.Counters, closure.Reason));
            }
        }
    }

    /// <summary>The bookings at whose time more are made than fit, in order of time. Each says whether a colleague has room.
    /// The one that was confirmed first stays first.</summary>
    public static IReadOnlyList<(Appointment Booked, bool Stays)> Hit(this CalendarWeek week, DateTimeOffset now)
    {
        var hit = week.Excess(now).Where(a => a.State is AppointmentState.Confirmed).ToList();
        var rest = week with { Appointments = week.Appointments.RemoveRange(hit.Select(a => a.Id)) };
        HashSet<AppointmentId> stay = [];
        foreach (var booked in hit.OrderBy(a => a.ConfirmedAt).ThenBy(a => a.From).ThenBy(a => a.Id.Value))
        {
            if (rest.Fits(booked.From, booked.To, Channel.Staff, now))
            {
                stay.Add(booked.Id);
                rest = rest with { Appointments = rest.Appointments.Add(booked.Id, booked) };
            }
        }

        return [.. hit.Select(booked => (booked, stay.Contains(booked.Id)))];
    }

    /// <summary>The nearest time of the same day: in the same office, then in another one; else three times of later days; else a clerk
    /// calls.</summary>
    /// <param name="office">Where the booking takes place: "alsdorf.rathaus".</param>
    /// <param name="day">Of the booking, on the office's clock.</param>
    /// <param name="free">On that day.</param>
    /// <param name="later">On later days.</param>
    /// <param name="taken">The times that earlier lines of the plan have. This one's are added.</param>
    /// <param name="hasMail">Without an address nobody hears of a move.</param>
    public static PlanStep Propose(this Appointment booked, string office, DateOnly day, IEnumerable<FreeStart> free,
        IEnumerable<FreeStart> later, ICollection<TakenTime> taken, bool hasMail, DateTimeOffset now)
    {
        if (!hasMail)
        {
            return new(PlanAction.Call);
        }

        var best = free.Where(start => start.Day == day && start.IsFree(booked, taken))
            .OrderBy(start => start.Office != office).ThenBy(start => (start.From - booked.From).Duration()).ThenBy(start => start.From)
            .ThenBy(start => start.Calendar, StringComparer.Ordinal).FirstOrDefault();
        if (best is not null)
        {
            taken.Add(new(best.Calendar, best.From, best.From.AddMinutes(booked.Minutes)));
            return new(PlanAction.Move, best.Office, best.Calendar, best.From);
        }

        var offer = booked.Alternatives(office, day, later, taken, now);
        foreach (var time in offer?.Times ?? [])
        {
            taken.Add(new(time.Calendar, time.From, time.From.AddMinutes(booked.Minutes)));
        }

        return offer ?? new(PlanAction.Call);
    }

    /// <summary>Up to three times on as many days, each near to the present time of day; the same office first. Null: nothing is free, or
    /// too little time is left to ask.</summary>
    public static PlanStep? Alternatives(this Appointment booked, string office, DateOnly day, IEnumerable<FreeStart> free,
        ICollection<TakenTime> taken, DateTimeOffset now)
    {
        TimeSpan AwayFrom(FreeStart start) =>
            (start.From - booked.From - TimeSpan.FromDays(start.Day.DayNumber - day.DayNumber)).Duration();
        var times = free.Where(start => start.IsFree(booked, taken)
                && PlanOffer.UntilOf(now, booked.From, [start.From]) is not null)
            .OrderBy(start => start.Office != office).ThenBy(AwayFrom).ThenBy(start => start.From)
            .ThenBy(start => start.Calendar, StringComparer.Ordinal).DistinctBy(start => start.Day)
            .OrderBy(start => start.Office != office).ThenBy(start => start.From).Take(PlanOffer.Most).OrderBy(start => start.From)
            .Select(start => new PlanTime(start.Office, start.Calendar, start.From)).ToArray();
        return times.Length == 0 ? null : new(PlanAction.Offer) { Times = times };
    }

    private static bool IsFree(this FreeStart start, Appointment booked, IEnumerable<TakenTime> taken)
    {
        foreach (var time in taken)
        {
            if (time.Calendar == start.Calendar && time.From < start.From.AddMinutes(booked.Minutes) && start.From < time.To)
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>A time that another line of the plan has.</summary>
public readonly record struct TakenTime(string Calendar, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>The times that the open lines of a plan would take, without one of them.</summary>
    public static List<TakenTime> Of(ClosurePlan plan, PlanLine? without) =>
    [
        .. from line in plan.Lines ?? []
           where line.IsOpen && line.Number != without?.Number
           from time in line.Step.Takes
           select new TakenTime(time.Calendar, time.From, time.From.AddMinutes(line.Minutes)),
    ];
}
