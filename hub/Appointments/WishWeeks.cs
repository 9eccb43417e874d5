using Aufruf.Domain.Appointments;

namespace Aufruf.Hub.Appointments;

/// <summary>The weeks of an authority for one round of its wishes, from memory. What the round itself has learned stands over them.</summary>
internal sealed class WishWeeks(string authority, CalendarWeeks weeks, SlotSearch search, DateTimeOffset now) : IWishWeeks
{
    private readonly Dictionary<string, List<FreeSlot>> _free = [];
    private readonly HashSet<FreeSlot> _taken = [];
    private readonly HashSet<AppointmentRef> _over = [];

    private readonly Dictionary<CalendarWeekKey, CalendarWeek> _weeks =
        weeks.All.Where(week => week.Key.Authority == authority).ToDictionary(week => week.Key, week => week.Week);

    public IEnumerable<KeyValuePair<CalendarWeekKey, CalendarWeek>> Weeks => _weeks;

    public IReadOnlyDictionary<WishId, AppointmentRef> Unclaimed { get; set; } = new Dictionary<WishId, AppointmentRef>();

    public DateOnly Today { get; } = search.TodayIn(authority, now);

    public Appointment? Find(AppointmentRef place) =>
        _over.Contains(place) ? null : _weeks.GetValueOrDefault(place.Week)?.Find(place.Id);

    public IEnumerable<FreeSlot> FreeFor(IReadOnlyList<Wanted> services, AppointmentKind kind)
    {
        var asked = $"{kind} {string.Join(' ', services.Select(s => $"{s.Service}:{s.Persons}"))}";
        if (!_free.TryGetValue(asked, out var free))
        {
            _free[asked] = free = [.. search.FreeForWishes(authority, services, kind, now)];
        }

        return free.Where(slot => !_taken.Contains(slot));
    }

    /// <summary>The slot was held, or somebody else has it: this hub's copy may not know it yet.</summary>
    public void Take(FreeSlot slot, bool isHeld)
    {
        _taken.Add(slot);
        if (isHeld)
        {
            _free.Clear(); // Another counter may be free at this time, and a neighbouring slot may not be.
        }
    }

    /// <summary>The hold has ended.</summary>
    public void End(AppointmentRef held) => _over.Add(held);
}
