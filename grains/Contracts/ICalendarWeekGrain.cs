using Aufruf.Domain.Appointments;

namespace Aufruf.Contracts;

/// <summary>Key: "calendar/alsdorf.rathaus.buergerservice.2026-11-30".</summary>
public interface ICalendarWeekGrain : IAggregateGrain<CalendarWeek, CalendarCommand, CalendarEvent>
{
    /// <summary>One appointment as of the last durable entry, by the hash of its code; null: the week has none with it.</summary>
    Task<Appointment?> Find(string codeHash);

    /// <summary>One appointment as of the last durable entry, by its id.</summary>
    Task<Appointment?> FindById(AppointmentId id);
}

/// <summary>Key: "contact-limits/alsdorf.3f".</summary>
public interface IContactLimitsGrain : IAggregateGrain<ContactLimits, ContactLimitsCommand, ContactLimitsEvent>;

/// <summary>Key: "invitations/alsdorf".</summary>
public interface IInvitationsGrain : IAggregateGrain<Invitations, InvitationCommand, InvitationEvent>
{
    /// <summary>One invitation as of the last durable entry; null: there is none, or no longer.</summary>
    Task<Invitation?> Find(InvitationId invitation);
}

/// <summary>Key: "wishes/alsdorf".</summary>
public interface IWishesGrain : IAggregateGrain<Wishes, WishCommand, WishEvent>
{
    /// <summary>One wish as of the last durable entry; null: there is none, or no longer.</summary>
    Task<Wish?> Find(WishId wish);
}

/// <summary>Key: "plans/alsdorf.rathaus".</summary>
public interface IPlansGrain : IAggregateGrain<Plans, PlanCommand, PlanEvent>;
