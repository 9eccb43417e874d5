using static Aufruf.Domain.Appointments.PlanCommand;
using static Aufruf.Domain.Appointments.PlanEvent;

namespace Aufruf.Domain.Appointments;

/// <summary>The plans of an office for its closures. They stay as its history.</summary>
public sealed record Plans(ImmutableDictionary<PlanId, ClosurePlan> All) : IAggregate<Plans, PlanCommand, PlanEvent>
{
    public const string StreamKind = "plans";

    /// <summary>One for each working day of a year, twice. The oldest ended one makes room.</summary>
    public const int MostPlans = 500;

    /// <summary>All bookings of a large office on a day.</summary>
    public const int MostLines = 400;

    public static int Schema => 2;

    public static Plans Empty { get; } = new(ImmutableDictionary<PlanId, ClosurePlan>.Empty);

    /// <summary>"plans/alsdorf.rathaus".</summary>
    public static string StreamOf(string office) => $"{StreamKind}/{office}";

    public ClosurePlan? Find(PlanId id) => All.GetValueOrDefault(id);

    public Decision<PlanEvent> Decide(PlanCommand command, DateTimeOffset now) => command switch
    {
        Draw c => All.ContainsKey(c.Id) ? Nothing
            : c.Closure is { } closure && !IsSensible(closure) ? Refusal.NothingToPlan
            : All.Count >= MostPlans && Oldest is null ? Refusal.PlansFull
            : new PlanDrawn(c.Id, c.Closure, c.Clerk, now),
        Propose c => Find(c.Id) is { Lines: null, WithdrawnBy: null } ? new PlanProposed(c.Id, c.Lines, now) : Nothing,
        Add c => Find(c.Id) switch
        {
            { WithdrawnBy: null, Lines: null } => Refusal.PlanIsSending, // Its bookings are being looked for: this one is asked for again.
            { WithdrawnBy: null, Lines: { } lines } when lines.Count < MostLines && !lines.Any(line => line.Place == c.Line.Place) =>
                new PlanLineAdded(c.Id, c.Line with { Number = lines.Count + 1 }, now),
            _ => Nothing,
        },
        Change c => WithLine(c.Id, c.Line, (_, line) => !line.IsOpen ? Refusal.PlanLineSettled
            : c.Step is { Action: PlanAction.Offer, Times.Count: 0 or > PlanOffer.Most } ? Refusal.NoSuchSlot
            : line.Step == c.Step ? Nothing : new PlanLineChanged(c.Id, c.Line, c.Step, c.Clerk, now)),
        Send c => InForce(c.Id, plan => plan.Lines is null ? Refusal.PlanIsSending
            : Sendable(plan) is { Count: > 0 } lines ? new PlanSent(c.Id, lines, c.Clerk, now) : Nothing),
        Settle c => Find(c.Id)?.Line(c.Line) is { IsUnderWay: true } line && line.Attempt == c.Attempt
            ? new PlanLineSettled(c.Id, c.Line, c.Outcome, c.Refusal, now) : Nothing,
        Offer c => Find(c.Id)?.Line(c.Line) is { State: LineState.Sending } line && line.Attempt == c.Attempt
            ? new PlanOffered(c.Id, c.Line, c.Offers, c.Until, now) : Nothing,
        Answer c => Find(c.Id)?.Line(c.Line) is { } line ? Answered(line, c, now) : Refusal.OfferOver,
        Lapse c => Find(c.Id)?.Line(c.Line) is { State: LineState.Offered } line && line.Attempt == c.Attempt && line.Until <= now
            ? new PlanLapsed(c.Id, c.Line, now) : Nothing,
        NoteCall c => WithLine(c.Id, c.Line, (_, line) => line is { State: LineState.Done, Step.Action: PlanAction.Call } ? Nothing
            : line.IsOpen ? new PlanCallNoted(c.Id, c.Line, c.Clerk, now) : Refusal.PlanLineSettled),
        Withdraw c => Find(c.Id) switch
        {
            null => Refusal.UnknownPlan,
            { WithdrawnBy: not null } => Nothing,
            { Lines: { } lines } when lines.Any(line => line.State is LineState.Sending or LineState.Answered) => Refusal.PlanIsSending,
            _ => new PlanWithdrawn(c.Id, c.Clerk, now),
        },
        _ => throw new UnreachableException(),
    };

