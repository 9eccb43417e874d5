namespace Aufruf.Domain.Appointments;

/// <summary>The slots that are free for wishes, round by round. A wish that found nothing before looks only at what is new since: most wait
/// for
/// weeks.</summary>
public sealed class SlotNews
{
    private readonly Dictionary<string, Demand> _demands = [];
    private HashSet<WishId> _idle = [], _idleNow = [];

    /// <summary>The slots for one choice of services.</summary>
    private sealed class Demand
    {
        /// <summary>Every wish that was looked at could have had these.</summary>
        public HashSet<FreeSlot> Known { get; set; } = [];

        /// <summary>Null: they are searched again when somebody asks.</summary>
        public List<FreeSlot>? All { get; set; }

        public List<FreeSlot> New { get; set; } = [];

        public bool IsAsked { get; set; }
    }

    public void BeginRound()
    {
        (_idle, _idleNow) = (_idleNow, []);
        foreach (var demand in _demands.Values)
        {
            (demand.All, demand.IsAsked) = (null, false);
        }
    }

    /// <param name="search">All that is free for these services, the earliest first.</param>
    public IReadOnlyList<FreeSlot> For(Wish wish, Func<IEnumerable<FreeSlot>> search)
    {
        var asked = $"{wish.Kind} {string.Join(' ', wish.Services.Select(s => $"{s.Service}:{s.Persons}").Order(StringComparer.Ordinal))}";
        var demand = _demands.TryGetValue(asked, out var known) ? known : _demands[asked] = new();
        if (demand.All is null && !demand.IsAsked)
        {
            demand.All = [.. search()];
            demand.New = [.. demand.All.Where(slot => !demand.Known.Contains(slot))];
            (demand.Known, demand.IsAsked) = ([.. demand.All], true);
        }
        else if (demand.All is null)
        {
            // A slot that became free during the round waits for the next one: the earlier wishes see it first.
            demand.All = [.. search().Where(demand.Known.Contains)];
            demand.Known = [.. demand.All];
            demand.New.RemoveAll(slot => !demand.Known.Contains(slot));
        }

        return _idle.Contains(wish.Id) && wish.Improves is null ? demand.New : demand.All;
    }

    /// <summary>It waits on.</summary>
    public void FoundNothing(Wish wish)
    {
        if (wish.State is WishState.Waiting)
        {
            _idleNow.Add(wish.Id);
        }
    }

    /// <summary>A slot was held: its neighbours may not be free either, and another counter may be.</summary>
    public void SearchAgain()
    {
        foreach (var demand in _demands.Values)
        {
            demand.All = null;
        }
    }

    /// <summary>Somebody else has it, although it looks free here.</summary>
    public void Remove(FreeSlot slot)
    {
        foreach (var demand in _demands.Values)
        {
            demand.Known.Remove(slot);
            demand.New.Remove(slot);
            demand.All?.Remove(slot);
        }
    }
}
