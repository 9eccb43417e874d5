using System.Collections.Concurrent;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Appointments;

/// <summary>Finds free slots in memory, in all offices of an authority.</summary>
internal sealed class SlotSearch(OfficeDirectory offices, CalendarWeeks weeks, TimeProvider clock)
{
    private const int MostDays = 120;
    private const int MostSlots = 500;

    // 120 days of 500 calendars, each with less than a kilobyte. Beyond it, days of the past are among them.
    private const int MostKnown = 60_000;

    private readonly ConcurrentDictionary<(string Calendar, DateOnly Day, Channel Channel), Day> _days = new();

    /// <summary>The free minutes of a day, good until something changes.</summary>
    private sealed record Day(long Version, long Configuration, DateTimeOffset At, DateTimeOffset? Until, DateTimeOffset From, sbyte[] Free,
        DateTimeOffset? NextRelease);

    public IEnumerable<Offer> OffersOf(string authority) =>
        from office in offices.All
        where office.Authority.Id == authority
        orderby office.Key
        from offered in CalendarsAt(office)
        select OfferOf(office, offered.Owner, offered.Calendar);

    /// <summary>The calendars whose appointments may take place in an office: its own, and those that others share.</summary>
    public IEnumerable<(Office Owner, Calendar Calendar)> CalendarsAt(Office office) =>
        from owner in offices.All
        where owner.Authority.Id == office.Authority.Id
        orderby owner.Key
        from calendar in owner.Calendars
        where owner.Key == office.Key || calendar.AlsoAt.Contains(office.Id)
        select (owner, calendar);

    public FoundSlots Find(SlotQuestion question, Channel channel) => new(
    [
        .. from office in offices.All
           where office.Authority.Id == question.Authority && (question.Office is null || office.Key == question.Office)
           orderby office.Key
           from offered in CalendarsAt(office)
           let minutes = offered.Calendar.MinutesOf(question.Services)
           where minutes is not null && question.Services.All(wanted => office.Service(wanted.Service) is not null
               && offered.Calendar.Service(wanted.Service)!.Kinds.Contains(question.Kind))
           select Find(office, offered.Owner, offered.Calendar, minutes.Value, question, channel),
    ]);

    /// <summary>Whether an appointment may begin at this moment, by the calendar's grid. Whether it is free is another question.</summary>
    public static bool IsStart(Office owner, Calendar calendar, DateTimeOffset from, int minutes) =>
        StartsOn(owner, calendar, owner.Day(from), minutes).Contains(from);

    /// <summary>The public books so long before, and staff until the last moment.</summary>
    public static DateTimeOffset Earliest(Calendar calendar, Channel channel, DateTimeOffset now) =>
        channel is Channel.Staff ? now : now.AddMinutes(calendar.Rules.LeadMinutes);

    private OfficeSlots Find(Office office, Office owner, Calendar calendar, int minutes, SlotQuestion question, Channel channel)
    {
        var now = clock.GetUtcNow();
        var earliest = Earliest(calendar, channel, now);
        var first = question.From is { } from && from > owner.Day(now) ? from : owner.Day(now);
        var (starts, next, most) = (new List<DateTimeOffset>(), (DateTimeOffset?)null, Math.Clamp(question.Most, 1, MostSlots));
        for (var day = first; day < first.AddDays(Math.Clamp(question.Days, 1, MostDays)) && starts.Count < most; day = day.AddDays(1))
        {
            var known = DayOf(owner, calendar, day, channel, now);
            next = known.NextRelease < next || next is null ? known.NextRelease : next;
            foreach (var start in StartsOn(owner, calendar, day, minutes).Where(start => start > now && start >= earliest))
            {
                if (starts.Count < most && IsFree(known, start, minutes))
                {
                    starts.Add(start);
                }
            }
        }

        return new(OfferOf(office, owner, calendar), minutes, starts, next);
    }

    private static bool IsFree(Day day, DateTimeOffset start, int minutes)
    {
        var begin = (int)(start - day.From).TotalMinutes;
        return begin >= 0 && begin + minutes <= day.Free.Length && day.Free.AsSpan(begin, minutes).IndexOfAnyInRange(sbyte.MinValue, (sbyte)0) < 0;
    }

    private static IEnumerable<DateTimeOffset> StartsOn(Office owner, Calendar calendar, DateOnly day, int minutes) =>
        owner.SpansOn(calendar, day).SelectMany(span =>
        {
            var (from, to) = (owner.Instant(day, span.From), owner.Instant(day, span.To));
            return Enumerable.Range(0, Math.Max(0, (int)(to - from).TotalMinutes / calendar.SlotMinutes))
                .Select(n => from.AddMinutes(n * calendar.SlotMinutes)).Where(start => start.AddMinutes(minutes) <= to);
        }).Distinct().Order();

    private Day DayOf(Office owner, Calendar calendar, DateOnly day, Channel channel, DateTimeOffset now)
    {
        var key = ($"{owner.Key}.{calendar.Id}", day, channel);
        var (version, week) = weeks.Of(owner, calendar, day.MondayOfItsWeek());
        if (_days.TryGetValue(key, out var known) && known.Version == version && known.Configuration == week.Configuration
            && known.At <= now && !(known.Until <= now))
        {
            return known;
        }

        if (_days.Count > MostKnown)
        {
            _days.Clear();
        }

        var spans = owner.SpansOn(calendar, day);
        var from = owner.Instant(day, spans.Select(s => s.From).DefaultIfEmpty(WallTime.DayBegins).Min());
        var to = owner.Instant(day, spans.Select(s => s.To).DefaultIfEmpty(WallTime.DayBegins).Max());
        return _days[key] = new(version, week.Configuration, now, week.NextChange(channel, now), from,
            [.. week.Free(from, to, channel, now).Select(free => (sbyte)Math.Clamp(free, -1, sbyte.MaxValue))],
            channel is Channel.Public ? week.NextRelease(from, to, now) : null);
    }

    private static Offer OfferOf(Office office, Office owner, Calendar calendar) => new(office.Key, office.Name, office.Address,
        office.TimeZone, office.Languages, $"{owner.Key}.{calendar.Id}",
        [
            .. from bookable in calendar.Services
               let known = office.Service(bookable.Service)
               where known is not null
               select new OfferedService(bookable.Service, known.Value.Service.Name, known.Value.Service.Note, bookable.Minutes,
                   bookable.MostPersons, bookable.Kinds),
        ]);
}
