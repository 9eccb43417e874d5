namespace Aufruf.Domain.Appointments;

/// <summary>A booked time, or one that is being booked.</summary>
/// <param name="Office">Where it takes place, "rathaus"; another one than the calendar's when they share it.</param>
/// <param name="CodeHash">SHA-256 of the code that its citizen has, base64url. A moved appointment keeps its code.</param>
public sealed record Appointment(AppointmentId Id, string Office, DateTimeOffset From, int Minutes, IReadOnlyList<Wanted> Services,
    Channel Channel, string CodeHash, string Language)
{
    public AppointmentKind Kind { get; init; }

    public AppointmentState State { get; init; } = AppointmentState.Held;

    /// <summary>Held or preconfirmed: until then its slot is kept.</summary>
    public DateTimeOffset Until { get; init; }

    /// <summary>How often the hold was extended.</summary>
    public int Extended { get; init; }

    /// <summary>How many mails asked for confirmation: the data may be corrected, and a mail may be lost.</summary>
    public int Mails { get; init; }

    /// <summary>HMAC of the normalised mail address or phone number; null: it is not known.</summary>
    public string? Contact { get; init; }

    /// <summary>Name, contact, code and remark of the citizen, sealed under a subject of its own. An offer that replaces an
    /// appointment has none before it is chosen: they may change meanwhile.</summary>
    public string? Citizen { get; init; }

    /// <summary>How often its citizen has asked for another mail address.</summary>
    public int MailChanges { get; init; }

    /// <summary>Another address that waits for its confirmation; null: none does.</summary>
    public NewMail? NewMail { get; init; }

    /// <summary>Grows when <see cref="Citizen"/> is sealed anew, under a key of its own: the former key is destroyed.</summary>
    public int Seal { get; init; }

    /// <summary>For a move: the <see cref="Seal"/> of the citizen's data that were taken along; null: the data are its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? CopiedSeal { get; init; }

    /// <summary>SHA-256 of the secret in the mail that asks for confirmation; null: there was none.</summary>
    public string? SecretHash { get; init; }

    /// <summary>The standing wish that it was offered to.</summary>
    public WishId? Wish { get; init; }

    /// <summary>The line of a plan that offers it to the citizen of the appointment that it replaces.</summary>
    public PlanLineRef? Plan { get; init; }

    /// <summary>The authority has placed it; null: it was booked.</summary>
    public Invited? Invited { get; init; }

    /// <summary>The appointment that this one was moved from. It stays until this one is confirmed.</summary>
    public AppointmentRef? Replaces { get; init; }

    /// <summary>The first of a row of moved appointments: the same for all of them, as is the UID of calendar files.</summary>
    public AppointmentId Origin { get; init; } = Id;

    /// <summary>How often it was moved: the SEQUENCE of calendar files.</summary>
    public int Sequence { get; init; }

    /// <summary>The ticket of the citizen who has checked in.</summary>
    public TicketId? Ticket { get; init; }

    /// <summary>Checked in too late: the citizen became a walk-in.</summary>
    public bool IsLate { get; init; }

    /// <summary>Moved: its new place.</summary>
    public AppointmentRef? MovedTo { get; init; }

    /// <summary>When it was confirmed; null: never. One that was not can send no further mail.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>Cancelled: by whom.</summary>
    public CancelledBy? CancelledBy { get; init; }

    [JsonIgnore]
    public DateTimeOffset To => From.AddMinutes(Minutes);

    /// <summary>A wish or a plan offers it to a citizen, who has not answered.</summary>
    [JsonIgnore]
    public bool IsOffer => State is AppointmentState.Held && (Channel is Channel.Wish || Plan is not null);

    /// <summary>Whether it takes capacity.</summary>
    public bool IsLive(DateTimeOffset now) => State switch
    {
        AppointmentState.Held or AppointmentState.Preconfirmed => now < Until,
        AppointmentState.Confirmed or AppointmentState.CheckedIn => true,
        _ => false,
    };
}

/// <param name="Contact">HMAC of the normalised mail address or phone number; null: it is not known.</param>
/// <param name="Citizen">Sealed for the appointment that gets it; null: destroyed, or never known.</param>
public sealed record SealedCitizen(string? Contact, string? Citizen);

/// <summary>A mail address that is not confirmed yet.</summary>
/// <param name="Number">Of the asks for this appointment, from 1. The address is sealed under a key of its own.</param>
/// <param name="Contact">HMAC of the address.</param>
/// <param name="Mail">Sealed.</param>
/// <param name="SecretHash">SHA-256 of the secret that stands in the mail to it alone.</param>
public sealed record NewMail(int Number, string Contact, string Mail, string SecretHash, DateTimeOffset Until);

/// <summary>An appointment. The id is the request's that held it.</summary>
[JsonConverter(typeof(GuidIdJson<AppointmentId>))]
public readonly record struct AppointmentId(Guid Value) : IGuidId<AppointmentId>
{
    public static AppointmentId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

[JsonConverter(typeof(KebabEnum<AppointmentState>))]
public enum AppointmentState
{
    /// <summary>The citizen enters the data.</summary>
    Held,
    /// <summary>A mail asks the citizen to confirm.</summary>
    Preconfirmed,
    Confirmed,
    /// <summary>The citizen is here and has a ticket.</summary>
    CheckedIn,
    Cancelled,
    /// <summary>Another appointment has taken its place.</summary>
    Moved,
}

/// <summary>The one who books. The public has its share, staff the whole.</summary>
[JsonConverter(typeof(KebabEnum<Channel>))]
public enum Channel { Public, Wish, Staff }

[JsonConverter(typeof(KebabEnum<CancelledBy>))]
public enum CancelledBy
{
    Citizen,
    Staff,
    Office,
    /// <summary>The invitation was not answered in time.</summary>
    Unanswered,
}
