namespace Aufruf.Domain.Appointments;

[JsonDerivedType(typeof(Invite), "invite")]
[JsonDerivedType(typeof(Choose), "choose")]
[JsonDerivedType(typeof(Place), "place")]
[JsonDerivedType(typeof(Accept), "accept")]
[JsonDerivedType(typeof(Move), "move")]
[JsonDerivedType(typeof(End), "end")]
public abstract record InvitationCommand
{
    private InvitationCommand() { }

    /// <summary>Its slot is chosen, and booked next.</summary>
    public sealed record Invite(Invitation Invitation) : InvitationCommand;

    /// <summary>Somebody else has taken the slot meanwhile.</summary>
    /// <param name="Taken">The one that was chosen before.</param>
    public sealed record Choose(InvitationId Id, AppointmentId Taken, InvitedSlot Slot) : InvitationCommand;

    /// <summary>The slot is booked.</summary>
    /// <param name="Booked">The one that was chosen. If another call has chosen another one, this one counts nothing.</param>
    public sealed record Place(InvitationId Id, AppointmentId Booked) : InvitationCommand;

    public sealed record Accept(InvitationId Id) : InvitationCommand;

    /// <summary>The week has decided: the citizen has chosen another time, or the office had to move it.</summary>
    public sealed record Move(InvitationId Id, InvitedSlot Slot, bool ByOffice = false) : InvitationCommand;

    /// <param name="Taken">Of one that found nothing free: the slot that was tried last.</param>
    public sealed record End(InvitationId Id, InvitationState Outcome, AppointmentId? Taken = null) : InvitationCommand;
}

/// <summary>Facts about invitations, each with the name under which it stands in the journal.</summary>
[JsonDerivedType(typeof(InvitationMade), "invitation-made")]
[JsonDerivedType(typeof(InvitationChosen), "invitation-chosen")]
[JsonDerivedType(typeof(InvitationPlaced), "invitation-placed")]
[JsonDerivedType(typeof(InvitationAccepted), "invitation-accepted")]
[JsonDerivedType(typeof(InvitationMoved), "invitation-moved")]
[JsonDerivedType(typeof(InvitationEnded), "invitation-ended")]
public abstract record InvitationEvent
{
    private InvitationEvent() { }
    public sealed record InvitationMade(Invitation Invitation, DateTimeOffset At) : InvitationEvent;
    public sealed record InvitationChosen(InvitationId Id, InvitedSlot Slot, DateTimeOffset At) : InvitationEvent;
    public sealed record InvitationPlaced(InvitationId Id, DateTimeOffset Until, DateTimeOffset At) : InvitationEvent;
    public sealed record InvitationAccepted(InvitationId Id, DateTimeOffset At) : InvitationEvent;
    public sealed record InvitationMoved(InvitationId Id, InvitedSlot Slot, bool ByOffice, DateTimeOffset At) : InvitationEvent;
    public sealed record InvitationEnded(InvitationId Id, InvitationState Outcome, DateTimeOffset At) : InvitationEvent;
}
