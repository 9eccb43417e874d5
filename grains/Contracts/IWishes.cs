using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Offices;

namespace Aufruf.Contracts;

/// <summary>Standing wishes for citizens: answered by the hub the portal runs in, or through a hub from outside.</summary>
/// <remarks>Nothing but the methods with a request changes anything. The code stands in the mails of a wish alone.</remarks>
public interface IWishes
{
    /// <summary>A mail asks the citizen to confirm it. The answer has no code: only the mail does.</summary>
    Task<WishAnswer> RegisterAsync(WishChoice wish, RequestId request);

    /// <returns>Null: there is no wish with this code, or no longer.</returns>
    Task<WishView?> ViewAsync(string authority, WishId wish, string code);

    /// <summary>The citizen has the mail: from now on slots are offered.</summary>
    Task<WishAnswer> ConfirmAsync(string authority, WishId wish, string code, RequestId request);

    /// <summary>Books the offered slot.</summary>
    /// <param name="offer">Its number: an older page accepts nothing else.</param>
    Task<WishAnswer> AcceptAsync(string authority, WishId wish, string code, int offer, RequestId request);

    Task<WishAnswer> DeclineAsync(string authority, WishId wish, string code, int offer, RequestId request);

    /// <summary>No more offers.</summary>
    Task<WishAnswer> StopAsync(string authority, WishId wish, string code, RequestId request);
}

/// <summary>For a portal that runs outside of a hub. Key: one of 64 for all authorities.</summary>
public interface IWishPagesGrain : IGrainWithStringKey, IWishes;

/// <param name="Offices">"alsdorf.rathaus"; empty: any that offers all these services.</param>
/// <param name="Windows">Empty: at any time.</param>
/// <param name="NotBefore">Local day; null: today.</param>
/// <param name="NotAfter">Null: as far ahead as anybody may book.</param>
/// <param name="Improve">The appointment that the citizen has and wants to have earlier; its services are wanted.</param>
public sealed record WishChoice(string Authority, IReadOnlyList<Wanted> Services, AppointmentKind Kind, IReadOnlyList<string> Offices,
    IReadOnlyList<WishWindow> Windows, DateOnly? NotBefore, DateOnly? NotAfter, string Language, CitizenData Citizen,
    AppointmentAddress? Improve = null);

/// <summary>An appointment with the code that proves it is the caller's.</summary>
public sealed record AppointmentAddress(CalendarWeekKey Week, string Code);

/// <param name="Refusal">Null: it was done.</param>
/// <param name="View">Null: there is no such wish.</param>
public sealed record WishAnswer(WishView? View, Refusal? Refusal = null);

/// <summary>A wish as its citizen may see it.</summary>
/// <param name="TimeZone">Of the authority's first office.</param>
/// <param name="Offices">Empty: any.</param>
/// <param name="Until">Registered: it must be confirmed before.</param>
/// <param name="Offers">In their order; the last one may be open.</param>
/// <param name="Booked">Fulfilled: the appointment.</param>
public sealed record WishView(DateTimeOffset At, string Authority, string TimeZone, WishId Id, IReadOnlyList<WantedService> Services,
    AppointmentKind Kind,
    IReadOnlyList<WishOffice> Offices, IReadOnlyList<WishWindow> Windows, DateOnly NotBefore, DateOnly NotAfter, string Language,
    WishState State, WishEnd? End, DateTimeOffset? Until, IReadOnlyList<OfferView> Offers, AppointmentAddress? Booked);

/// <param name="Key">"alsdorf.rathaus"</param>
public sealed record WishOffice(string Key, Texts Name, string Address, string TimeZone);

/// <param name="Until">The citizen answers before.</param>
public sealed record OfferView(int Number, WishOffice Office, DateTimeOffset From, int Minutes, DateTimeOffset Until, OfferState State);
