namespace Aufruf.Domain.Appointments;

/// <summary>Appointments that some counters of an office give together: whichever is free serves the citizen.</summary>
/// <param name="Series">Regular hours; on one day the counters of all series that apply are added up.</param>
public sealed record Calendar(string Id, Texts Name, IReadOnlyList<BookableService> Services, IReadOnlyList<CalendarSeries> Series)
{
    /// <summary>First character of the numbers of checked-in citizens; null: as for walk-ins of the service.</summary>
    public char? Letter { get; init; }

    /// <summary>Appointments begin on this grid, counted from the beginning of a span.</summary>
    public int SlotMinutes { get; init; } = 10;

    /// <summary>Days that differ; the first that contains a day decides it alone, also on a public holiday.</summary>
    public IReadOnlyList<CalendarException> Exceptions { get; init; } = [];

    /// <summary>Other offices of the authority in which its appointments may take place: "annahaus".</summary>
    public IReadOnlyList<string> AlsoAt { get; init; } = [];

    /// <summary>First day that can be booked.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>Last day that can be booked.</summary>
    public DateOnly? Until { get; init; }

    public ReleasePlan Release { get; init; } = new([new(DaysAhead: 56, Percent: 100)]);

    public CalendarRules Rules { get; init; } = new();

    /// <summary>A remark for those who edit the calendar.</summary>
    public string? Note { get; init; }

    /// <summary>The address of its video rooms: "https://video.alsdorf.de/{room}". Each appointment has a room of its own. Null: none.
    /// </summary>
    public string? Video { get; init; }

    /// <summary>The address for these services; the first that names one decides.</summary>
    public string? VideoOf(IReadOnlyList<Wanted> services) =>
        services.Select(wanted => Service(wanted.Service)?.Video).FirstOrDefault(video => video is not null) ?? Video;

    public BookableService? Service(ServiceId id) => Services.FirstOrDefault(s => s.Service == id);

    /// <summary>The length of an appointment for all these services; null: one of them cannot be booked, or not so often.</summary>
    public int? MinutesOf(IReadOnlyList<Wanted> services)
    {
        if (services.Count > 1 && services.DistinctBy(wanted => wanted.Service).Count() < services.Count)
        {
            return null;
        }

        var minutes = 0;
        foreach (var (wanted, persons) in services)
        {
            if (Service(wanted) is not { } bookable || persons < 1 || persons > bookable.MostPersons)
            {
                return null;
            }

            minutes += bookable.Minutes + ((persons - 1) * (bookable.FurtherMinutes ?? bookable.Minutes));
        }

        return minutes > 0 ? minutes : null;
    }
}

/// <summary>A service that can be booked.</summary>
/// <param name="Minutes">For the first person.</param>
public sealed record BookableService(ServiceId Service, int Minutes)
{
    /// <summary>For each further person; null: as long as for the first.</summary>
    public int? FurtherMinutes { get; init; }

    public int MostPersons { get; init; } = 5;

    public IReadOnlyList<AppointmentKind> Kinds { get; init; } = [AppointmentKind.AtCounter];

    /// <summary>The address of its video rooms; null: as in the whole calendar.</summary>
    public string? Video { get; init; }
}

/// <summary>One service of an appointment.</summary>
public readonly record struct Wanted(ServiceId Service, int Persons = 1);

/// <summary>Hours that return, with the number of counters that give appointments in them.</summary>
public sealed record CalendarSeries(IReadOnlyList<Weekday> Days, WallTime From, WallTime To, int Counters) : HoursSeries(Days, From, To)
{
    /// <summary>How many of the counters the public may book; null: all. Staff book the others.</summary>
    public int? Online { get; init; }
}

/// <summary>A day, or days, with other appointments than usual; without hours: none.</summary>
/// <param name="Last">Included.</param>
public sealed record CalendarException(DateOnly First, DateOnly Last, IReadOnlyList<CalendarSpan> Hours)
{
    /// <summary>Why, in words for citizens.</summary>
    public Texts? Reason { get; init; }

    public bool Contains(DateOnly day) => First <= day && day <= Last;
}

/// <summary>A span of local time within one day, and its counters.</summary>
public sealed record CalendarSpan(WallTime From, WallTime To, int Counters)
{
    /// <summary>How many of the counters the public may book; null: all.</summary>
    public int? Online { get; init; }
}

/// <summary>When the public may book which share of a day. So nobody must be awake at one fixed hour.</summary>
/// <param name="Steps">From the earliest to the latest; the shares add up to 100.</param>
public sealed record ReleasePlan(IReadOnlyList<ReleaseStep> Steps)
{
    /// <summary>The time of day at which a share is released.</summary>
    public WallTime At { get; init; } = WallTime.At(7);

    /// <summary>A time that staff have not booked goes to the public so many hours before.</summary>
    public int StaffShareHours { get; init; } = 24;

    /// <summary>Standing wishes are served so long before the public sees what is new.</summary>
    public int WishesFirstMinutes { get; init; } = 15;

    /// <summary>Shares are made of pieces of this length, so that long appointments find room in each.</summary>
    public int PieceMinutes { get; init; } = 60;
}

/// <param name="DaysAhead">0: on the day itself.</param>
/// <param name="Percent">Of what the public may book.</param>
public sealed record ReleaseStep(int DaysAhead, int Percent);

/// <summary>Times and limits of a calendar's appointments.</summary>
public sealed record CalendarRules
{
    /// <summary>How long a slot is held while a citizen enters the data.</summary>
    public int HoldMinutes { get; init; } = 20;

    /// <summary>How long the mail that asks for confirmation is good.</summary>
    public int ConfirmMinutes { get; init; } = 60;

    /// <summary>The public books at least so long before the appointment begins.</summary>
    public int LeadMinutes { get; init; } = 30;

    /// <summary>Check-in is open from so many minutes before the appointment ...</summary>
    public int EarlyMinutes { get; init; } = 30;

    /// <summary>... until so many minutes after it.</summary>
    public int LateMinutes { get; init; } = 10;

    public WhenLate WhenLate { get; init; } = WhenLate.WalkIn;

    /// <summary>Citizens may check in with their phone, without a kiosk. The office trusts that they are there.</summary>
    public bool CheckInByPhone { get; init; }

    /// <summary>A cancelled slot returns to the public after a random time between these two.</summary>
    public int ReturnsAfterMinutes { get; init; } = 10;

    public int ReturnsWithinMinutes { get; init; } = 60;

    /// <summary>The citizen's data are destroyed so many days after the appointment.</summary>
    public int KeptDays { get; init; } = 7;

    /// <summary>A mail reminds of the appointment so many hours before. One booked later than that needs none. 0: no mail.</summary>
    public int ReminderHours { get; init; } = 24;

    /// <summary>Appointments to come that one contact may have in the authority.</summary>
    public int MostPerContact { get; init; } = 2;
}

/// <summary>The fate of a booked citizen who comes too late, on the same day.</summary>
[JsonConverter(typeof(KebabEnum<WhenLate>))]
public enum WhenLate { WalkIn, Refuse }

/// <summary>How an appointment takes place.</summary>
[JsonConverter(typeof(KebabEnum<AppointmentKind>))]
public enum AppointmentKind { AtCounter, Phone, Video }
