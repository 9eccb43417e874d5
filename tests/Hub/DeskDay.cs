using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Tests.Domain;
using Aufruf.Tests.Running;
using CsCheck;
using static Aufruf.Domain.Queues.QueueCommand;

namespace Aufruf.Tests.Hub;

/// <summary>A day on which clerks do all that a clerk can do, in any order.</summary>
internal sealed class DeskDay
{
    /// <param name="Pick">Which ticket, service, reason or way.</param>
    /// <param name="Look">Below 4 the desk is shown what has happened.</param>
    internal sealed record Step(int Kind, int Counter, int Pick, int Seconds, int Look);

    private static readonly CounterId[] Counters = [SmallOffice.One, SmallOffice.Two, SmallOffice.Three];
    private static readonly ServiceId[] Services = [SmallOffice.Passport, SmallOffice.Collection, SmallOffice.Residence];
    private int _taken;

    public static Gen<Step[]> Steps { get; } = Gen.Select(Gen.Int[0, 40], Gen.Int[0, 2], Gen.Int[0, 9999], Gen.Int[1, 200], Gen.Int[0, 9],
        (kind, counter, pick, seconds, look) => new Step(kind, counter, pick, seconds, look)).Array[1, 400];

    public Queue Queue { get; private set; } = Queue.Empty(SmallOffice.Key);

    public DateTimeOffset Now { get; private set; } = SmallOffice.Nine;

    public Decision<QueueEvent> Do(Step step)
    {
        Now = Now.AddSeconds(step.Seconds);
        var decision = Queue.Decide(CommandOf(step), TwoAreas.Setting, Now);
        Queue = decision.Events.Aggregate(Queue, (queue, happened) => queue.Apply(happened));
        return decision;
    }

    private QueueCommand CommandOf(Step step)
    {
        var (at, pick) = (Counters[step.Counter], step.Pick);
        var service = Services[pick % Services.Length];
        var tickets = Queue.Tickets.Values.OrderBy(t => t.Place).Select(t => t.Id).ToArray();
        var ticket = tickets.Length == 0 ? QueueDay.Id(9999) : tickets[pick % tickets.Length];
        var clerk = new ClerkId($"clerk-{pick % 3}");
        string? reason = pick % 2 == 0 ? "pregnant" : null;
        return step.Kind switch
        {
            <= 9 => new TakeTicket(QueueDay.Id(++_taken), QueueDay.Code(_taken), service, "de")
            {
                Also = pick % 5 == 0 ? [SmallOffice.Residence] : [],
                Priority = pick % 7 == 0 ? "pregnant" : null,
                Remark = pick % 6 == 0 ? "c2VhbGVk" : null,
                By = clerk,
            },
            <= 14 => new CallNext(at) { Became = (VisitOutcome)(pick % 2) },
            15 => new CallTicket(at, ticket) { Became = (VisitOutcome)(pick % 2) },
            16 => new Recall(at),
            17 => new MarkArrived(at),
            18 => new Finish(at)
            {
                Outcome = pick % 5 == 0 ? ServedOutcome.PapersMissing : null,
                ForPickup = pick % 2 == 0,
                Given = pick % 3 == 0 ? [new(service, 2)] : [],
            },
            19 => new MarkMissed(at),
            20 => new ReturnTicket(at, (ReturnWay)(pick % 4), (pick % 3) + 1, Now.AddMinutes(5)),
            21 => new Park(at, pick % 2 == 0 ? Now.AddMinutes(3) : null),
            22 => new Resume(at, ticket),
            23 => new Transfer(at, new(Counter: Counters[pick % 3])),
            24 => new Transfer(at, new(Clerk: clerk)),
            25 => new Transfer(at, new(Area: "floor", Service: TwoAreas.Marriage)),
            26 => new SwitchService(at, service),
            27 or 28 => new UndoStep(at),
            29 => new OpenCounter(at),
            30 => new CloseCounter(at),
            31 => new LogIn(at, clerk, pick % 2 == 0 ? "residence-first" : null),
            32 => new SetPresence(at, (Presence)(pick % 3)),
            33 => new RaiseEmergency(at),
            34 => new AcceptEmergency(at, Counters[pick % 3]),
            35 => new EndEmergency(at),
            36 => pick % 2 == 0 ? new Reactivate(ticket) : new ReopenVisit(at, ticket),
            37 => new Cancel(ticket, clerk),
            38 => (pick % 4) switch
            {
                0 => new Mend(ticket, clerk) { Service = service, Language = "en" },
                1 => new SendOn(ticket, new(Counter: Counters[pick % 3]), clerk),
                2 => new Notify(ticket, NoticeKind.ComeCloser, null, clerk),
                _ => new Prioritise(ticket, reason),
            },
            39 => pick % 2 == 0 ? new StopService(service) : new ReleaseService(service),
            _ => pick % 50 == 0 ? new EndDay() : new WriteRemark(ticket, reason),
        };
    }
}
