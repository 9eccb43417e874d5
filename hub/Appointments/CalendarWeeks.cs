using System.Collections.Concurrent;
using Aufruf.Domain.Appointments;
using Aufruf.Grains;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Running;

namespace Aufruf.Hub.Appointments;

/// <summary>The weeks of all calendars from last week on, as this hub knows them: searches ask no database.</summary>
internal sealed class CalendarWeeks(OfficeDirectory offices, UnreadableStreams unreadable, TimeProvider clock)
    : ICopies<CalendarWeek, CalendarEvent>
{
    private const int DaysBack = 14;

    private readonly ConcurrentDictionary<string, (long Version, CalendarWeek Week)> _known = new();
    private readonly ConcurrentDictionary<string, (long Configuration, IReadOnlyList<Piece> Pieces)> _planned = new();

    public void Announce(string stream, long version, CalendarWeek state, IReadOnlyList<CalendarEvent>? happened)
    {
        if (IsWanted(stream))
        {
            unreadable.Remove(stream);
            _known.AddOrUpdate(stream, (version, state),
                (_, known) => happened is not null && version <= known.Version ? known : (version, state));
        }
    }

    public (long Version, CalendarWeek State)? CopyOf(string stream) => !IsWanted(stream) ? null
        : _known.TryGetValue(stream, out var known) ? known : (0, CalendarWeek.Empty);

    public void CannotRead(string stream, string reason) => unreadable.Add(stream, stream, reason);

    /// <summary>A week with the capacity that the office's configuration gives it now, and its version.</summary>
    public (long Version, CalendarWeek Week) Of(Office office, Calendar calendar, DateOnly monday)
    {
        var stream = CalendarWeekKey.Of(office, calendar.Id, monday).Stream;
        var (version, week) = _known.GetValueOrDefault(stream, (0, CalendarWeek.Empty));
        return PlanFor(office, calendar, monday, week) is { } plan ? (version, week.Apply(new CalendarEvent.WeekPlanned(
            plan.Configuration, plan.Pieces, plan.WishesFirstMinutes, default))) : (version, week);
    }

    /// <summary>The command that gives a week its capacity; null: it has it.</summary>
    public CalendarCommand.Plan? PlanFor(Office office, Calendar calendar, DateOnly monday, CalendarWeek week)
    {
        var configuration = Math.Max(1, offices.ConfigurationOf(office.Key).Version);
        if (week.Configuration >= configuration)
        {
            return null;
        }

        var pieces = PiecesOf(office, calendar, monday, configuration);
        return week.WishesFirstMinutes == calendar.Release.WishesFirstMinutes && week.Pieces.SequenceEqual(pieces) ? null
            : new(configuration, pieces, calendar.Release.WishesFirstMinutes);
    }

    /// <summary>Every week that this hub knows, of calendars that may be withdrawn meanwhile.</summary>
    public IEnumerable<(CalendarWeekKey Key, CalendarWeek Week)> All => _known.Select(known =>
        (CalendarWeekKey.TryParseStream(known.Key, out var key) ? key.Value : default, known.Value.Week));

    private IReadOnlyList<Piece> PiecesOf(Office office, Calendar calendar, DateOnly monday, long configuration)
    {
        var stream = CalendarWeekKey.Of(office, calendar.Id, monday).Stream;
        if (!_planned.TryGetValue(stream, out var planned) || planned.Configuration != configuration)
        {
            _planned[stream] = planned = (configuration, office.PiecesOf(calendar, monday.MondayOfItsWeek()));
        }

        return planned.Pieces;
    }

    private bool IsWanted(string stream) => CalendarWeekKey.TryParseStream(stream, out var key)
        && key.Value.Monday.AddDays(DaysBack) >= DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
}
