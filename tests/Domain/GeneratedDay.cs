using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Domain.Queues.Policies;
using Aufruf.Tests.Running;
using CsCheck;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Domain;

/// <summary>A generated day: thousands of commands at random counters, some outdated, while the configuration changes.</summary>
internal sealed class GeneratedDay
{
    /// <summary>One command as plain numbers, so that a failing day can be read and shrunk.</summary>
    /// <param name="Ticket">The ticket, when the command needs one.</param>
    /// <param name="Detail">Selects among ways, reasons, clerks and targets.</param>
    internal sealed record Step(int Command, int Counter, int Service, int Seen, int Configuration, int Ticket, int Detail, int Seconds);

    private static readonly CounterId[] Counters = [One, Two, Three, new("9")];
    private static readonly ServiceId[] Services = [Passport, Collection, Residence];
    private static readonly ClerkId[] Clerks = [new("anna"), new("bert"), new("cem")];
    private static readonly string?[] Profiles = [null, null, "residence-first", "also-passport", "gone"];

    private static readonly WorkProfile[] WorkProfiles =
    [
        new("residence-first", new(), [[Residence], [Passport, Collection]]),
        new("also-passport", new(), [[Collection], [Residence]]) { Also = [new(Passport, 15)] },
    ];

    private static HomeTickets FromHome => new(MinutesBefore: 5, Cap: 4) { GraceMinutes = 5 };

    /// <summary>Three halls with other rules: the default; first come, first served, with chances for who did not come; appointments first,
    /// where only the next may be called.</summary>
    public static WaitingArea[] Halls { get; } =
    [
        SmallOffice.Area with { Profiles = WorkProfiles, HomeTickets = FromHome, Rules = new() { AskName = true } },
        SmallOffice.Area with { Profiles = WorkProfiles, HomeTickets = FromHome,
            Rules = new() { Policy = PolicyKind.Fifo, MissedReturns = 2, MissedReturnsAfter =
            3 } },
        SmallOffice.Area with { Profiles = WorkProfiles, HomeTickets = FromHome,
            Rules = new() { Policy = PolicyKind.AppointmentsFirst, MissedReturns = 1,
            MayCallAny = false, PatienceMinutes = 10 } },
    ];

    // Yesterday's plan, a day without counter 1, a day on which no counter lists residence.
    private readonly WaitingArea[] _plans;
    private readonly List<TicketId> _known = [];

    public GeneratedDay() : this(Halls[0])
    {
    }

    public GeneratedDay(WaitingArea hall)
    {
        Area = hall;
        _plans =
        [
            hall,
            hall with { Counters = [.. hall.Counters.Skip(1)] },
            hall with { Counters = [new(One, "1", [Passport, Collection]), new(Three, "3", [Passport])], Profiles = [], HomeTickets =
                null },
        ];
    }

    public static Gen<Step[]> Steps(int atLeast, int atMost) =>
        Gen.Select(Gen.Int[0, 99], Gen.Int[0, 30], Gen.Int[0, 2], Gen.Int[0, 9], Gen.Int[0, 299], Gen.Int[0, 999], Gen.Int[0, 59],
            Gen.Int[0, 40],
            (command, counter, service, seen, plan, ticket, detail, seconds) =>
                new Step(command, counter, service, seen, plan, ticket, detail, seconds)).Array[atLeast, atMost];

    /// <summary>As many days in each hall: days drawn from all halls leave one out now and then, and with it a rule.</summary>
    public static void Sample(int atLeast, int atMost, int days, Action<GeneratedDay, Step[]> check)
    {
        foreach (var hall in Halls)
        {
            Steps(atLeast, atMost).Sample(steps => check(new GeneratedDay(hall), steps),
                iter: Proof.Times(check: (days + 8) / 9, full: (days + 2) / 3));
        }
    }

    public Queue Queue { get; private set; } = Queue.Empty(Key);

    public WaitingArea Area { get; private set; }

    public Setting Setting => SettingWith(Area);

    public List<QueueEvent> Happened { get; } = [];

    public DateTimeOffset Now { get; private set; } = Nine;

    /// <summary>The command of the next step on the state that its clerk sees; a little later than the step before.</summary>
    public QueueCommand CommandOf(Step step)
    {
        Now = Now.AddSeconds(step.Seconds * step.Seconds / 40.0);
        Area = step.Configuration < _plans.Length ? _plans[step.Configuration] : Area;
        var counter = Counters[step.Counter == 30 ? 3 : step.Counter % 3];
        long? seen = step.Seen switch { 0 => null, 1 => Queue.At(counter).Revision - 1, _ => Queue.At(counter).Revision };
        ClerkId? by = step.Detail % 7 == 0 ? Clerks[step.Ticket % 3] : null;
        return step.Command < 30 ? Joining(step) : step.Command < 80 ? CommandAt(counter, seen, step) with
        {
            By = by,
            Elsewhere = step.Ticket % 4 == 0,
        }
            : CommandAbout(counter, step);
    }

