using System.Text.Json;
using Aufruf.Domain.Queues;
using Aufruf.Edge.Protocol;
using Aufruf.Hub.Push;
using BoardCall = Aufruf.Edge.Protocol.BoardCall;

namespace Aufruf.Hub.Gateway;

/// <summary>The last calls of one area as a retained message, for boards that fall back to MQTT.</summary>
internal sealed class BoardMirror(AreaFeed feed, IOfficeFinder offices, IDeviceLink link, TimeProvider clock, ILogger log) : Screen(feed, log)
{
    private const int Calls = 10;
    private IReadOnlyList<BoardCall> _published = [];

    protected override async Task SendWholeAsync(AreaState now)
    {
        if (offices.FindArea(Feed.Area) is not var (office, area))
        {
            return;
        }

        _published = CallsOf(now.Queue);
        await link.PublishAsync(Topics.Board(office.Key, area.Id),
            JsonSerializer.SerializeToUtf8Bytes(new BoardCalls(1, area.Id, now.Version, clock.GetUtcNow(), _published), ProtocolJson.Default.BoardCalls), retain: true);
    }

    protected override async Task<bool> SendChangeAsync(AreaState shown, AreaState now)
    {
        if (!CallsOf(now.Queue).SequenceEqual(_published))
        {
            await SendWholeAsync(now);
        }

        return true;
    }

    private static BoardCall[] CallsOf(Queue queue) => [.. queue.Counters.Keys
        .Select(queue.VisitAt).OfType<Ticket>()
        .OrderByDescending(t => t.LastCallAt).Take(Calls)
        .Select(t => new BoardCall(t.Number.ToString(), t.Counter!.Value.Value, t.LastCallAt!.Value))];
}
