using Aufruf.Contracts;
using Aufruf.Domain.Appointments;

namespace Aufruf.Grains;

/// <summary>One calendar in one week. It decides one request after the other, so no slot is given twice.</summary>
[KeepAlive]
internal sealed class CalendarWeekGrain(IGrainContext context)
    : AggregateGrain<CalendarWeek, CalendarCommand, CalendarEvent>(context), ICalendarWeekGrain
{
    public async Task<Appointment?> Find(string codeHash) => (await View()).ByCode(codeHash);

    public async Task<Appointment?> FindById(AppointmentId id) => (await View()).Find(id);
}

/// <summary>Counts the appointments of contacts: 256 grains for each authority.</summary>
[KeepAlive]
internal sealed class ContactLimitsGrain(IGrainContext context)
    : AggregateGrain<ContactLimits, ContactLimitsCommand, ContactLimitsEvent>(context), IContactLimitsGrain;

/// <summary>The standing wishes of an authority.</summary>
[KeepAlive]
internal sealed class WishesGrain(IGrainContext context) : AggregateGrain<Wishes, WishCommand, WishEvent>(context), IWishesGrain
{
    public async Task<Wish?> Find(WishId wish) => (await View()).Find(wish);
}

/// <summary>The invitations of an authority.</summary>
[KeepAlive]
internal sealed class InvitationsGrain(IGrainContext context)
    : AggregateGrain<Invitations, InvitationCommand, InvitationEvent>(context), IInvitationsGrain
{
    public async Task<Invitation?> Find(InvitationId invitation) => (await View()).Find(invitation);
}

/// <summary>The plans of an office for its closures.</summary>
[KeepAlive]
internal sealed class PlansGrain(IGrainContext context) : AggregateGrain<Plans, PlanCommand, PlanEvent>(context), IPlansGrain;
