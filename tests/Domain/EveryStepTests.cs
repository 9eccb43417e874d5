using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using static Aufruf.Domain.Queues.QueueCommand;
using static Aufruf.Domain.Queues.QueueEvent;
using static Aufruf.Tests.Domain.QueueDay;
using static Aufruf.Tests.Running.SmallOffice;

namespace Aufruf.Tests.Domain;

/// <summary>Every step that a desk can make is taken back: by undo for ten seconds, or by its opposite.</summary>
public class EveryStepTests
{
    private static readonly ClerkId Anna = new("anna");

    private static QueueDay Closed() => Given(ForPassport(1), ForPassport(2));

    private static QueueDay Idle() => Given(Opened(One), new ClerkLoggedIn(One, Anna, null, Now), ForPassport(1), ForPassport(2));

    private static QueueDay CalledToOne() => Idle().And(Called(1, One));

    private static QueueDay Serving() => CalledToOne().And(Arrived(1, One));

    private static QueueDay ParkedByOne() => Serving().And(new TicketParked(Id(1), One, null, Now)).Later(minutes: 1);

    private static QueueDay ServedByOne() => Serving().And(Served(1, One)).Later(minutes: 1);

    private static readonly TransferTarget Upstairs = new("upstairs", Service: new("vehicle"));

    /// <summary>Every action at a counter, the state before, and what takes it back.</summary>
    private static readonly Dictionary<string, (Func<QueueDay> Before, AtCounter Step, QueueCommand[] Back)> Every = new()
    {
        ["a call"] = (Idle, new CallNext(One), [new UndoStep(One)]),
        ["a call to an empty chair"] = (Idle, new CallTicket(One, Id(2)), [new UndoStep(One)]),
        ["a call over a visit"] = (Serving, new CallNext(One), [new UndoStep(One)]),
        ["a chosen call over a visit"] = (Serving, new CallTicket(One, Id(2)), [new UndoStep(One)]),
        ["a call over a called citizen"] = (CalledToOne, new CallNext(One) { Became = VisitOutcome.Missed }, [new UndoStep(One)]),
        ["an arrival"] = (CalledToOne, new MarkArrived(One), [new UndoStep(One)]),
        ["the end of a visit"] = (Serving, new Finish(One), [new UndoStep(One)]),
        ["the end of a call"] = (CalledToOne, new Finish(One), [new UndoStep(One)]),
        ["given services"] = (Serving, new Finish(One) { Given = [new(Passport, 3)] }, [new UndoStep(One)]),
        ["a pickup"] = (Serving, new Finish(One) { ForPickup = true }, [new UndoStep(One)]),
        ["a missed citizen"] = (CalledToOne, new MarkMissed(One), [new UndoStep(One)]),
        ["back to its place"] = (Serving, new ReturnTicket(One, ReturnWay.KeepPlace), [new UndoStep(One)]),
        ["back to the end"] = (Serving, new ReturnTicket(One, ReturnWay.ToEnd), [new UndoStep(One)]),
        ["back after some"] = (CalledToOne, new ReturnTicket(One, ReturnWay.After, After: 2), [new UndoStep(One)]),
        ["back at a time"] = (Serving, new ReturnTicket(One, ReturnWay.AtTime, Until: Now.AddHours(1)), [new UndoStep(One)]),
        ["parked"] = (Serving, new Park(One, Now.AddHours(1)), [new UndoStep(One)]),
        ["gone on with"] = (ParkedByOne, new Resume(One, Id(1)), [new UndoStep(One)]),
        ["taken up again"] = (ServedByOne, new ReopenVisit(One, Id(1)), [new UndoStep(One)]),
        ["a call for one service"] = (Serving, new CallNext(One) { Service = Passport }, [new UndoStep(One)]),
        ["nothing done"] = (Serving, new Finish(One) { Outcome = ServedOutcome.NothingDone }, [new UndoStep(One)]),
        ["to a service"] = (Serving, new Transfer(One, new(Service: Residence)), [new UndoStep(One)]),
        ["to a counter"] = (Serving, new Transfer(One, new(Counter: Three)), [new UndoStep(One)]),
        ["to a clerk"] = (() => Serving().And(Opened(Three), new ClerkLoggedIn(Three, new("bert"), null, Now)),
            new Transfer(One, new(Clerk: new("bert"))), [new UndoStep(One)]),
        ["to an area"] = (Serving, new Transfer(One, Upstairs),
            [new UndoStep(One), new CloseWithdrawal(Id(1), TransferState.Rejected, 1)]),
        ["another service"] = (Serving, new SwitchService(One, Collection), [new UndoStep(One)]),
        ["another service at once"] = (CalledToOne, new SwitchService(One, Collection), [new UndoStep(One)]),
        // These have an opposite of their own.
        ["an opened counter"] = (Closed, new OpenCounter(One), [new CloseCounter(One)]),
        ["a closed counter"] = (Idle, new CloseCounter(One), [new LogIn(One, Anna)]),
        ["a log-in"] = (Closed, new LogIn(One, Anna), [new CloseCounter(One)]),
        ["a pause"] = (Idle, new SetPresence(One, Presence.Pause), [new SetPresence(One, Presence.Ready)]),
        ["a pause afterwards"] = (Serving, new SetPresence(One, Presence.Pause), [new SetPresence(One, Presence.Ready)]),
        ["a call for help"] = (Idle, new RaiseEmergency(One), [new EndEmergency(One)]),
    };

    public static TheoryData<string> EveryStep => [.. Every.Keys];

    private static string Picture(QueueDay day) => JsonSerializer.Serialize(new
    {
        Tickets = day.Queue.Tickets.Values.OrderBy(t => t.Place).Select(t => t with { Changes = 0, Transfer = null }),
        Counters = new[] { One, Two, Three }.Select(c => day.Queue.At(c) with { Revision = 0, LastStep = null }),
        Waiting = day.Queue.Waiting.Count,
        Emergencies = day.Queue.Emergencies.Keys,
    }, DomainJson.Options);

    [Theory, MemberData(nameof(EveryStep))]
    public void Every_step_is_taken_back_within_ten_seconds(string name)
    {
        var (given, step, back) = Every[name];
        var day = given();
        var before = Picture(day);
        day.Later(minutes: 1).When(step);
        Assert.NotEqual(before, Picture(day));
        day.Later(seconds: 10);
        foreach (var command in back)
        {
            Assert.Null(day.Queue.Decide(command, day.Setting, day.Time).Refusal);
            day.When(command);
        }

        Assert.Equal(before, Picture(day));
    }

    [Theory, MemberData(nameof(EveryStep))]
    public void After_ten_seconds_every_step_stands_and_says_so(string name)
    {
        var (given, step, _) = Every[name];
        var day = given().When(step).Later(seconds: 11).When(new UndoStep(One)).ThenRefused(Refusal.NothingToUndo);
        Assert.NotEqual(Picture(given()), Picture(day));
    }

    [Fact]
    public void No_action_at_a_counter_is_left_out() => Assert.Equal(
        // A recall and an answer to a call for help only show something again.
        [nameof(AcceptEmergency), nameof(EndEmergency), nameof(Recall), nameof(UndoStep)],
        typeof(QueueCommand).GetNestedTypes().Where(t => t.IsSubclassOf(typeof(AtCounter)))
            .Except(Every.Values.Select(e => e.Step.GetType())).Select(t => t.Name).Order());
}