    public Plans Apply(PlanEvent happened) => happened switch
    {
        PlanDrawn e => (All.Count >= MostPlans && Oldest is { } oldest ? new Plans(All.Remove(oldest)) : this)
            .With(new(e.Id, e.Closure, e.Clerk, e.At)),
        PlanProposed e => With(All[e.Id] with { Lines = e.Lines }),
        PlanLineAdded e => With(All[e.Id] with { Lines = [.. All[e.Id].Lines ?? [], e.Line] }),
        PlanLineChanged e => With(e.Id, e.Line, line => line with { Step = e.Step, State = LineState.Open, Refusal = null }),
        PlanSent e => e.Lines.Aggregate(this, (plans, number) => plans.With(e.Id, number, line => line with
        {
            State = LineState.Sending,
            Attempt = line.Attempt + 1,
            Offers = [],
            Until = null,
            Chosen = null,
            Refusal = null,
            By = e.Clerk,
            At = e.At,
        })),
        PlanLineSettled e => With(e.Id, e.Line, line => line with
        {
            Step = line.State is LineState.Answered && e.Outcome is LineState.Refused ? new(PlanAction.Call) : line.Step,
            State = e.Outcome,
            Refusal = e.Refusal,
            At = e.At,
        }),
        PlanOffered e => With(e.Id, e.Line, line => line with
        {
            State = LineState.Offered,
            Offers = e.Offers,
            Until = e.Until,
            At = e.At,
        }),
        PlanAnswered e => With(e.Id, e.Line, line => e.Choice is { } choice
            ? line with { State = LineState.Answered, Chosen = choice, At = e.At }
            : line with { State = LineState.Declined, Step = new(PlanAction.Call), At = e.At }),
        PlanLapsed e => With(e.Id, e.Line, line => line with
        {
            State = LineState.Unanswered,
            Step = new(PlanAction.Call),
            At = e.At,
        }),
        PlanCallNoted e => With(e.Id, e.Line, line => line with
        {
            Step = new(PlanAction.Call),
            State = LineState.Done,
            Refusal = null,
            By = e.Clerk,
            At = e.At,
        }),
        PlanWithdrawn e => With(All[e.Id] with { WithdrawnBy = e.Clerk }),
        _ => throw new UnreachableException(),
    };

    private static Decision<PlanEvent> Nothing => Array.Empty<PlanEvent>();

    /// <summary>The oldest plan for which nothing is to be done any more.</summary>
    private PlanId? Oldest => All.Values
        .Where(plan => plan.WithdrawnBy is not null
            || (plan.Lines is { } lines && !lines.Any(line => line.IsOpen || line.IsUnderWay)))
        .MinBy(plan => plan.At)?.Id;

    /// <summary>Also of a plan that is withdrawn since: the mail has promised it. A second press changes nothing.</summary>
    private static Decision<PlanEvent> Answered(PlanLine line, Answer c, DateTimeOffset now) => line switch
    {
        _ when line.Attempt != c.Attempt => Refusal.OfferOver,
        { State: LineState.Offered } => now < line.Until && c.Choice is null or > 0 && !(c.Choice > line.Offers.Count)
            ? new PlanAnswered(c.Id, c.Line, c.Choice, now) : Refusal.OfferOver,
        { State: LineState.Answered or LineState.Done, Chosen: { } chosen } when chosen == c.Choice => Nothing,
        { State: LineState.Declined } when c.Choice is null => Nothing,
        _ => Refusal.OfferOver,
    };

    private static List<int> Sendable(ClosurePlan plan) =>
        [.. plan.Lines!.Where(line => line.IsOpen && line.Step.Action is not PlanAction.Call).Select(line => line.Number)];

    private static bool IsSensible(PlannedClosure closure) => closure.First <= closure.Last
        && closure.Last.DayNumber - closure.First.DayNumber < PlanProposals.MostDays && closure.From.Minutes < closure.To.Minutes
        && closure.Counters is > 0 and <= 100 && closure.Reason.Length is > 0 and <= 200;

    private Decision<PlanEvent> InForce(PlanId id, Func<ClosurePlan, Decision<PlanEvent>> decide) => Find(id) switch
    {
        null => Refusal.UnknownPlan,
        { WithdrawnBy: not null } => Refusal.PlanWithdrawn,
        { } plan => decide(plan),
    };

    private Decision<PlanEvent> WithLine(PlanId id, int number, Func<ClosurePlan, PlanLine, Decision<PlanEvent>> decide) =>
        InForce(id, plan => plan.Line(number) is { } line ? decide(plan, line) : Refusal.UnknownPlan);

    private Plans With(ClosurePlan plan) => new(All.SetItem(plan.Id, plan));

    private Plans With(PlanId id, int number, Func<PlanLine, PlanLine> change) =>
        With(All[id] with { Lines = [.. All[id].Lines!.Select(line => line.Number == number ? change(line) : line)] });
}