    private QueueCommand Joining(Step step)
    {
        var n = _known.Count + 1;
        _known.Add(QueueDay.Id(n));
        return step.Detail switch
        {
            < 12 => new CheckIn(QueueDay.Id(n), QueueDay.Code(n), Services[step.Service], "de", Now.AddMinutes((step.Ticket % 60) - 15)),
            12 => new OfferTransfer(QueueDay.Id(n), QueueDay.Code(n), new('K', 6 + (step.Ticket % 5)), new("vehicle"), "de", "upstairs",
                Now.AddMinutes(-20), Attempt: 1)
            {
                Call = FetchTo("hall", Counters[step.Ticket % 3], n, step.Ticket % 2 == 0),
                Wait = new(Now.AddMinutes(-20), Now.AddMinutes(-20), null, null, 0),
            },
            < 15 => new OfferTransfer(QueueDay.Id(n), QueueDay.Code(n), new('K', 1 + (step.Ticket % 5)), Services[step.Service], "de",
                "upstairs", Now.AddMinutes(-20), Attempt: 1)
            {
                ForCounter = step.Ticket % 3 == 0 ? Three : null,
                Priority = step.Ticket % 4 == 0 ? "frail" : null,
            },
            < 18 => new TakeTicket(QueueDay.Id(n), QueueDay.Code(n), Services[step.Service], "de")
            {
                By = Clerks[step.Ticket % 3],
                Priority = "child",
                Also = [Residence],
                Remark = "sealed",
                Person = step.Ticket % 9 == 0 ? "sealed" : null,
                Forecast = new(1, 4, 9)
            },
            < 24 => new TakeAtHome(QueueDay.Id(n), QueueDay.Code(n), Services[step.Service], "de")
            {
                Wait = step.Ticket % 2 == 0 ? new(2, 5, 11.5) : null,
            },
            _ => new TakeTicket(QueueDay.Id(n), QueueDay.Code(n), Services[step.Service], "de"),
        };
    }

    private static VisitOutcome? Became(Step step) =>
        (step.Ticket % 3) switch { 0 => null, 1 => VisitOutcome.Served, _ => VisitOutcome.Missed };

    private QueueCommand.AtCounter CommandAt(CounterId counter, long? seen, Step step) => step.Command switch
    {
        // A second thought about a transfer.
        _ when Happened.LastOrDefault() is QueueEvent.TicketTransferred { To.Area: not null } sent => new UndoStep(sent.Counter),
        < 46 => new CallNext(counter, seen)
        {
            ByButton = step.Detail % 2 == 0,
            Became = Became(step),
            Service = step.Ticket % 11 == 0 ? Services[step.Service] : null,
        },
        < 49 => new CallTicket(counter, Some(step.Ticket), seen) { Became = Became(step) },
        < 50 => new Recall(counter, seen),
        < 55 => new MarkArrived(counter, seen),
        < 58 => new Finish(counter, seen)
        {
            Given = step.Detail % 3 == 0 ? [new(Services[step.Service], step.Ticket % 4)] : [],
            ForPickup = step.Detail % 5 == 0,
            Outcome = (step.Ticket % 4) switch { 0 => ServedOutcome.NothingDone, 1 => ServedOutcome.PapersMissing, _ => null },
        },
        < 60 => new MarkMissed(counter, seen),
        < 64 => new ReturnTicket(counter, (ReturnWay)(step.Detail % 4), 1 + (step.Ticket % 6), Now.AddMinutes((step.Ticket % 45) - 2),
            seen),
        < 66 => new Park(counter, step.Detail % 2 == 0 ? Now.AddMinutes(5) : null, seen),
        < 67 when step.Ticket % 2 == 0 => new ReopenVisit(counter, Finished(step.Ticket), seen),
        < 68 => new Resume(counter, step.Detail % 6 == 0 ? Some(step.Ticket) : SetAside(step.Ticket), seen),
        < 71 => new Transfer(counter, Target(step), seen),
        < 72 => new SwitchService(counter, Services[step.Service], seen),
        < 75 => new UndoStep(counter, seen),
        < 76 => new OpenCounter(counter, seen),
        < 77 => new CloseCounter(counter, seen),
        < 79 => new LogIn(counter, Clerks[step.Ticket % 3], Profiles[step.Detail % Profiles.Length], seen)
        {
            Move = step.Detail % 3 == 1,
        },
        _ => new SetPresence(counter, (Presence)(step.Detail % 3), seen),
    };

