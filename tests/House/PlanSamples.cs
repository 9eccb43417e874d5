using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Offices;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Appointments.PlanEvent;

namespace Aufruf.Tests.House;

/// <summary>Examples of all that happens to plans, with every value set.</summary>
internal static class PlanSamples
{
    private static readonly DateTimeOffset At = SmallOffice.Nine.AddMilliseconds(120), From = SmallOffice.Nine.AddDays(3);
    private static readonly PlanId First = new(Guid.Parse("0193579a-51c0-7000-8000-00000000003a"));
    private static readonly ClerkId Clerk = new("beck");

    private static readonly PlannedClosure Closure = new(
        "service", SmallOffice.Day, SmallOffice.Day.AddDays(1), WallTime.At(8), WallTime.At(12), 1, "Erkrankung im Bürgerservice");

    private static readonly PlanStep Move = new(PlanAction.Move, "alsdorf.rathaus", "alsdorf.rathaus.service", From.AddHours(1));

    private static readonly PlanStep Choice = new(PlanAction.Offer)
    {
        Times = [new("alsdorf.rathaus", "alsdorf.rathaus.service", From.AddDays(1))],
    };

    private static readonly PlanOffer Held = new(new(CalendarWeekKey.Of(SmallOffice.Office, "service", SmallOffice.Day),
        new(Guid.Parse("0193579a-51c0-7000-8000-00000000002c"))), "rathaus", From.AddDays(1), 17);

    private static readonly PlanLine Line = new(1,
        new(CalendarWeekKey.Of(SmallOffice.Office, "service", SmallOffice.Day), new(Guid.Parse("0193579a-51c0-7000-8000-00000000002b"))),
        "rathaus", From, 17, Move)
    {
        State = LineState.Refused,
        Attempt = 1,
        Offers = [Held],
        Until = From.AddDays(-1),
        Chosen = 1,
        Refusal = Refusal.SlotTaken,
        By = Clerk,
        At = At,
    };

    private static readonly PlanLine Fresh = Line with
    {
        State = LineState.Open,
        Attempt = 0,
        Offers = [],
        Until = null,
        Chosen = null,
        Refusal = null,
        By = null,
        At = null,
    };

    public static IEnumerable<KeyValuePair<string, Sample>> All { get; } =
    [
        Of("plan-drawn", new PlanDrawn(First, Closure, Clerk, At)), Of("plan-proposed", new PlanProposed(First, [Line], At)),
        Of("plan-line-changed", new PlanLineChanged(First, 1, Move, Clerk, At)), Of("plan-sent", new PlanSent(First, [1], Clerk, At)),
        Of("plan-line-settled", new PlanLineSettled(First, 1, LineState.Refused, Refusal.SlotTaken, At)),
        Of("plan-line-added", new PlanLineAdded(First, Line with { Number = 2 }, At)),
        Of("plan-offered", new PlanOffered(First, 1, [Held], From.AddDays(-1), At)), Of("plan-answered", new PlanAnswered(First, 1, 1, At)),
        Of("plan-lapsed", new PlanLapsed(First, 1, At)),
        Of("plan-call-noted", new PlanCallNoted(First, 1, Clerk, At)), Of("plan-withdrawn", new PlanWithdrawn(First, Clerk, At)),
    ];

    /// <summary>Every event, in an order in which each can follow.</summary>
    public static PlanEvent[] Events { get; } =
    [
        new PlanDrawn(First, Closure, Clerk, At),
        new PlanProposed(First, [Fresh], At),
        new PlanLineChanged(First, 1, Move with { From = From.AddHours(2) }, Clerk, At), new PlanSent(First, [1], Clerk, At),
        new PlanLineSettled(First, 1, LineState.Refused, Refusal.SlotTaken, At),
        new PlanLineChanged(First, 1, Choice, Clerk, At), new PlanSent(First, [1], Clerk, At),
        new PlanOffered(First, 1, [Held], From.AddDays(-1), At), new PlanAnswered(First, 1, 1, At), new PlanLapsed(First, 1, At),
        new PlanLineAdded(First, Fresh with { Number = 2 }, At), new PlanCallNoted(First, 1, Clerk, At.AddHours(1)),
        new PlanWithdrawn(First, Clerk, At.AddHours(2)),
    ];

    private static KeyValuePair<string, Sample> Of(string name, PlanEvent value) =>
        new($"journal/{name}", new Sample<PlanEvent>(value, WireSamples.Domain<PlanEvent>()));
}
