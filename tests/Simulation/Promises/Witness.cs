using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Queues;
using Aufruf.Edge.Protocol;
using Aufruf.Simulation.Devices;

namespace Aufruf.Simulation.Promises;

/// <summary>Records with true times: the presses, the answers to people and devices, and the printed slips.</summary>
internal sealed class Witness(World world)
{
    private sealed class Press(SimulatedDevice device, DeviceEvent happened, DateTimeOffset at, long? seen)
    {
        public SimulatedDevice Device { get; } = device;
        public DeviceEvent Event { get; } = happened;
        public DateTimeOffset At { get; } = at;
        public long? Seen { get; } = seen;
        public int Run { get; } = device.Run;
        public DateTimeOffset AnsweredAt { get; set; }
        public EventAnswer? Answer { get; set; }
        public int AnsweredInRun { get; set; }
    }

    private sealed record Outcome(bool IsAccepted, bool MayChangeNothing);

    private readonly Dictionary<Guid, Press> _presses = [];
    private readonly Dictionary<Guid, Outcome?> _requests = [];
    private readonly Dictionary<Guid, string> _printed = [];

    /// <summary>How many requests of desks and kiosks have no answer yet.</summary>
    public int OpenRequests { get; private set; }

    /// <summary>A device has written an event to its disk: from now on it must not be lost.</summary>
    public void Happened(SimulatedDevice device, DeviceEvent happened)
    {
        world.Tally.Presses++;
        var seen = happened.Type == DeviceEventTypes.ButtonPressed ? happened.Data.Deserialize(ProtocolJson.Default.ButtonPressed)?.Seen
            : null;
        _presses[happened.Id] = new Press(device, happened, world.Clock.Now, seen);
        world.Log($"{device.Id}: {happened.Type} {happened.Id}");
    }

    public void Acked(SimulatedDevice device, EventAck ack)
    {
        foreach (var answer in ack.Answers)
        {
            if (answer.Id is not { } id || !_presses.TryGetValue(id, out var press))
            {
                world.Break($"{device.Id} was answered for an event that never happened: {answer}.");
                return;
            }

            world.Log($"{device.Id}: {answer.Outcome} {answer.Reason} {id}");
            world.Promise(answer.Outcome is not EventOutcome.Malformed, () =>
                $"The hub did not understand {press.Event}: {answer.Reason}.");
            // A device that was switched off before it stored an answer asks again. A refusal may by then be a success.
            world.Promise(press.Answer is null || press.Answer.Outcome == answer.Outcome || press.AnsweredInRun != device.Run,
                () => $"{device.Id} was told {press.Answer!.Outcome} and then {answer.Outcome} for one press, {id}.");
            if (press.Answer?.Outcome is EventOutcome.Accepted && answer.Outcome is EventOutcome.Ignored)
            {
                continue; // Asked again by a later run; the first answer stands.
            }

            (press.Answer, press.AnsweredInRun, press.AnsweredAt) = (answer, device.Run, world.Clock.Now);
        }
    }

    public Guid Requested(string who)
    {
        var id = world.Chance.NewGuid();
        _requests[id] = null;
        OpenRequests++;
        world.Tally.Requests++;
        world.Log($"{who}: requests {id}");
        return id;
    }

    public void Answered(Guid id, bool isAccepted, bool mayChangeNothing)
    {
        _requests[id] = new Outcome(isAccepted, mayChangeNothing);
        OpenRequests--;
        world.Log($"request {id}: {(isAccepted ? "accepted" : "refused")}");
    }

    /// <summary>A request has an effect now. May it have one?</summary>
    public void CarriedOut(Truth.Entry entry, Queue before, DateTimeOffset at)
    {
        var isEffect = entry.Events.Any(e => e is not (QueueEvent.PressIgnored or QueueEvent.TicketIgnored));
        if (_presses.TryGetValue(entry.Request.Value, out var press))
        {
            var age = at - press.At;
            world.Promise(!isEffect || age <= Limits.StalePress + Limits.Unseen, () =>
                $"A press {age.TotalSeconds:0.0} s old was carried out: {press.Event.Type} {entry.Request} of {press.Device.Id}.");
            // A ticket of another area stands there, and the counter's own area compares the revision when it comes.
            var revision = entry.Events[0] is QueueEvent.TicketFetched fetched ? fetched.Call.Seen
                : press.Device.Counter is { } counter ? before.At(counter).Revision : 0;
            world.Promise(!isEffect || press.Seen is not { } seen || revision == seen,
                () => $"A press of {press.Device.Id} was carried out on a face its clerk had not seen.");
        }
        else
        {
            world.Promise(_requests.ContainsKey(entry.Request.Value) || IsTheHubsOwn(entry), () =>
                $"The journal holds request {entry.Request}, which nobody made.");
        }
    }

