namespace Aufruf.Domain.Appointments;

/// <summary>A booking, and the week that has it.</summary>
public readonly record struct BookedIn(CalendarWeekKey Week, Appointment Booked);

/// <summary>The bookings that a new version of an office would hit. They stay valid until staff send a plan.</summary>
public static class CalendarChange
{
    /// <summary>Those that no longer fit with the calendars of this version, in order of time.</summary>
    public static IReadOnlyList<BookedIn> NoLongerFit(
        this Office office, IEnumerable<(CalendarWeekKey Key, CalendarWeek Week)> weeks, DateTimeOffset now) =>
    [
        .. from known in weeks
           where known.Key.OfficeKey == office.Key
           let calendar = office.Calendar(known.Key.Calendar)
           where calendar is not null
           let week = known.Week.Apply(new CalendarEvent.WeekPlanned(known.Week.Configuration,
               office.PiecesOf(calendar, known.Key.Monday), calendar.Release.WishesFirstMinutes, now))
           from hit in week.Hit(now)
           orderby hit.Booked.From, hit.Booked.Id.Value
           select new BookedIn(known.Key, hit.Booked),
    ];

    /// <summary>Those that this change alone hits: the others did not fit before, either.</summary>
    public static IReadOnlyList<BookedIn> HitBy(
        Office before, Office after, IReadOnlyList<(CalendarWeekKey Key, CalendarWeek Week)> weeks, DateTimeOffset now)
    {
        var known = before.NoLongerFit(weeks, now).Select(hit => hit.Booked.Id).ToHashSet();
        return [.. after.NoLongerFit(weeks, now).Where(hit => !known.Contains(hit.Booked.Id))];
    }

    /// <summary>Those in a calendar that are not over, in order of time. Also a time that is held for somebody.</summary>
    public static IReadOnlyList<BookedIn> ToComeIn(
        string calendarKey, IEnumerable<(CalendarWeekKey Key, CalendarWeek Week)> weeks, DateTimeOffset now) =>
        ToCome(weeks.Where(known => known.Key.CalendarKey == calendarKey), now);

    /// <summary>Those that take place in an office, but are in the calendars of others.</summary>
    public static IReadOnlyList<BookedIn> ToComeAt(
        Office office, IEnumerable<(CalendarWeekKey Key, CalendarWeek Week)> weeks, DateTimeOffset now) =>
    [
        .. ToCome(weeks.Where(known => known.Key.Authority == office.Authority.Id && known.Key.OfficeKey != office.Key), now)
            .Where(toCome => toCome.Booked.Office == office.Id),
    ];

    private static IReadOnlyList<BookedIn> ToCome(
        IEnumerable<(CalendarWeekKey Key, CalendarWeek Week)> weeks, DateTimeOffset now) =>
    [
        .. from known in weeks
           from booked in known.Week.Appointments.Values
           where booked.IsLive(now) && booked.To > now
           orderby booked.From, booked.Id.Value
           select new BookedIn(known.Key, booked),
    ];
}
