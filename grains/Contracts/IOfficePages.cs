using Aufruf.Domain;
using Aufruf.Domain.Forecasts;
using Aufruf.Domain.Offices;

namespace Aufruf.Contracts;

/// <summary>The offices of an authority as citizens see them: hours and waits.</summary>
public interface IOfficePages
{
    /// <summary>In the order of their names in the configuration; empty: the authority has none.</summary>
    Task<IReadOnlyList<OfficeNow>> NowAsync(string authority);
}

/// <summary>For a portal that runs outside of a hub. Key: one of 64 for all authorities.</summary>
public interface IOfficePagesGrain : IGrainWithStringKey, IOfficePages;

/// <param name="Office">"alsdorf.rathaus"</param>
/// <param name="Days">Today and the days after it, by the office's clock; null: it is always open.</param>
/// <param name="NextOpening">Null: it is open, or nothing is known of a later opening.</param>
public sealed record OfficeNow(DateTimeOffset At, string Office, Texts Name, string Address, string TimeZone,
    IReadOnlyList<OfficeDay>? Days, bool IsOpen, DateTimeOffset? NextOpening, IReadOnlyList<ServiceNow> Services);

/// <param name="Hours">In order; empty: closed.</param>
/// <param name="Reason">Why the hours differ, in words for citizens.</param>
public sealed record OfficeDay(DateOnly Day, IReadOnlyList<HoursSpan> Hours, Texts? Reason);

/// <param name="Wait">Null: unknown.</param>
/// <param name="IsGiven">A ticket for it can be taken now.</param>
/// <param name="Home">Null: its area gives no tickets to citizens at home.</param>
public sealed record ServiceNow(ServiceId Id, Texts Name, int Waiting, PromisedRange? Wait, bool IsGiven, HomeOffer? Home);

/// <summary>The terms of a ticket that is taken at home.</summary>
/// <param name="MinutesBefore">It is called after so many minutes at the earliest.</param>
/// <param name="GraceMinutes">So long it is kept after its probable call.</param>
/// <param name="AtKiosk">On arrival a kiosk takes the code or the number.</param>
/// <param name="ByPhone">On arrival the ticket's page does.</param>
/// <param name="Refusal">Why none is given now; null: it is.</param>
/// <param name="AgainAt">When the next try may be worth it; null: unknown.</param>
public sealed record HomeOffer(int MinutesBefore, int GraceMinutes, bool AtKiosk, bool ByPhone, Refusal? Refusal, DateTimeOffset? AgainAt);