    private QueueCommand CommandAbout(CounterId counter, Step step) => step.Command switch
    {
        < 82 when step.Detail % 2 == 0 => new Reactivate(Some(step.Ticket)),
        < 82 => Correction(step),
        82 => new ComeIn(FromHomeOr(step.Ticket), step.Detail % 3 == 0 ? Clerks[step.Ticket % 3] : null),
        83 => step.Detail % 3 > 0 ? new EndLate() : new UndoComeIn(FromHomeOr(step.Ticket), Clerks[step.Ticket % 3]),
        < 86 => new Cancel(Some(step.Ticket)),
        < 89 => new Prioritise(Some(step.Ticket), step.Detail % 3 == 0 ? null : step.Detail % 3 == 1 ? "frail" : "hurry"),
        < 90 => new WriteRemark(Some(step.Ticket), $"sealed {step.Detail % 3}"),
        < 91 => new StopService(Services[step.Service], step.Detail % 2 == 0),
        < 93 => new ReleaseService(Services[step.Service], step.Detail % 4 == 0),
        < 94 => new RaiseEmergency(counter),
        < 95 => new AcceptEmergency(counter, Counters[step.Ticket % 3]),
        < 96 => new EndEmergency(counter),
        < 97 => Withdrawal(step),
        < 98 => new CloseTransfer(Queue.OpenOffers.Select(o => o.Offer.Ticket).FirstOrDefault(Some(step.Ticket)),
            step.Detail % 2 == 0 ? TransferState.Accepted : TransferState.Rejected, 1 + (step.Ticket % 2)),
        98 => new IgnorePress(counter, Refusal.TooLate),
        _ => new IgnoreTicket(Services[step.Service], Refusal.TooLate),
    };

    private QueueCommand Correction(Step step) => (step.Detail % 8) switch
    {
        1 => new Mend(Some(step.Ticket), Clerks[0]) { Service = Services[step.Service], Also = [Residence] },
        5 when step.Ticket % 2 == 0 => new AttachCase(Some(step.Ticket), (step.Ticket % 3) switch
        {
            0 => null,
            1 => "", // No file number.
            _ => "1-2026-000007",
        }, Clerks[0]),
        3 => new SendOn(Some(step.Ticket), Target(step), Clerks[0]),
        7 => new Fetch(Some(step.Ticket), Queue.Tickets.GetValueOrDefault(Some(step.Ticket))?.Changes ?? 0,
            FetchTo("upstairs", new("21"), step.Ticket, false)),
        5 => new Notify(Some(step.Ticket), (NoticeKind)(step.Ticket % 6), "sealed", Clerks[0]),
        _ => new WritePerson(Some(step.Ticket), step.Ticket % 4 == 0 ? null : "sealed"),
    };

    private FetchCall FetchTo(string area, CounterId counter, int n, bool byButton) => new(area, counter, Queue.At(counter).Revision,
        new(QueueDay.Id(n).Value), new(WhyKind.LongestWait, Now), null, byButton, byButton ? null : VisitOutcome.Served,
        Now.AddSeconds(15));

    // The other area's answers to withdrawals here, and its own withdrawals.
    private QueueCommand Withdrawal(Step step) => Queue.OpenWithdrawals.Select(w => w.Release).FirstOrDefault() is { } open
        ? new CloseWithdrawal(open.Ticket, step.Detail % 3 == 0 ? TransferState.Accepted : TransferState.Rejected, open.Attempt)
        : new ReleaseTransfer(Queue.Tickets.Values.OrderByDescending(t => t.Place).FirstOrDefault(t => t.FromArea is not null)?.Id
            ?? Some(step.Ticket), "upstairs", 1);

    private static TransferTarget Target(Step step) => (step.Detail % 6) switch
    {
        0 => new(Service: Services[step.Service]),
        1 or 2 => new(Counter: Counters[step.Ticket % 3]),
        3 => new(Clerk: Clerks[step.Ticket % 3]),
        4 => new(Service: Services[step.Service], Counter: Counters[step.Ticket % 3]),
        _ => new("upstairs", Service: new("vehicle")),
    };

    private TicketId SetAside(int which) => Queue.Tickets.Values.Where(t => t.State is TicketState.Parked or TicketState.Pickup)
        .OrderBy(t => t.Place).Select(t => t.Id).ToArray() switch
    {
        [] => Some(which),
        var aside => aside[which % aside.Length],
    };

    private TicketId Finished(int which) => Queue.Tickets.Values.Where(t => t.EndedAt is not null)
        .OrderByDescending(t => t.Place).Take(6).Select(t => t.Id).ToArray() switch
    {
        [] => Some(which),
        var ended => which % 7 == 0 ? Some(which) : ended[which % ended.Length],
    };

    // Mostly one of those taken at home, whatever became of it.
    private TicketId FromHomeOr(int which) => Queue.Tickets.Values.Where(t => t.Home is not null).OrderByDescending(t => t.Place).Take(8)
        .Select(t => t.Id).ToArray() switch
    {
        [] => Some(which),
        var home => which % 5 == 0 ? Some(which) : home[which % home.Length],
    };

    // Mostly one of the last tickets: those are the living ones.
    private TicketId Some(int which) => _known.Count == 0 ? QueueDay.Id(0)
        : _known[^(1 + (which % Math.Min(_known.Count, which < 500 ? 12 : 60)))];

    public Decision<QueueEvent> Do(QueueCommand command)
    {
        var decision = Queue.Decide(command, Setting, Now);
        Queue = decision.Events.Aggregate(Queue, (queue, happened) => queue.Apply(happened));
        Happened.AddRange(decision.Events);
        return decision;
    }

    public GeneratedDay Live(IEnumerable<Step> steps)
    {
        foreach (var step in steps)
        {
            Do(CommandOf(step));
        }

        return this;
    }
}
