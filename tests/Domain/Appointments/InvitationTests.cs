using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Appointments.InvitationCommand;

namespace Aufruf.Tests.Domain.Appointments;

/// <summary>The authority invites, and the citizen answers.</summary>
public class InvitationTests
{
    private static readonly InvitationId Id = new(Guid.Parse("0193579a-51c0-7000-8000-00000000002a"));
    private static readonly DateTimeOffset From = SmallOffice.Nine.AddDays(3);

    private static readonly InvitedSlot First = SlotAt(From), Later = SlotAt(From.AddHours(1));

    private static readonly Invitation Made = new(Id, "case 17", [new(SmallOffice.Passport)], AppointmentKind.AtCounter, null,
        SmallOffice.Day, SmallOffice.Day.AddDays(5), "de", "contact", "sealed", "hash", SmallOffice.Nine.AddDays(365), First);

    private static readonly (string Name, InvitationCommand Command)[] Commands =
    [
        ("invite", new Invite(Made)), ("choose", new Choose(Id, First.Slot.Id, Later)), ("place", new Place(Id, First.Slot.Id)),
            ("accept", new Accept(Id)),
        ("move", new Move(Id, Later)), .. Enum.GetValues<InvitationState>().Where(state => state >= InvitationState.Refused)
            .Select(state =>
                (JsonNamingPolicy.KebabCaseLower.ConvertName(state.ToString()), (InvitationCommand)new End(Id, state, First.Slot.Id))),
    ];

    // "+": it happens. ".": nothing happens. "x": it is over. "?": there is none.
    private static readonly (string State, string[] Before, string Expected)[] Table =
    [
        // Columns: invite choose place accept move | refused no-answer cancelled attended missed nothing-free
        ("none", [], "+.??? ??????"),
        ("chosen", ["invite"], ".++xx x....+"),
        ("placed", ["invite", "place"], "...++ +.+++."),
        ("accepted", ["invite", "place", "accept"], "....+ +.+++."),
        ("moved", ["invite", "place", "move"], "..... +.+++."),
        ("refused", ["invite", "place", "refused"], "...xx ......"),
        ("cancelled", ["invite", "place", "cancelled"], "...xx x....."),
        ("attended", ["invite", "place", "accept", "attended"], "...xx x....."),
        ("missed", ["invite", "place", "accept", "missed"], "...xx x....."),
        ("nothing-free", ["invite", "nothing-free"], "+..xx x....."),
    ];

    [Fact]
    public void Every_command_has_its_answer_in_every_state()
    {
        foreach (var (state, before, expected) in Table)
        {
            var invitations = before.Aggregate(Invitations.Empty, (known, name) =>
                Does(known, Commands.Single(c => c.Name == name).Command));
            var found = string.Concat(Commands.Select(c => Sign(invitations.Decide(c.Command, SmallOffice.Nine))));
            Assert.Equal((state, expected.Replace(" ", "", StringComparison.Ordinal)), (state, found));
        }
    }

    [Fact]
    public void Without_an_answer_it_ends_after_a_week_or_the_day_before_and_then_nobody_can_accept_it()
    {
        var placed = Does(Does(Invitations.Empty, new Invite(Made)), new Place(Id, First.Slot.Id));
        var until = placed.Find(Id)!.Until;
        Assert.Equal(From.AddDays(-1), until);
        Assert.Equal(SmallOffice.Nine.AddDays(7), Invitation.UntilOf(SmallOffice.Nine, SmallOffice.Nine.AddDays(30)));
        Assert.Equal(SmallOffice.Nine.AddHours(5), Invitation.UntilOf(SmallOffice.Nine, SmallOffice.Nine.AddHours(5)));

        Assert.Equal(Refusal.InvitationOver, placed.Decide(new Accept(Id), until).Refusal);
        var ended = Does(placed, new End(Id, InvitationState.NoAnswer), until);
        Assert.Equal(InvitationState.NoAnswer, ended.Find(Id)!.State);
        Assert.Equal(Refusal.InvitationOver, ended.Decide(new Move(Id, Later), until).Refusal);
        Assert.Equal(Refusal.InvitationOver, ended.Decide(new End(Id, InvitationState.Refused), until).Refusal);
        var accepted = Does(placed, new Accept(Id));
        Assert.Empty(accepted.Decide(new End(Id, InvitationState.NoAnswer), until).Events);
    }

    [Fact]
    public void Of_two_calls_that_place_it_none_ends_or_places_the_slot_of_the_other()
    {
        var chosen = Does(Does(Invitations.Empty, new Invite(Made)), new Choose(Id, First.Slot.Id, Later));
        Assert.Empty(chosen.Decide(new End(Id, InvitationState.NothingFree, First.Slot.Id), SmallOffice.Nine).Events);
        Assert.Empty(chosen.Decide(new Place(Id, First.Slot.Id), SmallOffice.Nine).Events);
        Assert.Equal(InvitationState.Placed, Does(chosen, new Place(Id, Later.Slot.Id)).Find(Id)!.State);
    }

