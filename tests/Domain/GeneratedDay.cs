using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Tests.Running;
using CsCheck;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Domain;

/// <summary>A day nobody planned: thousands of wishes at random counters, some on old faces, the configuration changing under them.</summary>
internal sealed class GeneratedDay
{
    /// <summary>One wish, as plain numbers, so that a failing day can be read and shrunk.</summary>
    internal sealed record Step(int Wish, int Counter, int Service, int Seen, int Configuration);

    private static readonly CounterId[] Counters = [One, Two, Three, new("9")];
    private static readonly ServiceId[] Services = [Passport, Collection, Residence];

    // Yesterday's plan, a day without counter 1, a day on which no counter lists residence.
    private static readonly WaitingArea[] Configurations =
    [
        SmallOffice.Area,
        SmallOffice.Area with { Counters = [.. SmallOffice.Area.Counters.Skip(1)] },
        SmallOffice.Area with { Counters = [new(One, "1", [Passport, Collection]), new(Three, "3", [Passport])] },
    ];

    public static Gen<Step[]> Steps(int atLeast, int atMost) =>
        Gen.Select(Gen.Int[0, 19], Gen.Int[0, 30], Gen.Int[0, 2], Gen.Int[0, 9], Gen.Int[0, 299], (wish, counter, service, seen, plan) => new Step(wish, counter, service, seen, plan))
            .Array[atLeast, atMost];

    public Queue Queue { get; private set; } = Queue.Empty(Key);

    public WaitingArea Area { get; private set; } = SmallOffice.Area;

    public List<QueueEvent> Happened { get; } = [];

    public DateTimeOffset Now { get; private set; } = Nine;

    /// <summary>What the next step would wish for, given what its clerk sees.</summary>
    public QueueCommand WishOf(Step step)
    {
        Area = step.Configuration < Configurations.Length ? Configurations[step.Configuration] : Area;
        var counter = Counters[step.Counter == 30 ? 3 : step.Counter % 3];
        long? seen = step.Seen switch { 0 => null, 1 => Queue.At(counter).Revision - 1, _ => Queue.At(counter).Revision };
        var n = Happened.Count + 1;
        return step.Wish switch
        {
            <= 8 => new TakeTicket(QueueDay.Id(n), QueueDay.Code(n), Services[step.Service], "de"),
            <= 12 => new CallNext(counter, seen),
            13 => new Recall(counter, seen),
            14 => new MarkArrived(counter, seen),
            15 => new Finish(counter, seen),
            16 => new MarkMissed(counter, seen),
            17 => new OpenCounter(counter, seen),
            18 => new CloseCounter(counter, seen),
            _ => new IgnorePress(counter, Refusal.TooLate),
        };
    }

    public Decision<QueueEvent> Do(QueueCommand wish)
    {
        Now = Now.AddSeconds(1);
        var decision = Queue.Decide(wish, Area, Now);
        Queue = decision.Events.Aggregate(Queue, (queue, happened) => queue.Apply(happened));
        Happened.AddRange(decision.Events);
        return decision;
    }

    public static GeneratedDay Of(Step[] steps)
    {
        var day = new GeneratedDay();
        foreach (var step in steps)
        {
            day.Do(day.WishOf(step));
        }

        return day;
    }
}
