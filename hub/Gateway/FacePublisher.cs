using Aufruf.Edge.Protocol;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Push;

namespace Aufruf.Hub.Gateway;

/// <summary>Publishes the faces of one area's signs and lamps: a retained state per device, sent again at start.</summary>
/// <remarks>A call shows at once. A new number of waiting tickets is published once a second at most.</remarks>
public sealed class FacePublisher(AreaFeed feed, OfficeDirectory offices, IDeviceLink link, TimeProvider clock, LimitedLog log)
    : HeldScreen(feed, clock, log)
{
    private readonly Dictionary<string, Face> _published = [];

    protected override async Task ShowAsync(AreaState? shown, AreaState now)
    {
        if (offices.FindArea(Feed.Area) is not var (office, area))
        {
            return;
        }

        if (shown is null)
        {
            _published.Clear();
        }

        var (due, held) = (IsDue, false);
        foreach (var device in office.Devices)
        {
            if (device.Counter is not { } id || area.Counter(id) is not { } counter)
            {
                continue;
            }

            var before = _published.GetValueOrDefault(device.Id);
            if (!due && before?.Rev == now.Queue.At(id).Revision && before.Counter == counter.Label)
            {
                held = true; // Nothing has happened at this counter.
                continue;
            }

            var face = FaceOf(now.Queue, area, counter, Clock.GetUtcNow());
            if (before is null || face with { At = before.At } != before)
            {
                await link.PublishAsync(Topics.Device(office.Key, device.Id, Topics.Face), face, ProtocolJson.Default.Face, retain: true);
                _published[device.Id] = face;
            }
        }

        if (held)
        {
            Hold();
        }
        else
        {
            Showed();
        }
    }

    internal static Face FaceOf(Queue queue, WaitingArea area, Counter counter, DateTimeOffset at)
    {
        var (state, visit) = (queue.At(counter.Id), queue.VisitAt(counter.Id));
        var shown = visit?.State switch
        {
            TicketState.Called => FaceState.Called,
            TicketState.Serving => FaceState.Serving,
            _ => state.Open ? FaceState.Idle : FaceState.Closed,
        };
        return new(1, state.Revision, counter.Label, shown, visit?.Number.ToString(), visit?.Calls ?? 0,
            queue.Waiting.CountOf(service => area.MayCall(counter, service)), at);
    }
}