    [Fact]
    public void A_repeated_move_changes_nothing_and_of_two_tabs_the_last_word_of_the_weeks_stands()
    {
        var moved = Does(Does(Does(Invitations.Empty, new Invite(Made)), new Place(Id, First.Slot.Id)), new Move(Id, Later));
        Assert.Equal((InvitationState.Moved, Later), (moved.Find(Id)!.State, moved.Find(Id)!.Slot));
        Assert.Empty(moved.Decide(new Move(Id, Later), SmallOffice.Nine).Events);
        var last = SlotAt(From.AddHours(2));
        Assert.Equal((InvitationState.Moved, last), Shown(Does(moved, new Move(Id, last))));
    }

    [Fact]
    public void A_move_by_the_office_keeps_the_answer_and_leaves_the_citizen_the_one_move()
    {
        var placed = Does(Does(Invitations.Empty, new Invite(Made)), new Place(Id, First.Slot.Id));
        var moved = Does(placed, new Move(Id, Later, ByOffice: true));
        Assert.Equal((InvitationState.Placed, Later), Shown(moved));
        Assert.Empty(moved.Decide(new Move(Id, Later, ByOffice: true), SmallOffice.Nine).Events);
        Assert.Equal((InvitationState.Accepted, Later), Shown(Does(Does(placed, new Accept(Id)), new Move(Id, Later, ByOffice: true))));
        Assert.Equal((InvitationState.Moved, First), Shown(Does(moved, new Move(Id, First))));
        Assert.Equal((InvitationState.Moved, Later), Shown(Does(Does(moved, new Move(Id, First)), new Move(Id, Later, ByOffice: true))));
    }

    [Fact]
    public void A_slot_that_somebody_else_has_taken_is_replaced_and_only_once()
    {
        var chosen = Does(Does(Invitations.Empty, new Invite(Made)), new Choose(Id, First.Slot.Id, Later));
        Assert.Equal(Later, chosen.Find(Id)!.Slot);
        Assert.Empty(chosen.Decide(new Choose(Id, First.Slot.Id, SlotAt(From.AddHours(2))), SmallOffice.Nine).Events);
    }

    [Fact]
    public void It_is_forgotten_when_its_data_are_destroyed_and_an_empty_window_invites_nobody()
    {
        var other = Made with { Id = new(Guid.CreateVersion7()), KeptUntil = Made.KeptUntil.AddDays(365) };
        var later = Does(Does(Invitations.Empty, new Invite(Made)), new Invite(other), Made.KeptUntil);
        Assert.Null(later.Find(Id));
        Assert.Equal(2, later.Find(other.Id)!.Place);
        Assert.Equal(Refusal.NothingToInvite, Invitations.Empty.Decide(
            new Invite(Made with { NotAfter = Made.NotBefore.AddDays(-1) }), SmallOffice.Nine).Refusal);
    }

    [Fact]
    public void The_citizen_chooses_within_the_days_and_the_office_of_the_invitation()
    {
        var invited = new Invited(Id, SmallOffice.Day, SmallOffice.Day.AddDays(5), "rathaus");
        Assert.True(invited.Allows("rathaus", SmallOffice.Day) && invited.Allows("rathaus", SmallOffice.Day.AddDays(5)));
        Assert.False(invited.Allows("rathaus", SmallOffice.Day.AddDays(6)) || invited.Allows("rathaus", SmallOffice.Day.AddDays(-1)));
        Assert.False(invited.Allows("annahaus", SmallOffice.Day));
        Assert.True((invited with { Office = null }).Allows("annahaus", SmallOffice.Day));
        Assert.Null(invited.WhyNot("rathaus", SmallOffice.Day));
        Assert.Equal(Refusal.OutsideInvitation, invited.WhyNot("annahaus", SmallOffice.Day));
        Assert.Equal(Refusal.InvitationMovedOnce, (invited with { IsMoved = true }).WhyNot("rathaus", SmallOffice.Day));
    }

    private static (InvitationState State, InvitedSlot Slot) Shown(Invitations invitations) =>
        invitations.Find(Id) is { } found ? (found.State, found.Slot) : default;

    private static InvitedSlot SlotAt(DateTimeOffset from)
    {
        var week = CalendarWeekKey.Of(SmallOffice.Office, "service", SmallOffice.Day);
        return new(new(week, InvitedSlot.BookingOf(Id, week, from)), "rathaus", from, 20);
    }

    private static Invitations Does(Invitations invitations, InvitationCommand command, DateTimeOffset? at = null)
    {
        var decision = invitations.Decide(command, at ?? SmallOffice.Nine);
        Assert.Null(decision.Refusal);
        return decision.Events.Aggregate(invitations, (known, happened) => known.Apply(happened));
    }

    private static string Sign(Decision<InvitationEvent> decision) => decision.Refusal is { } refusal
        ? refusal == Refusal.InvitationGone ? "?" : "x" : decision.Events.Count > 0 ? "+" : ".";
}
