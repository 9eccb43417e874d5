using Aufruf.Domain.Appointments;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Appointments.InvitationEvent;

namespace Aufruf.Tests.House;

/// <summary>Examples of all that happens to invitations, with every value set.</summary>
internal static class InvitationSamples
{
    private static readonly DateTimeOffset At = SmallOffice.Nine.AddMilliseconds(120), From = SmallOffice.Nine.AddDays(3);
    private static readonly AppointmentId First = new(Guid.Parse("0193579a-51c0-7000-8000-00000000002b"));
    private static readonly InvitationId Id = new(Guid.Parse("0193579a-51c0-7000-8000-00000000002a")), Second = new(First.Value);

    private static readonly InvitedSlot Slot = new(new(CalendarWeekKey.Of(SmallOffice.Office, "service", SmallOffice.Day), First),
        "rathaus", From, 17);

    private static readonly InvitedSlot Other = Slot with { From = From.AddHours(1), Origin = new(Id.Value) };

    private static readonly Invitation Invitation = new(Id, "sealed too", [new(SmallOffice.Passport, 2)], AppointmentKind.Video, "rathaus",
        SmallOffice.Day, SmallOffice.Day.AddDays(30), "de", "a1b2c3", "sealed", "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
        At.AddDays(365), Slot)
    { Minutes = 17, Try = 1 };

    public static IEnumerable<KeyValuePair<string, Sample>> All { get; } =
    [
        Of("invitation-made", new InvitationMade(Invitation, At)), Of("invitation-chosen", new InvitationChosen(Id, Other, At)),
        Of("invitation-placed", new InvitationPlaced(Id, At.AddDays(2), At)), Of("invitation-accepted", new InvitationAccepted(Id, At)),
        Of("invitation-moved", new InvitationMoved(Id, Other, true, At)),
        Of("invitation-ended", new InvitationEnded(Id, InvitationState.Attended, At)),
    ];

    /// <summary>Every event, in an order in which each can follow.</summary>
    public static InvitationEvent[] Events { get; } =
    [
        new InvitationMade(Invitation, At), new InvitationChosen(Id, Other, At), new InvitationPlaced(Id, At.AddDays(2), At),
        new InvitationAccepted(Id, At), new InvitationMoved(Id, Slot, true, At),
        new InvitationMoved(Id, Other, false, At), new InvitationEnded(Id, InvitationState.Missed, At),
        new InvitationMade(Invitation with { Id = Second }, Invitation.KeptUntil),
    ];

    private static KeyValuePair<string, Sample> Of(string name, InvitationEvent value) =>
        new($"journal/{name}", new Sample<InvitationEvent>(value, WireSamples.Domain<InvitationEvent>()));
}
