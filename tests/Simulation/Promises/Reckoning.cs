using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Edge.Protocol;
using Aufruf.Grains.Journal;
using Aufruf.Simulation.Hub;
using Aufruf.Simulation.Screens;

namespace Aufruf.Simulation.Promises;

/// <summary>The end of the day: the network is whole and all messages have arrived. Now all states must agree.</summary>
internal static class Reckoning
{
    public static async Task HoldAsync(World world, IReadOnlyList<BoardModel> boards, IReadOnlyList<DeskModel> desks)
    {
        world.Witness.CheckAtTheEnd();
        foreach (var board in boards)
        {
            board.CheckAtTheEnd(Day.QueueOf(world, board.Area));
        }

        foreach (var desk in desks)
        {
            desk.CheckAtTheEnd(Day.QueueOf(world, desk.Area));
        }

        world.DueList.CheckAtTheEnd();
        CheckFaces(world);
        var report = await JournalAudit.VerifyAsync(new SimulatedJournal(world), CancellationToken.None);
        world.Promise(report.Fault is null, () => $"The journal's chain is broken: {report.Fault}");
        await CheckRepeatsAsync(world);
        await EndAsync(world);
        await ReportsCheck.HoldAsync(world);
    }

    /// <summary>The day ends, and every ticket has one final state in one area.</summary>
    private static async Task EndAsync(World world)
    {
        foreach (var key in world.Truth.Queues.ToList())
        {
            await world.Cluster.Some()!.Reach.HandleAsync(key, new RequestId(world.Chance.NewGuid()), new QueueCommand.EndDay());
            world.Promise(world.Truth.At(key, world.Truth.LastOf(key))!.Queue.Ended, () => $"{key} did not end.");
        }

        foreach (var ticket in world.Truth.Last.SelectMany(v => v.Queue.Tickets.Values).GroupBy(t => t.Id))
        {
            world.Promise(ticket.Count(t => t.State is not TicketState.Transferred) == 1,
                () => $"{ticket.First().Number} ended {string.Join(
                    " and ", ticket.Select(t => t.State))}: no ticket is lost between two areas, and none is in both.");
        }
    }

    /// <summary>Every request of the day, sent again, gets the same answer.</summary>
    private static async Task CheckRepeatsAsync(World world)
    {
        if (world.Cluster.Machines.FirstOrDefault(machine => machine.Now is null) is { } machine)
        {
            world.Break($"{machine.Name} is not up at the end of the day.");
            return;
        }

        foreach (var (request, (queue, version, entry)) in world.Truth.Entries.ToList())
        {
            var answer = await world.Cluster.Some()!.Reach.HandleAsync(
                queue, request, new QueueCommand.IgnoreTicket(new ServiceId("repeat"), Refusal.TooLate));
            world.Promise(answer.Version == version && answer.Refusal == entry.Refusal && Text(answer.Events) == Text(entry.Events),
                () => $"Request {request} was answered with version {version} first and {answer.Version} later.");
        }
    }

    private static string Text(IReadOnlyList<QueueEvent> events) => JsonSerializer.Serialize(events, DomainJson.Options);

    private static void CheckFaces(World world)
    {
        foreach (var device in world.Devices.Where(d => !d.IsPrinter))
        {
            var (area, counter) = world.Office.Counter(device.Counter!.Value)!.Value;
            var key = world.Office.QueueOf(area, world.Clock.Now);
            var truth = world.Truth.At(key, world.Truth.LastOf(key))!;
            var state = truth.Queue.At(counter.Id);
            var visit = truth.VisitAt(counter.Id);
            var expected = new Face(1, state.Revision, counter.Label,
                visit?.State switch
                {
                    TicketState.Called => FaceState.Called,
                    TicketState.Serving => FaceState.Serving,
                    _ =>
                    state.Open ? FaceState.Idle : FaceState.Closed
                },
                visit?.Number.ToString(), visit?.Calls ?? 0, truth.WaitingFor(area, counter), default);
            foreach (var hub in world.Cluster.Up)
            {
                var retained = hub.Retained(Limits.FaceTopic(world.Office.Key, device.Id)) is { } bytes
                    ? JsonSerializer.Deserialize(bytes, ProtocolJson.Default.Face) : null;
                world.Promise(retained is not null && retained with { At = default } == expected, () =>
                    $"The broker of {hub.Machine.Name} keeps {retained} for {device.Id}; true is {expected}.");
            }

            world.Promise(device.Core?.Face is { } face && face with { At = default } == expected, () =>
                $"{device.Id} shows {device.Core?.Face}; true is {expected}.");
        }
    }
}
