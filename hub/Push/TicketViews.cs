using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Forecasting;
using Aufruf.Hub.Gateway;

namespace Aufruf.Hub.Push;

/// <summary>Answers the portal inside this hub. Whoever has the code on the slip may see the ticket and give it back.</summary>
internal sealed class TicketViews(IQueues queues, IOfficeFinder offices, IForecasts forecasts, TimeProvider clock) : ITicketViews
{
    // 16 characters today; longer ones are not even looked for.
    private const int LongestCode = 40;

    /// <summary>A ticket where it is now.</summary>
    private sealed record Place(Office Office, WaitingArea Area, Queue Queue, Ticket Ticket);

    public async Task<TicketView?> FindAsync(string queue, string code) => await LocateAsync(queue, code) is { } place ? PictureOf(place) : null;

    public async Task<GivenBack?> GiveBackAsync(string queue, string code, RequestId request)
    {
        if (await LocateAsync(queue, code) is not { } place)
        {
            return null;
        }

        var answer = await queues.HandleAsync(place.Queue.Key, request, new QueueCommand.Cancel(place.Ticket.Id));
        var after = (await queues.ViewAsync(place.Queue.Key, answer.Version)).Queue;
        return new(PictureOf(place with { Queue = after, Ticket = after.Tickets[place.Ticket.Id] }), answer.Refusal);
    }

    private TicketView PictureOf(Place place) => TicketPicture.Of(
        place.Office, place.Area, place.Queue, place.Ticket, forecasts.Of(place.Queue.Key.AreaKey)?.PromiseFor(place.Ticket), clock.GetUtcNow(), ScreenTools.Build);

    /// <summary>The ticket in the queue that has it now: one that was sent on keeps its code.</summary>
    private async Task<Place?> LocateAsync(string text, string code)
    {
        if (!QueueKey.TryParse(text, out var taken) || code.Length > LongestCode || offices.FindArea(taken.Value.AreaKey) is not var (office, first)
            || office.Day(clock.GetUtcNow()) != taken.Value.Day)
        {
            return null;
        }

        Place? place = null;
        var (area, hops) = (first, 0);
        while (area is not null && hops++ <= office.Areas.Count)
        {
            var queue = (await queues.ViewAsync(taken.Value with { Area = area.Id })).Queue;
            if (queue.Find(new TicketCode(code)) is not { } ticket)
            {
                break; // It is still on its way there: the area before shows it.
            }

            place = new(office, area, queue, ticket);
            area = ticket is { State: TicketState.Transferred, ToArea: { } to } ? office.Area(to) : null;
        }

        return place;
    }
}
