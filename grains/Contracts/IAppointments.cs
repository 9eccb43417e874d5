using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Offices;

namespace Aufruf.Contracts;

/// <summary>Appointments for citizens: answered by the hub the portal runs in, or through a hub from outside.</summary>
/// <remarks>Nothing but the methods with a request changes anything. A code is the secret of its citizen.</remarks>
public interface IAppointments
{
    /// <summary>All that can be booked in an authority, by office and calendar.</summary>
    Task<IReadOnlyList<Offer>> OffersAsync(string authority);

    /// <summary>Free slots, from memory.</summary>
    Task<FoundSlots> FindAsync(SlotQuestion question);

    /// <summary>Takes a slot while the citizen enters the data. The answer has the code.</summary>
    Task<AppointmentAnswer> HoldAsync(SlotChoice choice, RequestId request);

    /// <returns>Null: there is no appointment with this code, or no longer. One that was moved is shown at its new place.</returns>
    Task<AppointmentView?> ViewAsync(CalendarWeekKey week, string code);

    /// <summary>More time for the data.</summary>
    Task<AppointmentAnswer> ExtendAsync(CalendarWeekKey week, string code, RequestId request);

    /// <summary>The citizen does not want the held slot.</summary>
    Task<AppointmentAnswer> GiveUpAsync(CalendarWeekKey week, string code, RequestId request);

    /// <summary>The data are complete: a mail asks for confirmation.</summary>
    Task<AppointmentAnswer> PreconfirmAsync(CalendarWeekKey week, string code, CitizenData citizen, RequestId request);

    /// <param name="secret">Stands in the mail alone.</param>
    Task<AppointmentAnswer> ConfirmAsync(CalendarWeekKey week, string code, string secret, RequestId request);

    /// <summary>Another mail address. It counts when its owner has confirmed it.</summary>
    Task<AppointmentAnswer> AskNewMailAsync(CalendarWeekKey week, string code, string mail, RequestId request);

    /// <summary>By the link in the mail to the new address. It names no code, so its reader learns nothing more.</summary>
    /// <returns>Null: the new address counts.</returns>
    Task<Refusal?> ChangeMailAsync(CalendarWeekKey week, AppointmentId id, string secret, RequestId request);

    Task<AppointmentAnswer> CancelAsync(CalendarWeekKey week, string code, RequestId request);

    /// <summary>The citizen is here and says so with the phone. The view has the ticket's page.</summary>
    Task<AppointmentAnswer> CheckInAsync(CalendarWeekKey week, string code, RequestId request);

    /// <summary>Books another slot, and gives the present one back once the other is confirmed.</summary>
    Task<AppointmentAnswer> RebookAsync(CalendarWeekKey week, string code, SlotChoice choice, RequestId request);
}

/// <summary>For a portal that runs outside of a hub. Key: one of 64 for all authorities.</summary>
public interface IAppointmentPagesGrain : IGrainWithStringKey, IAppointments;

/// <summary>A calendar as one office offers it.</summary>
/// <param name="Office">"alsdorf.rathaus": where the appointment takes place.</param>
/// <param name="Calendar">"alsdorf.rathaus.buergerservice"; of another office when they share it.</param>
public sealed record Offer(string Office, Texts OfficeName, string Address, string TimeZone, IReadOnlyList<string> Languages,
    string Calendar, IReadOnlyList<OfferedService> Services);

/// <param name="Minutes">For one person.</param>
public sealed record OfferedService(
    ServiceId Id, Texts Name, Texts? Note, int Minutes, int MostPersons, IReadOnlyList<AppointmentKind> Kinds);

/// <param name="Office">Null: all offices that offer all these services.</param>
/// <param name="From">Local day of the office; null: today.</param>
/// <param name="Days">How many days to look at; at most 120.</param>
/// <param name="Most">Slots per office at most.</param>
/// <param name="Minutes">Of an invitation with a length of its own; null: the calendar says it.</param>
public sealed record SlotQuestion(string Authority, IReadOnlyList<Wanted> Services, string? Office = null, DateOnly? From = null,
    int Days = 56, int Most = 200, AppointmentKind Kind = AppointmentKind.AtCounter, int? Minutes = null);

/// <summary>Without offices: no office offers all these services together.</summary>
public sealed record FoundSlots(IReadOnlyList<OfficeSlots> Offices);

/// <param name="Minutes">The length of the appointment.</param>
/// <param name="Starts">Free beginnings, in order. Empty and a next release: not open yet. Empty and none: nothing is free.</param>
/// <param name="NextRelease">When the public may book more; null: all that is planned may be booked.</param>
public sealed record OfficeSlots(Offer Offer, int Minutes, IReadOnlyList<DateTimeOffset> Starts, DateTimeOffset? NextRelease);

/// <param name="Office">"alsdorf.rathaus"</param>
/// <param name="Calendar">"alsdorf.rathaus.buergerservice"</param>
public sealed record SlotChoice(string Office, string Calendar, IReadOnlyList<Wanted> Services, DateTimeOffset From, AppointmentKind Kind,
    string Language);

/// <summary>The data that a citizen enters. They are sealed before they reach the journal.</summary>
/// <param name="Name">Of the person who comes.</param>
/// <param name="Mail">Null: the citizen has none, and a clerk books.</param>
public sealed record CitizenData(string Name, string? Mail, string? Phone = null, string? Remark = null, string? Case = null);

/// <param name="Refusal">Null: it was done.</param>
/// <param name="View">Null: there is no such appointment.</param>
public sealed record AppointmentAnswer(AppointmentView? View, Refusal? Refusal = null);

/// <summary>An appointment as its citizen may see it.</summary>
/// <param name="Code">Only in the answer to a hold; empty otherwise, because the caller knows it.</param>
/// <param name="Until">Held or preconfirmed: until then its slot is kept.</param>
/// <param name="CheckInFrom">From then on the citizen may say here "I am here"; null: only in the office.</param>
/// <param name="Ticket">The page of the ticket after check-in, "/t/...": from then on one page shows both.</param>
public sealed record AppointmentView(DateTimeOffset At, CalendarWeekKey Week, AppointmentId Id, AppointmentId Origin, string Code,
    string Office, Texts OfficeName, string Address, string TimeZone, IReadOnlyList<string> Languages, DateTimeOffset From, int Minutes,
    IReadOnlyList<WantedService> Services, AppointmentKind Kind, string Language, AppointmentState State, DateTimeOffset? Until,
    CancelledBy? CancelledBy, CitizenData? Citizen, int Sequence, DateTimeOffset? CheckInFrom, string? Ticket)
{
    /// <summary>The authority has placed it; null: it was booked.</summary>
    public Invited? Invited { get; init; }

    /// <summary>The office's mail address in calendar files; null: it has none.</summary>
    public string? Organizer { get; init; }

    /// <summary>Until when a new mail address may be confirmed; null: none was asked for.</summary>
    public DateTimeOffset? NewMailUntil { get; init; }

    /// <summary>The address of the video room, once it is confirmed; null: it takes place without one.</summary>
    public string? Video { get; init; }
}

public sealed record WantedService(ServiceId Id, Texts Name, int Persons);
