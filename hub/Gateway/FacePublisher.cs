using System.Text.Json;
using Aufruf.Edge.Protocol;
using Aufruf.Hub.Push;

namespace Aufruf.Hub.Gateway;

/// <summary>Keeps the signs and lamps of one area in step with its queue: retained state per device, published again at start.</summary>
/// <remarks>A call shows at once. How many wait changes with every ticket; that alone is published once a second at most.</remarks>
public sealed class FacePublisher(AreaFeed feed, IOfficeFinder offices, IDeviceLink link, TimeProvider clock, ILogger log) : HeldScreen(feed, clock, log)
{
    private readonly Dictionary<string, Face> _published = [];

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

        var (due, held) = (IsDue, false);
        foreach (var device in office.Devices)
        {
            if (device.Counter is not { } id || area.Counter(id) is not { } counter)
            {
                continue;
            }

            var before = _published.GetValueOrDefault(device.Id);
            if (before?.Rev == now.Queue.At(id).Revision && before.Counter == counter.Label && !due)
            {
                held = true; // Nothing has happened at this counter; who waits can wait.
                continue;
            }

            var face = Translation.FaceOf(now.Queue, area, counter, Clock.GetUtcNow());
            if (before is null || face with { At = before.At } != before)
            {
                await link.PublishAsync(Topics.Device(office.Key, device.Id, Topics.Face), JsonSerializer.SerializeToUtf8Bytes(face, ProtocolJson.Default.Face), retain: true);
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

        return true;
    }

    protected override async Task SendAsideAsync()
    {
        if (Feed.Now is { } now)
        {
            await SendChangeAsync(now, now);
        }
    }
}
