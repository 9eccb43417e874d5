namespace Aufruf.Domain.Appointments;

/// <summary>The services that a citizen wants, and when. The office looks for a slot and offers it, so nobody has to search again and
/// again.</summary>
/// <param name="Offices">"rathaus"; empty: any office of the authority.</param>
/// <param name="Windows">Empty: at any time.</param>
/// <param name="NotBefore">Local day of the office.</param>
/// <param name="NotAfter">The last day that suits.</param>
/// <param name="Contact">HMAC of the normalised mail address.</param>
/// <param name="Citizen">Name and contact, sealed under a subject of its own.</param>
/// <param name="CodeHash">SHA-256 of the code that stands in its mails alone, base64url.</param>
/// <param name="Until">It must be confirmed before.</param>
/// <param name="KeptUntil">Then its data are destroyed, and it is forgotten.</param>
public sealed record Wish(WishId Id, IReadOnlyList<Wanted> Services, AppointmentKind Kind, IReadOnlyList<string> Offices,
    IReadOnlyList<WishWindow> Windows, DateOnly NotBefore, DateOnly NotAfter, string Language, string Contact, string Citizen,
    string CodeHash, DateTimeOffset Until, DateTimeOffset KeptUntil)
{
    /// <summary>After three that did not suit, other wishes have their turn.</summary>
    public const int MostOffers = 3;

    /// <summary>Its data are destroyed so many days after the last day that it names.</summary>
    public const int KeptDays = 7;

    /// <summary>The appointment that its citizen has: offers are earlier, and accepting one moves it.</summary>
    public AppointmentRef? Improves { get; init; }

    /// <summary>Its number in the order of registration.</summary>
    public long Place { get; init; }

    public WishState State { get; init; }

    /// <summary>Ended: why.</summary>
    public WishEnd? End { get; init; }

    /// <summary>In their order. Only the last one may be open.</summary>
    public IReadOnlyList<WishOffer> Offers { get; init; } = [];

    [JsonIgnore]
    public WishOffer? OpenOffer => Offers is [.., { State: OfferState.Open } last] ? last : null;

    /// <summary>The same services and persons, in any order.</summary>
    public bool IsForTheSameAs(Wish other) => Services.Count == other.Services.Count && !Services.Except(other.Services).Any();
}

/// <summary>A time that suits: the whole appointment takes place within it.</summary>
public sealed record WishWindow(IReadOnlyList<Weekday> Days, WallTime From, WallTime To)
{
    public bool Contains(DateTime begin, int minutes)
    {
        var from = (begin.Hour * 60) + begin.Minute;
        return Days.Contains(DateOnly.FromDateTime(begin).Weekday()) && from >= From.Minutes && from + minutes <= To.Minutes;
    }
}

/// <summary>One real slot that is held for a wish.</summary>
/// <param name="Until">The citizen answers before.</param>
public sealed record WishOffer(int Number, AppointmentRef Slot, string Office, DateTimeOffset From, int Minutes, DateTimeOffset Until)
{
    // In ten months of Duesseldorf's Terminagent one day proved too short, and two days were enough.
    private static readonly TimeSpan TimeToAnswer = TimeSpan.FromDays(2);

    // A mail is read within hours, not minutes. A nearer slot goes to those who look for it now.
    private static readonly TimeSpan LeastTimeToAnswer = TimeSpan.FromHours(4);

    /// <summary>The slot stays held a little longer, so that the next wish has it before the public sees it.</summary>
    public static readonly TimeSpan Passing = TimeSpan.FromMinutes(5);

    public OfferState State { get; init; }

    /// <summary>The first of a row of moved appointments, whose code it has; null: it is new.</summary>
    public AppointmentId? Origin { get; init; }

    /// <summary>The id follows from wish and number, so the same request after a crash gives no second hold.</summary>
    public static AppointmentId HoldOf(WishId wish, int number) =>
        new(new Guid(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"offer {wish} {number}"))[..16]));

    /// <summary>Until when a citizen may answer an offer that is made now; null: too little time is left for it.</summary>
    /// <param name="leadMinutes">The public books so long before the appointment begins.</param>
    public static DateTimeOffset? UntilOf(DateTimeOffset now, DateTimeOffset from, int leadMinutes)
    {
        var (until, latest) = (now + TimeToAnswer, from.AddMinutes(-leadMinutes));
        until = until < latest ? until : latest;
        return until - now >= LeastTimeToAnswer ? until : null;
    }
}

/// <summary>A wish. The id is the request's that registered it.</summary>
[JsonConverter(typeof(GuidIdJson<WishId>))]
public readonly record struct WishId(Guid Value) : IGuidId<WishId>
{
    public static WishId Of(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

[JsonConverter(typeof(KebabEnum<WishState>))]
public enum WishState
{
    /// <summary>A mail asks the citizen to confirm it.</summary>
    Registered,
    Waiting,
    /// <summary>An offer is open.</summary>
    Offered,
    Ended,
}

[JsonConverter(typeof(KebabEnum<OfferState>))]
public enum OfferState { Open, Accepted, Declined, Lapsed }

/// <summary>Why a wish ended.</summary>
[JsonConverter(typeof(KebabEnum<WishEnd>))]
public enum WishEnd
{
    Fulfilled,
    /// <summary>The citizen stopped it.</summary>
    Stopped,
    /// <summary>No offer was accepted, and there are no more.</summary>
    OffersOver,
    /// <summary>The last day that suits has passed.</summary>
    NothingFound,
    Unconfirmed,
    /// <summary>The appointment that it should improve was cancelled or has begun.</summary>
    Overtaken,
    /// <summary>A mail came back: nobody would hear of an offer.</summary>
    Unreachable,
}
