using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Appointments;

/// <summary>Finds free slots in memory, in all offices of an authority.</summary>
internal sealed class SlotSearch(OfficeDirectory offices, CalendarWeeks weeks, TimeProvider clock)
{
    public const int MostDays = 120;
    private const int MostSlots = 500;

    // Of each calendar, for three channels. Beyond it, days of the past are among them.
    private const int MostKnown = 4 * MostDays;

    private volatile Index _index = new(ImmutableDictionary<string, Office>.Empty);

    /// <summary>A calendar, where its appointments take place, and the office that has it.</summary>
    public sealed record Offered(Office Office, Office Owner, Calendar Calendar, Offer Offer)
    {
        internal FrozenDictionary<ServiceId, OfferedService> Services { get; } = Offer.Services.ToFrozenDictionary(s => s.Id);

        internal ConcurrentDictionary<(DateOnly Day, Channel Channel), Day> Days { get; } = new();
    }

    public IEnumerable<Offer> OffersOf(string authority) => Now.Of(authority).Select(offered => offered.Offer);

    /// <summary>The calendars whose appointments may take place in an office: its own, and those that others share.</summary>
    public IEnumerable<Offered> CalendarsAt(Office office) =>
        Now.Of(office.Authority.Id).Where(offered => offered.Office.Key == office.Key);

    public FoundSlots Find(SlotQuestion question, Channel channel)
    {
        var (found, now) = (new List<OfficeSlots>(), clock.GetUtcNow());
        var (zone, today) = ("", default(DateOnly));
        foreach (var offered in Now.Of(question.Authority))
        {
            if ((question.Office is null || question.Office == offered.Offer.Office)
                && MinutesOf(offered, question.Services, question.Kind) is { } minutes)
            {
                (zone, today) = offered.Owner.TimeZone == zone ? (zone, today) : (offered.Owner.TimeZone, offered.Owner.Day(now));
                found.Add(Find(offered, question.Minutes ?? minutes, question, channel, now, today));
            }
        }

        return new(found);
    }

    /// <summary>All that a wish for these services may have now, the earliest first.</summary>
    public IEnumerable<FreeSlot> FreeForWishes(
        string authority, IReadOnlyList<Wanted> services, AppointmentKind kind, DateTimeOffset now) => (
        from offered in Now.Of(authority)
        let minutes = MinutesOf(offered, services, kind)
        where minutes is not null
        from day in Enumerable.Range(0, MostDays).Select(offered.Owner.Day(now).AddDays)
        let known = DayOf(offered, day, Channel.Wish, now)
        let week = CalendarWeekKey.Of(offered.Owner, offered.Calendar.Id, day)
        from offset in known.Starts
        let start = known.From.AddMinutes(offset)
        where start > now && known.IsFree(offset, minutes.Value)
        orderby start, offered.Office.Id
        select new FreeSlot(offered.Office.Id, week, start, minutes.Value, offered.Owner.LocalTime(start).DateTime,
            offered.Calendar.Rules.LeadMinutes)).ToArray();

    /// <summary>All times at which staff may place an appointment between two days, the earliest first.</summary>
    /// <param name="length">Null: the calendar says how long the services take.</param>
    public IEnumerable<FreeSlot> FreeForStaff(string authority, IReadOnlyList<Wanted> services, AppointmentKind kind, int? length,
        (DateOnly First, DateOnly Last) days, DateTimeOffset now) => (
        from offered in Now.Of(authority)
        let minutes = MinutesOf(offered, services, kind)
        where minutes is not null
        from day in Enumerable.Range(0, MostDays).Select(offered.Owner.Day(now).AddDays)
        where days.First <= day && day <= days.Last
        let known = DayOf(offered, day, Channel.Staff, now)
        let week = CalendarWeekKey.Of(offered.Owner, offered.Calendar.Id, day)
        from offset in known.Starts
        let start = known.From.AddMinutes(offset)
        where start > now && known.IsFree(offset, length ?? minutes.Value)
        orderby start, offered.Office.Id
        select new FreeSlot(offered.Office.Id, week, start, length ?? minutes.Value, offered.Owner.LocalTime(start).DateTime,
            offered.Calendar.Rules.LeadMinutes)).ToArray();

    /// <summary>The offices that give all these services.</summary>
    public IEnumerable<Office> GiversOf(string authority, IReadOnlyList<Wanted> services, AppointmentKind kind) =>
        Now.Of(authority).Where(offered => MinutesOf(offered, services, kind) is not null).Select(offered => offered.Office);

    /// <summary>The next moment at which more may be free in an authority, without anybody doing anything; null: none.</summary>
    public DateTimeOffset? NextChangeIn(string authority, Channel channel, DateTimeOffset now) =>
        Now.Of(authority).DistinctBy(offered => offered.Offer.Calendar).SelectMany(offered => Enumerable.Range(0, (MostDays / 7) + 1)
            .Select(week => weeks.Of(offered.Owner, offered.Calendar, offered.Owner.Day(now).MondayOfItsWeek().AddDays(7 * week))
                .NextChange(channel, now))).Min();

    /// <summary>The local day in an authority.</summary>
    public DateOnly TodayIn(string authority, DateTimeOffset now) =>
        Now.Of(authority).FirstOrDefault()?.Owner.Day(now) ?? DateOnly.FromDateTime(now.UtcDateTime);

    /// <summary>The length of an appointment; null: this office does not offer all of it.</summary>
    public static int? MinutesOf(Offered offered, IReadOnlyList<Wanted> services, AppointmentKind kind)
    {
        foreach (var wanted in services)
        {
            if (!offered.Services.TryGetValue(wanted.Service, out var service) || !service.Kinds.Contains(kind))
            {
                return null;
            }
        }

        return offered.Calendar.MinutesOf(services);
    }