    /// <summary>The hub itself carries tickets from area to area, and ends the day.</summary>
    private static bool IsTheHubsOwn(Truth.Entry entry) => entry.Events[^1] is QueueEvent.DayEnded || entry.Events[0]
        is QueueEvent.TransferAccepted or QueueEvent.TransferRejected or QueueEvent.TransferClosed
        or QueueEvent.TransferReleased;

    public void Printed(SimulatedDevice printer, Guid command, Slip slip)
    {
        world.Tally.Slips++;
        world.Log($"{printer.Id}: prints {slip.Number}{(slip.Copy ? " (copy)" : "")}");
        world.Promise(_printed.TryAdd(command, slip.Number), () => $"{slip.Number} was printed twice by one command.");
        world.Promise(world.Truth.Ticket(slip.Ticket)?.Number.ToString() == slip.Number, () =>
            $"The slip says {slip.Number}, the journal does not.");
    }

    /// <summary>At the end of the day, every answer must agree with the journal.</summary>
    public void CheckAtTheEnd()
    {
        foreach (var (id, press) in _presses)
        {
            world.Promise(press.Answer is not null, () =>
                $"{press.Event.Type} {id} of {press.Device.Id}, pressed at {press.At:HH:mm:ss}, was never settled.");
            if (press.Answer is not { } answer || press.Event.Type is not (DeviceEventTypes.ButtonPressed or DeviceEventTypes.TicketWanted))
            {
                continue;
            }

            CheckEffect(id, answer.Outcome is EventOutcome.Accepted, $"{press.Device.Id}'s {press.Event.Type}",
                mayFollow: answer.Outcome is EventOutcome.Refused && world.Cluster.Machines.Count > 1);
            // A fetch that the counter's own area turned away stands in the journal of the other one.
            world.Promise(answer.Outcome is not EventOutcome.Ignored || world.Truth.Of(id) is { Refusal.Kind: RefusalKind.Outdated }
                or { Events: [.., QueueEvent.TicketFetched] },
                () => $"Press {id} of {press.Device.Id} was ignored, but nobody wrote that down.");
            // After a minute, or without a working printer, the citizen asks at the reception: the ticket waits, and the slip is not
            // needed.
            if (press.Event.Type == DeviceEventTypes.TicketWanted && answer.Outcome is EventOutcome.Accepted
                && press.AnsweredInRun == press.Run && press.AnsweredAt - press.At < TimeSpan.FromMinutes(1))
            {
                world.Promise(press.Device.Disk.Read().Commands.Any(c => c.Id == id), () =>
                    $"Ticket {world.Truth.Ticket(
                    id)?.Number} was given at {press.Device.Id}, but that printer was never told to print it.");
            }
        }

        foreach (var (id, outcome) in _requests)
        {
            world.Promise(outcome is not null, () => $"Request {id} was never answered.");
            // Opening an open counter, or closing a closed one, succeeds and changes nothing.
            if (outcome is { MayChangeNothing: false })
            {
                CheckEffect(id, outcome.IsAccepted, "A desk's or kiosk's request", mayFollow: world.Cluster.Machines.Count > 1);
            }
        }
    }

    /// <param name="mayFollow">A copy of a refused request may still be on its way in another hub: see "Known holes".</param>
    private void CheckEffect(Guid id, bool isAccepted, string who, bool mayFollow)
    {
        var entry = world.Truth.Of(id);
        var hasEffect = entry is not null
            && entry.Events.Any(
            e => e is not (QueueEvent.PressIgnored or QueueEvent.TicketIgnored or QueueEvent.CounterOpened or QueueEvent.ClerkLoggedIn
                or QueueEvent.PresenceChanged { Presence: Presence.Ready }));
        world.Promise(!isAccepted || (hasEffect && entry!.Refusal is null), () =>
            $"{who} {id} was acknowledged as done and is not in the journal.");
        // The other area may refuse a withdrawal or a fetch that stands in the journal.
        world.Promise(isAccepted || !hasEffect || mayFollow
            || entry!.Events[^1] is QueueEvent.TransferWithdrawn or QueueEvent.TicketFetched, () =>
            $"{who} {id} was told no, and yet: {string.Join(", ", entry!.Events.Select(e => e.GetType().Name))}.");
    }
}
