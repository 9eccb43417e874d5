namespace Aufruf.Domain.Appointments;

[JsonDerivedType(typeof(Draw), "draw")]
[JsonDerivedType(typeof(Propose), "propose")]
[JsonDerivedType(typeof(Add), "add")]
[JsonDerivedType(typeof(Change), "change")]
[JsonDerivedType(typeof(Send), "send")]
[JsonDerivedType(typeof(Settle), "settle")]
[JsonDerivedType(typeof(Offer), "offer")]
[JsonDerivedType(typeof(Answer), "answer")]
[JsonDerivedType(typeof(Lapse), "lapse")]
[JsonDerivedType(typeof(NoteCall), "note-call")]
[JsonDerivedType(typeof(Withdraw), "withdraw")]
public abstract record PlanCommand
{
    private PlanCommand() { }

    /// <param name="Closure">Null: for what the configuration took away.</param>
    public sealed record Draw(PlanId Id, PlannedClosure? Closure, ClerkId Clerk) : PlanCommand;

    /// <summary>The closure is in force, and these bookings are hit.</summary>
    public sealed record Propose(PlanId Id, IReadOnlyList<PlanLine> Lines) : PlanCommand;

    /// <summary>A slot that was held when the closure came is confirmed: it is hit, too.</summary>
    /// <param name="Line">Its number follows from the plan.</param>
    public sealed record Add(PlanId Id, PlanLine Line) : PlanCommand;

    public sealed record Change(PlanId Id, int Line, PlanStep Step, ClerkId Clerk) : PlanCommand;

    /// <summary>Carries out every open line but calls.</summary>
    public sealed record Send(PlanId Id, ClerkId Clerk) : PlanCommand;

    /// <param name="Attempt">Of the line: the outcome of an earlier one changes nothing.</param>
    public sealed record Settle(PlanId Id, int Line, int Attempt, LineState Outcome, Refusal? Refusal = null) : PlanCommand;

    /// <summary>These times are held for the citizen.</summary>
    public sealed record Offer(PlanId Id, int Line, int Attempt, IReadOnlyList<PlanOffer> Offers, DateTimeOffset Until) : PlanCommand;

    /// <param name="Attempt">Of the line, as its citizen saw it: an answer to earlier offers is not one to these.</param>
    /// <param name="Choice">Of the citizen: 1 for the first offer; null: none suits.</param>
    public sealed record Answer(PlanId Id, int Line, int Attempt, int? Choice) : PlanCommand;

    /// <summary>The time to answer is over.</summary>
    public sealed record Lapse(PlanId Id, int Line, int Attempt) : PlanCommand;

    /// <summary>A clerk has called the citizen.</summary>
    public sealed record NoteCall(PlanId Id, int Line, ClerkId Clerk) : PlanCommand;

    /// <summary>The counters are open again. Citizens who were moved stay where they are.</summary>
    public sealed record Withdraw(PlanId Id, ClerkId Clerk) : PlanCommand;
}

/// <summary>Facts about plans, each with the name under which it stands in the journal.</summary>
[JsonDerivedType(typeof(PlanDrawn), "plan-drawn")]
[JsonDerivedType(typeof(PlanProposed), "plan-proposed")]
[JsonDerivedType(typeof(PlanLineAdded), "plan-line-added")]
[JsonDerivedType(typeof(PlanLineChanged), "plan-line-changed")]
[JsonDerivedType(typeof(PlanSent), "plan-sent")]
[JsonDerivedType(typeof(PlanLineSettled), "plan-line-settled")]
[JsonDerivedType(typeof(PlanOffered), "plan-offered")]
[JsonDerivedType(typeof(PlanAnswered), "plan-answered")]
[JsonDerivedType(typeof(PlanLapsed), "plan-lapsed")]
[JsonDerivedType(typeof(PlanCallNoted), "plan-call-noted")]
[JsonDerivedType(typeof(PlanWithdrawn), "plan-withdrawn")]
public abstract record PlanEvent
{
    private PlanEvent() { }

    public sealed record PlanDrawn(PlanId Id, PlannedClosure? Closure, ClerkId Clerk, DateTimeOffset At) : PlanEvent;
    public sealed record PlanProposed(PlanId Id, IReadOnlyList<PlanLine> Lines, DateTimeOffset At) : PlanEvent;
    public sealed record PlanLineAdded(PlanId Id, PlanLine Line, DateTimeOffset At) : PlanEvent;
    public sealed record PlanLineChanged(PlanId Id, int Line, PlanStep Step, ClerkId Clerk, DateTimeOffset At) : PlanEvent;

    /// <param name="Lines">The numbers of those that are carried out now.</param>
    public sealed record PlanSent(PlanId Id, IReadOnlyList<int> Lines, ClerkId Clerk, DateTimeOffset At) : PlanEvent;

    public sealed record PlanLineSettled(PlanId Id, int Line, LineState Outcome, Refusal? Refusal, DateTimeOffset At) : PlanEvent;

    /// <summary>A mail asks the citizen.</summary>
    public sealed record PlanOffered(PlanId Id, int Line, IReadOnlyList<PlanOffer> Offers, DateTimeOffset Until, DateTimeOffset At)
        : PlanEvent;

    /// <param name="Choice">Null: none suits.</param>
    public sealed record PlanAnswered(PlanId Id, int Line, int? Choice, DateTimeOffset At) : PlanEvent;

    public sealed record PlanLapsed(PlanId Id, int Line, DateTimeOffset At) : PlanEvent;
    public sealed record PlanCallNoted(PlanId Id, int Line, ClerkId Clerk, DateTimeOffset At) : PlanEvent;
    public sealed record PlanWithdrawn(PlanId Id, ClerkId Clerk, DateTimeOffset At) : PlanEvent;
}
