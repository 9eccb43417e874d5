using System.Text.Json;
using Aufruf.Domain.Queues;
using Aufruf.Edge.Protocol;
using Aufruf.Hub.Push;
using BoardCall = Aufruf.Edge.Protocol.BoardCall;

namespace Aufruf.Hub.Gateway;

/// <summary>The last calls of one area as a retained message, once a second at most, for boards that fall back to MQTT.</summary>
internal sealed class BoardMirror(AreaFeed feed, IOfficeFinder offices, IDeviceLink link, TimeProvider clock, ILogger log) : HeldScreen(feed, clock, log)
{
    private const int Calls = 10;
    private IReadOnlyList<BoardCall>? _published;

    protected override Task SendWholeAsync(AreaState now)
    {
        _published = null;
        return SendChangeAsync(now, now);
    }

    protected override async Task<bool> SendChangeAsync(AreaState shown, AreaState now)
    {
        if (!IsDue)
        {
            Hold();
        }
        else if (CallsOf(now.Queue) is var calls && (_published is null || !calls.SequenceEqual(_published)) && offices.FindArea(Feed.Area) is var (office, area))
        {
            await link.PublishAsync(Topics.Board(office.Key, area.Id),
                JsonSerializer.SerializeToUtf8Bytes(new BoardCalls(1, area.Id, now.Version, Clock.GetUtcNow(), calls), ProtocolJson.Default.BoardCalls), retain: true);
            _published = calls;
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

    private static BoardCall[] CallsOf(Queue queue) => [.. queue.Counters.Keys
        .Select(queue.VisitAt).OfType<Ticket>()
        .OrderByDescending(t => t.LastCallAt).Take(Calls)
        .Select(t => new BoardCall(t.Number.ToString(), t.Counter!.Value.Value, t.LastCallAt!.Value))];
}
