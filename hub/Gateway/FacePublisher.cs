using System.Text.Json;
using Aufruf.Domain.Offices;
using Aufruf.Edge.Protocol;
using Aufruf.Hub.Push;

namespace Aufruf.Hub.Gateway;

/// <summary>Keeps the signs and lamps of one area in step with its queue: retained state per device, published again at start.</summary>
public sealed class FacePublisher(AreaFeed feed, IOfficeFinder offices, IDeviceLink link, TimeProvider clock, ILogger log) : Screen(feed, log)
{
    // How many wait changes with every ticket; a lamp need not follow faster than the eye.
    private static readonly TimeSpan WaitingPause = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, Face> _published = [];
    private long _publishedAt;
    private ITimer? _later;

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

        var dueWaiting = clock.GetElapsedTime(_publishedAt) >= WaitingPause;
        var held = false;
        foreach (var device in office.Devices)
        {
            if (device.Counter is not { } id || area.Counter(id) is not { } counter)
            {
                continue;
            }

            var face = Translation.FaceOf(now.Queue, area, counter, clock.GetUtcNow());
            var before = _published.GetValueOrDefault(device.Id);
            if (before is not null && Same(before, face))
            {
                continue;
            }

            if (before is not null && Same(before with { Waiting = face.Waiting }, face) && !dueWaiting)
            {
                held = true;
                continue;
            }

            await PublishAsync(office, device, face);
        }

        if (held)
        {
            WakeLater();
        }
        else if (dueWaiting)
        {
            _publishedAt = clock.GetTimestamp();
        }

        return true;
    }

    private async Task PublishAsync(Office office, Device device, Face face)
    {
        var topic = Topics.Device(office.Key, device.Id, Topics.Face);
        await link.PublishAsync(topic, JsonSerializer.SerializeToUtf8Bytes(face, ProtocolJson.Default.Face), retain: true);
        _published[device.Id] = face;
    }

    private void WakeLater()
    {
        _later ??= clock.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _later.Change(WaitingPause, Timeout.InfiniteTimeSpan);
    }

    protected override async Task SendAsideAsync()
    {
        if (Feed.Now is { } now)
        {
            await SendChangeAsync(now, now);
        }
    }

    private static bool Same(Face a, Face b) => a with { At = b.At } == b;
}
