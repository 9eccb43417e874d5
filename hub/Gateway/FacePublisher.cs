using System.Text.Json;
using Aufruf.Domain.Offices;
using Aufruf.Edge.Protocol;
using Aufruf.Hub.Push;

namespace Aufruf.Hub.Gateway;

/// <summary>Keeps the signs and lamps of one area in step with its queue: retained state per device, published again at start.</summary>
/// <remarks>A call shows at once. How many wait changes with every ticket; that alone is published once a second at most.</remarks>
public sealed class FacePublisher(AreaFeed feed, IOfficeFinder offices, IDeviceLink link, TimeProvider clock, ILogger log) : HeldScreen(feed, clock, log)
{
    private readonly Dictionary<string, Face> _published = [];
    private Office? _office;
    private (string Topic, Counter Counter)[] _signs = [];

    protected override Task SendWholeAsync(AreaState now)
    {
        _published.Clear();
        return SendChangeAsync(now, now);
    }

    protected override async Task<bool> SendChangeAsync(AreaState shown, AreaState now)
    {
        if (offices.FindArea(Feed.Area) is not var (office, area))
        {
            return true;
        }

        if (!ReferenceEquals(office, _office)) // A change of configuration makes a new one.
        {
            (_office, _signs) = (office, SignsOf(office, area));
        }

        var (due, held) = (IsDue, false);
        foreach (var (topic, counter) in _signs)
        {
            var before = _published.GetValueOrDefault(topic);
            if (before?.Rev == now.Queue.At(counter.Id).Revision && before.Counter == counter.Label && !due)
            {
                held = true; // Nothing has happened at this counter; who waits can wait.
                continue;
            }

            var face = Translation.FaceOf(now.Queue, area, counter, Clock.GetUtcNow());
            if (before is null || face with { At = before.At } != before)
            {
                await link.PublishAsync(topic, JsonSerializer.SerializeToUtf8Bytes(face, ProtocolJson.Default.Face), retain: true);
                _published[topic] = face;
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

        return true;
    }

    private static (string Topic, Counter Counter)[] SignsOf(Office office, WaitingArea area) =>
    [
        .. from device in office.Devices
           join counter in area.Counters on device.Counter equals counter.Id
           select (Topics.Device(office.Key, device.Id, Topics.Face), counter),
    ];

    protected override async Task SendAsideAsync()
    {
        if (Feed.Now is { } now)
        {
            await SendChangeAsync(now, now);
        }
    }
}
