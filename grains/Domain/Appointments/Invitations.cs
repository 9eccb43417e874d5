using static Aufruf.Domain.Appointments.InvitationCommand;
using static Aufruf.Domain.Appointments.InvitationEvent;

namespace Aufruf.Domain.Appointments;

/// <summary>All invitations of an authority, in the order of placing.</summary>
/// <param name="Made">How many there ever were.</param>
public sealed record Invitations(ImmutableDictionary<InvitationId, Invitation> All, long Made)
    : IAggregate<Invitations, InvitationCommand, InvitationEvent>
{
    public const string StreamKind = "invitations";

    /// <summary>An authority that places a hundred on each working day keeps them for a year.</summary>
    public const int MostInvitations = 25_000;

    public static int Schema => 2;

    public static Invitations Empty { get; } = new(ImmutableDictionary<InvitationId, Invitation>.Empty, 0);

    /// <summary>"invitations/alsdorf".</summary>
    public static string StreamOf(string authority) => $"{StreamKind}/{authority}";

    public Invitation? Find(InvitationId id) => All.GetValueOrDefault(id);

    public Decision<InvitationEvent> Decide(InvitationCommand command, DateTimeOffset now) => command switch
    {
        Invite c => Inviting(c.Invitation, now),
        Choose c => Find(c.Id) is { State: InvitationState.Chosen } chosen && chosen.Slot.Slot.Id == c.Taken
            ? new InvitationChosen(c.Id, c.Slot, now) : Nothing, // Another call has chosen, or booked it.
        Place c => Find(c.Id) switch
        {
            null => Refusal.InvitationGone,
            { State: InvitationState.Chosen } chosen when chosen.Slot.Slot.Id == c.Booked =>
                new InvitationPlaced(c.Id, Invitation.UntilOf(now, chosen.Slot.From), now),
            _ => Nothing,
        },
        Accept c => Find(c.Id) switch
        {
            null => Refusal.InvitationGone,
            { State: InvitationState.Placed } placed => now < placed.Until ? new InvitationAccepted(c.Id, now) : Refusal.InvitationOver,
            { State: InvitationState.Accepted or InvitationState.Moved } => Nothing,
            _ => Refusal.InvitationOver,
        },
        Move c => Find(c.Id) switch
        {
            null => Refusal.InvitationGone,
            { } moved when moved.Slot == c.Slot && (c.ByOffice || moved.State is InvitationState.Moved) => Nothing,
            // Two tabs may move it to two weeks: one of them is taken back, and the last word of the weeks stands.
            { IsLive: true } => new InvitationMoved(c.Id, c.Slot, c.ByOffice, now),
            _ => Refusal.InvitationOver,
        },
        End c => Ending(c, now),
        _ => throw new UnreachableException(),
    };

    public Invitations Apply(InvitationEvent happened) => happened switch
    {
        InvitationMade e => WithoutPast(e.At).With(e.Invitation with { Place = Made + 1 }) with { Made = Made + 1 },
        InvitationChosen e => With(All[e.Id] with { Slot = e.Slot }),
        InvitationPlaced e => With(All[e.Id] with { State = InvitationState.Placed, Until = e.Until }),
        InvitationAccepted e => With(All[e.Id] with { State = InvitationState.Accepted }),
        InvitationMoved e => With(All[e.Id] with { State = e.ByOffice ? All[e.Id].State : InvitationState.Moved, Slot = e.Slot }),
        InvitationEnded e => With(All[e.Id] with { State = e.Outcome }),
        _ => throw new UnreachableException(),
    };

    private static Decision<InvitationEvent> Nothing => Array.Empty<InvitationEvent>();

    /// <summary>One that found nothing free may be tried again.</summary>
    private Decision<InvitationEvent> Inviting(Invitation invitation, DateTimeOffset now) =>
        Find(invitation.Id) is { State: not InvitationState.NothingFree } ? Nothing
        : invitation.Services.Count == 0 || invitation.NotAfter < invitation.NotBefore ? Refusal.NothingToInvite
        : All.Values.Count(known => known.KeptUntil > now) >= MostInvitations ? Refusal.InvitationsFull
        : new InvitationMade(invitation, now);

    private Decision<InvitationEvent> Ending(End c, DateTimeOffset now)
    {
        if (Find(c.Id) is not { } found)
        {
            return Refusal.InvitationGone;
        }

        var may = c.Outcome switch
        {
            InvitationState.NothingFree => found.State is InvitationState.Chosen && found.Slot.Slot.Id == c.Taken,
            InvitationState.NoAnswer => found.State is InvitationState.Placed && now >= found.Until,
            _ => found.IsLive,
        };
        // The citizen hears that it is too late. The day, the wheel and the week report what they see, and the first word stands.
        return may ? new InvitationEnded(c.Id, c.Outcome, now)
            : c.Outcome is InvitationState.Refused && found.State is not InvitationState.Refused ? Refusal.InvitationOver : Nothing;
    }

    private Invitations With(Invitation invitation) => this with { All = All.SetItem(invitation.Id, invitation) };

    private Invitations WithoutPast(DateTimeOffset at) =>
        this with { All = All.RemoveRange(All.Values.Where(known => known.KeptUntil <= at).Select(known => known.Id)) };
}
