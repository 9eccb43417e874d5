namespace Aufruf.Domain.Offices;

/// <summary>One office as its configuration file describes it: its waiting areas, services, counters and devices.</summary>
/// <param name="TimeZone">IANA name, such as "Europe/Berlin".</param>
/// <param name="Languages">Languages of its texts; the first is the one used when nothing else is known.</param>
public sealed record Office(
    Authority Authority,
    string Id,
    Texts Name,
    string Address,
    string TimeZone,
    IReadOnlyList<string> Languages,
    IReadOnlyList<WaitingArea> Areas,
    IReadOnlyList<Kiosk> Kiosks,
    IReadOnlyList<Device> Devices)
{
    /// <summary>Reasons for which a citizen may be called before others.</summary>
    public IReadOnlyList<PriorityReason> Priorities { get; init; } = [];

    /// <summary>When the office serves; null: at any time.</summary>
    public OpeningHours? Hours { get; init; }

    /// <summary>The calendars of appointments.</summary>
    public IReadOnlyList<Appointments.Calendar> Calendars { get; init; } = [];

    public ReportRules Reports { get; init; } = new();

    /// <summary>Authority first: "alsdorf.rathaus".</summary>
    [JsonIgnore]
    public string Key => $"{Authority.Id}.{Id}";

    /// <summary>A kiosk gives tickets for an area.</summary>
    public bool HasKiosk(WaitingArea area) => Kiosks.Any(kiosk => kiosk.Areas.Contains(area.Id));

    public bool HasPriority(string reason) => Priorities.Any(p => p.Id == reason);

    public WaitingArea? Area(string id) => Areas.FirstOrDefault(a => a.Id == id);

    /// <summary>The areas whose calls a board shows.</summary>
    /// <param name="own">The area that the board belongs to.</param>
    public IReadOnlyList<WaitingArea> ShownOn(Board board, WaitingArea own) =>
        board.Areas.Count == 0 ? [own] : [.. board.Areas.Select(Area).OfType<WaitingArea>()];

    /// <summary>Whether citizens who wait in one area see the calls of another: each board of the first shows both.</summary>
    public bool SeesCalls(string waiting, string calling) => Areas.SelectMany(area => area.Boards, (area, board) => ShownOn(board, area))
        .Where(shown => shown.Any(area => area.Id == waiting)).All(shown => shown.Any(area => area.Id == calling));

    public Appointments.Calendar? Calendar(string id) => Calendars.FirstOrDefault(c => c.Id == id);

    public (WaitingArea Area, Counter Counter)? Counter(CounterId id)
    {
        foreach (var area in Areas)
        {
            if (area.Counter(id) is { } counter)
            {
                return (area, counter);
            }
        }

        return null;
    }

    public (WaitingArea Area, Service Service)? Service(ServiceId id) =>
        Areas.SelectMany(a => a.Services, (a, s) => ((WaitingArea Area, Service Service)?)(a, s))
            .FirstOrDefault(x => x!.Value.Service.Id == id);
}

/// <summary>The town or other legal body that runs offices.</summary>
public sealed record Authority(string Id, Texts Name);

/// <summary>A room with boards and one queue per day.</summary>
public sealed record WaitingArea(
    string Id, Texts Name, IReadOnlyList<Service> Services, IReadOnlyList<Counter> Counters, IReadOnlyList<Board> Boards)
{
    public AreaRules Rules { get; init; } = AreaRules.Default;

    /// <summary>Null: no ticket is given to citizens at home.</summary>
    public HomeTickets? HomeTickets { get; init; }

    /// <summary>Work profiles a clerk may choose; without one a counter calls its services, all alike.</summary>
    public IReadOnlyList<WorkProfile> Profiles { get; init; } = [];

    public Counter? Counter(CounterId id) => Counters.FirstOrDefault(c => c.Id == id);

    public Service? Service(ServiceId id) => Services.FirstOrDefault(s => s.Id == id);

    public WorkProfile? Profile(string? id) => Profiles.FirstOrDefault(p => p.Id == id);

    /// <summary>Whether a counter may call a service's tickets. Every counter may call a service that none lists any more.</summary>
    public bool MayCall(Counter counter, ServiceId service) =>
        counter.Services.Contains(service) || !IsCalledBySomebody(service);

    /// <summary>Whether a counter or a work profile lists a service.</summary>
    public bool IsCalledBySomebody(ServiceId service) =>
        Counters.Any(c => c.Services.Contains(service))
            || Profiles.Any(p => p.Groups.Any(g => g.Contains(service)) || p.Also.Any(a => a.Service == service));

    /// <summary>Services that are called by a counter which also calls this one: their tickets may come before each other.</summary>
    public Func<ServiceId, bool> CalledWith(ServiceId service)
    {
        var counters = Counters.Where(c => MayCall(c, service)).ToArray();
        return other => counters.Any(c => MayCall(c, other));
    }
}

/// <summary>A service that can be asked for.</summary>
/// <param name="Letter">First character of its tickets' numbers; services may share one.</param>
/// <param name="UsualMinutes">Usual time at the counter.</param>
/// <param name="Note">A second line for the kiosk, such as "beantragen"; null for none.</param>
/// <param name="Icon">Name of a symbol of the kiosk: "id-card", "check", "house", "paper", "car", "question".</param>
public sealed record Service(ServiceId Id, char Letter, Texts Name, int UsualMinutes, Texts? Note = null, string? Icon = null)
{
    /// <summary>At most so many tickets a day; null: any number.</summary>
    public int? DailyCap { get; init; }

    /// <summary>Days on which this service alone is not given, such as the year-end closure.</summary>
    public IReadOnlyList<ClosedDays> Closed { get; init; } = [];
}

/// <summary>A place where citizens are served.</summary>
/// <param name="Label">The text on its sign, at most three characters.</param>
public sealed record Counter(CounterId Id, string Label, IReadOnlyList<ServiceId> Services);

/// <summary>A display in the waiting area.</summary>
/// <param name="Arrows">The way to each counter.</param>
/// <param name="Notes">Short information lines that rotate at the bottom.</param>
public sealed record Board(string Id, IReadOnlyDictionary<CounterId, Arrow> Arrows, IReadOnlyList<Texts> Notes)
{
    /// <summary>The areas whose calls it shows; empty: the one it belongs to.</summary>
    public IReadOnlyList<string> Areas { get; init; } = [];
}

/// <summary>The way from a board to a counter.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(KebabEnum<Arrow>))]
public enum Arrow { Left, Right, Up, Down, UpLeft, UpRight, DownLeft, DownRight, Upstairs, Downstairs }

/// <summary>A touch screen that gives tickets for some waiting areas.</summary>
/// <param name="Printer">Ticket printer whose slips come out below the screen; null for a screen alone.</param>
public sealed record Kiosk(string Id, IReadOnlyList<string> Areas, string? Printer = null);

/// <summary>A device that speaks MQTT.</summary>
/// <param name="Kind">"button-box" (then it has a counter) or "ticket-printer" (then it has buttons).</param>
/// <param name="Buttons">Per button of a ticket printer: the service it asks for.</param>
public sealed record Device(string Id, DeviceKind Kind, CounterId? Counter = null, IReadOnlyDictionary<string, ServiceId>? Buttons = null);

[JsonConverter(typeof(KebabEnum<DeviceKind>))]
public enum DeviceKind { ButtonBox, TicketPrinter }
