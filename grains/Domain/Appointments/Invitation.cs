namespace Aufruf.Domain.Appointments;

/// <summary>An appointment that the authority places for somebody: a talk, a document to fetch, a signature.</summary>
/// <param name="Reference">The caller's own sign for it, sealed: it leads to a case and so to a person.</param>
/// <param name="Office">"rathaus"; null: it may be moved to any office of the authority that serves it.</param>
/// <param name="NotBefore">Local day of the office.</param>
/// <param name="NotAfter">The last day that suits the authority.</param>
/// <param name="Citizen">Name and contact, sealed under a subject of its own.</param>
/// <param name="Contact">HMAC of the normalised mail address.</param>
/// <param name="CodeHash">SHA-256 of the code that stands in its mail alone, base64url.</param>
/// <param name="KeptUntil">Then its data are destroyed, and it is forgotten.</param>
/// <param name="Slot">Where it takes place now.</param>
public sealed record Invitation(InvitationId Id, string Reference, IReadOnlyList<Wanted> Services, AppointmentKind Kind, string? Office,
    DateOnly NotBefore, DateOnly NotAfter, string Language, string Contact, string Citizen, string CodeHash, DateTimeOffset KeptUntil,
    InvitedSlot Slot)
{
    /// <summary>Null: the calendar says how long its services take.</summary>
    public int? Minutes { get; init; }

    private static readonly TimeSpan TimeToAnswer = TimeSpan.FromDays(7);

    // So that somebody else can still use the slot.
    private static readonly TimeSpan AtLeastBefore = TimeSpan.FromDays(1);

    /// <summary>How often the same reference found nothing free before. Each try has a key of its own, since earlier ones end.</summary>
    public int Try { get; init; }

    /// <summary>Its number in the order of placing.</summary>
    public long Place { get; init; }

    public InvitationState State { get; init; }

    /// <summary>The citizen answers before.</summary>
    public DateTimeOffset Until { get; init; }

    /// <summary>It takes its slot still, and the day will show.</summary>
    [JsonIgnore]
    public bool IsLive => State is InvitationState.Placed or InvitationState.Accepted or InvitationState.Moved;

    /// <summary>A week, or until the day before. A nearer one is open until it begins.</summary>
    public static DateTimeOffset UntilOf(DateTimeOffset now, DateTimeOffset from) =>
        from - AtLeastBefore is var latest && latest <= now ? from : now + TimeToAnswer < latest ? now + TimeToAnswer : latest;
}

/// <summary>The booked time of an invitation. It is chosen before it is booked, so that a crash between books it once.</summary>
public sealed record InvitedSlot(AppointmentRef Slot, string Office, DateTimeOffset From, int Minutes)
{
    /// <summary>The first of a row of moved appointments, whose code it has.</summary>
    public AppointmentId Origin { get; init; } = Slot.Id;

    /// <summary>The id follows from the invitation and the time, so the same choice after a crash gives no second booking.</summary>
    public static AppointmentId BookingOf(InvitationId invitation, CalendarWeekKey week, DateTimeOffset from) =>
        new(new Guid(System.Security.Cryptography.SHA256.HashData(
            System.Text.Encoding.UTF8.GetBytes($"invitation {invitation} {week} {from.UtcTicks}"))[..16]));
}

/// <summary>The part of an invitation that its appointment knows: its citizen may move it once, within these days.</summary>
/// <param name="Office">Null: to any office that serves it.</param>
public sealed record Invited(InvitationId Id, DateOnly NotBefore, DateOnly NotAfter, string? Office)
{
    /// <summary>By its citizen. A move by the office does not count.</summary>
    public bool IsMoved { get; init; }

    /// <summary>Why its citizen may not move it there; null: it is allowed.</summary>
    public Refusal? WhyNot(string office, DateOnly day) =>
        IsMoved ? Refusal.InvitationMovedOnce : Allows(office, day) ? null : Refusal.OutsideInvitation;

    public bool Allows(string office, DateOnly day) => NotBefore <= day && day <= NotAfter && (Office is null || Office == office);
}

/// <summary>An invitation. The id follows from the reference and a secret, so it leads nobody back to it.</summary>
[JsonConverter(typeof(GuidIdJson<InvitationId>))]
public readonly record struct InvitationId(Guid Value) : IGuidId<InvitationId>
{
    public static InvitationId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

[JsonConverter(typeof(KebabEnum<InvitationState>))]
public enum InvitationState
{
    /// <summary>A slot is chosen, and is being booked.</summary>
    Chosen,
    /// <summary>It is booked. A mail asks the citizen to answer.</summary>
    Placed,
    Accepted,
    /// <summary>The citizen has chosen another time, and so accepted it.</summary>
    Moved,
    Refused,
    NoAnswer,
    /// <summary>The authority has cancelled the appointment.</summary>
    Cancelled,
    Attended,
    Missed,
    /// <summary>The last free slot was taken before it was booked.</summary>
    NothingFree,
}
