using Aufruf.Domain.Appointments;

namespace Aufruf.Hub.Appointments;

/// <summary>The weeks of an authority for one round of its wishes, with what it has learned itself.</summary>
internal sealed class WishWeeks(string authority, CalendarWeeks weeks, SlotSearch search, SlotNews news, DateTimeOffset now) : IWishWeeks
{
    private readonly HashSet<AppointmentRef> _over = [];

    private readonly Dictionary<CalendarWeekKey, CalendarWeek> _weeks =
        weeks.All.Where(week => week.Key.Authority == authority).ToDictionary(week => week.Key, week => week.Week);

    public IEnumerable<KeyValuePair<CalendarWeekKey, CalendarWeek>> Weeks => _weeks;

    public IReadOnlyDictionary<WishId, AppointmentRef> Unclaimed { get; set; } = new Dictionary<WishId, AppointmentRef>();

    public DateOnly Today { get; } = search.TodayIn(authority, now);

    public Appointment? Find(AppointmentRef place) =>
        _over.Contains(place) ? null : _weeks.GetValueOrDefault(place.Week)?.Find(place.Id);

    public IReadOnlyList<FreeSlot> FreeFor(Wish wish) =>
        news.For(wish, () => search.FreeForWishes(authority, wish.Services, wish.Kind, now));

    /// <summary>The hold has ended.</summary>
    public void End(AppointmentRef held) => _over.Add(held);
}
