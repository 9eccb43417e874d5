using System.Collections.Concurrent;
using Aufruf.Domain.Appointments;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Push;
using Aufruf.Hub.Running;

namespace Aufruf.Hub.Appointments;

/// <summary>The weeks of all calendars from last week on, as this hub knows them: searches ask no database.</summary>
internal sealed class CalendarWeeks(OfficeDirectory offices, LiveAreas areas, UnreadableStreams unreadable, TimeProvider clock)
    : ICopies<CalendarWeek, CalendarEvent>
{
    private const int DaysBack = 14;

    private readonly ConcurrentDictionary<string, (long Version, CalendarWeek Week)> _known = new();
    private readonly ConcurrentDictionary<(string Office, string Calendar, DateOnly Monday), Shown> _shown = new();

    private long _changes;

    /// <summary>Grows whenever a week has changed.</summary>
    public long Changes => Volatile.Read(ref _changes);

    /// <summary>Raised after a week has changed.</summary>
    public event Action? Changed;

    /// <summary>A week with its present capacity.</summary>
    private sealed record Shown(string Stream, long Configuration, CalendarWeek Written, CalendarWeek Week);

    public void Announce(string stream, long version, CalendarWeek state, IReadOnlyList<CalendarEvent>? happened)
    {
        if (IsWanted(stream))
        {
            unreadable.Remove(stream);
            _known.AddOrUpdate(stream, (version, state),
                (_, known) => happened is not null && version <= known.Version ? known : (version, state));
            Interlocked.Increment(ref _changes);
            WakeDesks(stream, happened);
            Changed?.Invoke();
        }
    }

    /// <summary>The desks of the authority look whether an appointment of today has changed. Holds are not in their lists.</summary>
    private void WakeDesks(string stream, IReadOnlyList<CalendarEvent>? happened)
    {
        if (CalendarWeekKey.TryParseStream(stream, out var key) && IsPresent(key.Value.Monday)
            && happened?.All(e => e is CalendarEvent.SlotHeld or CalendarEvent.HoldExtended or CalendarEvent.HoldEnded
                or CalendarEvent.AppointmentPreconfirmed) is not true)
        {
            foreach (var office in offices.Known.Values.Where(office => office.Authority.Id == key.Value.Authority))
            {
                areas.WakeOffice(office.Key);
            }
        }
    }

    // With a day before and after it, because the offices' days are not those of UTC.
    private bool IsPresent(DateOnly monday) =>
        DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).DayNumber - monday.DayNumber is >= -1 and <= 7;

    public (long Version, CalendarWeek State)? CopyOf(string stream) => !IsWanted(stream) ? null
        : _known.TryGetValue(stream, out var known) ? known : (0, CalendarWeek.Empty);

    public void CannotRead(string stream, string reason) => unreadable.Add(stream, stream, reason);

    /// <summary>A week with the capacity that its office's configuration gives it now. The same object until something changes.</summary>
    public CalendarWeek Of(Office office, Calendar calendar, DateOnly monday)
    {
        var key = (office.Key, calendar.Id, monday);
        var (configuration, _, _) = InForce(office, calendar);
        var isShown = _shown.TryGetValue(key, out var shown);
        var stream = isShown ? shown!.Stream : CalendarWeekKey.Of(office, calendar.Id, monday).Stream;
        var written = _known.TryGetValue(stream, out var known) ? known.Week : CalendarWeek.Empty;
        if (isShown && shown!.Configuration == configuration && ReferenceEquals(shown.Written, written))
        {
            return shown.Week;
        }

        var week = PlanFor(office, calendar, monday, written) is { } plan
            ? written.Apply(new CalendarEvent.WeekPlanned(plan.Configuration, plan.Pieces, plan.WishesFirstMinutes, default)) : written;
        _shown[key] = new(stream, configuration, written, week);
        return week;
    }

    /// <summary>The command that gives a week its capacity; null: it has it.</summary>
    public CalendarCommand.Plan? PlanFor(Office office, Calendar calendar, DateOnly monday, CalendarWeek week)
    {
        var (configuration, now, present) = InForce(office, calendar);
        if (week.Configuration >= configuration)
        {
            return null;
        }

        var pieces = now.PiecesOf(present, monday.MondayOfItsWeek());
        return week.WishesFirstMinutes == present.Release.WishesFirstMinutes && week.Pieces.SequenceEqual(pieces) ? null
            : new(configuration, pieces, present.Release.WishesFirstMinutes);
    }

    /// <summary>Every week that this hub knows, of calendars that may be withdrawn meanwhile.</summary>
    public IEnumerable<(CalendarWeekKey Key, CalendarWeek Week)> All => _known.Select(known =>
        (CalendarWeekKey.TryParseStream(known.Key, out var key) ? key.Value : default, known.Value.Week));

    /// <summary>A caller may have an office of a moment ago. Its calendar with the number of a later version would be kept as that one.
    /// </summary>
    private (long Version, Office Office, Calendar Calendar) InForce(Office office, Calendar calendar) =>
        offices.ConfigurationOf(office.Key) is (var version, { Office: { } now })
            ? (version, now, now.Calendar(calendar.Id) ?? calendar) : (1, office, calendar);

    private bool IsWanted(string stream) => CalendarWeekKey.TryParseStream(stream, out var key)
        && key.Value.Monday.AddDays(DaysBack) >= DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
}