    /// <summary>Whether an appointment may begin at this moment, by the calendar's grid. Whether it is free is another question.</summary>
    public static bool IsStart(Office owner, Calendar calendar, DateTimeOffset from) =>
        StartsOn(owner, calendar, owner.Day(from)).Contains(from);

    /// <summary>The public books so long before, and staff until the last moment.</summary>
    public static DateTimeOffset Earliest(Calendar calendar, Channel channel, DateTimeOffset now) =>
        channel is Channel.Staff ? now : now.AddMinutes(calendar.Rules.LeadMinutes);

    private Index Now
    {
        get
        {
            var index = _index;
            return ReferenceEquals(index.Offices, offices.Known) ? index : _index = new(offices.Known);
        }
    }

    private OfficeSlots Find(Offered offered, int minutes, SlotQuestion question, Channel channel, DateTimeOffset now,
        DateOnly today)
    {
        var earliest = Earliest(offered.Calendar, channel, now);
        var day = question.From is { } from && from > today ? from : today;
        var (starts, next, most) = (new List<DateTimeOffset>(), (DateTimeOffset?)null, Math.Clamp(question.Most, 1, MostSlots));
        for (var last = day.AddDays(Math.Clamp(question.Days, 1, MostDays)); day < last && starts.Count < most; day = day.AddDays(1))
        {
            var known = DayOf(offered, day, channel, now);
            next = known.NextRelease < next || next is null ? known.NextRelease : next;
            foreach (var offset in known.Starts)
            {
                if (known.IsFree(offset, minutes) && known.From.AddMinutes(offset) is var start && start > now && start >= earliest)
                {
                    starts.Add(start);
                    if (starts.Count == most)
                    {
                        break;
                    }
                }
            }
        }

        return new(offered.Offer, minutes, starts, next);
    }

    private static IEnumerable<DateTimeOffset> StartsOn(Office owner, Calendar calendar, DateOnly day) =>
        owner.SpansOn(calendar, day).SelectMany(span =>
        {
            var (from, to) = (owner.Instant(day, span.From), owner.Instant(day, span.To));
            return Enumerable.Range(0, Math.Max(0, (int)(to - from).TotalMinutes / calendar.SlotMinutes))
                .Select(n => from.AddMinutes(n * calendar.SlotMinutes));
        }).Distinct().Order();

    private Day DayOf(Offered offered, DateOnly day, Channel channel, DateTimeOffset now)
    {
        // Counted before the week is read: a change between is seen the next time.
        var (changes, isKnown) = (weeks.Changes, offered.Days.TryGetValue((day, channel), out var known));
        var isInTime = isKnown && known!.At <= now && !(known.Until <= now);
        if (isInTime && known!.Changes == changes)
        {
            return known;
        }

        var (owner, calendar) = (offered.Owner, offered.Calendar);
        var week = weeks.Of(owner, calendar, day.MondayOfItsWeek());
        if (isInTime && ReferenceEquals(known!.Week, week))
        {
            return offered.Days[(day, channel)] = known with { Changes = changes };
        }

        if (offered.Days.Count > MostKnown)
        {
            offered.Days.Clear();
        }

        var spans = owner.SpansOn(calendar, day);
        var from = owner.Instant(day, spans.Select(s => s.From).DefaultIfEmpty(WallTime.DayBegins).Min());
        var to = owner.Instant(day, spans.Select(s => s.To).DefaultIfEmpty(WallTime.DayBegins).Max());
        return offered.Days[(day, channel)] = new(changes, week, now, week.NextChange(channel, now), from,
            [.. week.Free(from, to, channel, now).Select(free => (sbyte)Math.Clamp(free, -1, sbyte.MaxValue))],
            [.. StartsOn(owner, calendar, day).Select(start => (short)(start - from).TotalMinutes)],
            channel is Channel.Public ? week.NextRelease(from, to, now) : null);
    }

    /// <summary>The free minutes of a day, good until its week changes or a moment comes.</summary>
    /// <param name="Starts">Minutes from the beginning at which an appointment may begin.</param>
    /// <param name="Changes">The weeks' changes that are known to leave it as it is.</param>
    internal sealed record Day(long Changes, CalendarWeek Week, DateTimeOffset At, DateTimeOffset? Until, DateTimeOffset From, sbyte[] Free,
        short[] Starts, DateTimeOffset? NextRelease)
    {
        public bool IsFree(int begin, int minutes) =>
            begin + minutes <= Free.Length && Free.AsSpan(begin, minutes).IndexOfAnyInRange(sbyte.MinValue, (sbyte)0) < 0;
    }

    /// <summary>The offers of all authorities, for the present configuration of all offices.</summary>
    private sealed class Index(ImmutableDictionary<string, Office> offices)
    {
        private readonly ILookup<string, Offered> _byAuthority = (
            from office in offices.Values.OrderBy(o => o.Key, StringComparer.Ordinal)
            from owner in offices.Values.Where(o => o.Authority.Id == office.Authority.Id).OrderBy(o => o.Key, StringComparer.Ordinal)
            from calendar in owner.Calendars
            where owner.Key == office.Key || calendar.AlsoAt.Contains(office.Id)
            select new Offered(office, owner, calendar, OfferOf(office, owner, calendar))).ToLookup(o => o.Office.Authority.Id);

        public ImmutableDictionary<string, Office> Offices => offices;

        public IEnumerable<Offered> Of(string authority) => _byAuthority[authority];

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
}
