using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Grains;
using Aufruf.Hub.Forecasting;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Push;

/// <summary>Answers the portal inside this hub. The code on the slip is the right to see the ticket and to cancel it.</summary>
internal sealed class TicketViews(IQueues queues, OfficeDirectory offices, IForecasts forecasts, NewTicketCode newCode, Vault vault,
    TimeProvider clock)
    : ITicketViews
{
    // A code has 16 characters today.
    private const int LongestCode = 40;

    /// <summary>A ticket where it is now.</summary>
    private sealed record Place(Office Office, WaitingArea Area, Queue Queue, Ticket Ticket);

    public async Task<TicketView?> FindAsync(string queue, string code) =>
        await LocateAsync(queue, code) is { } place ? await PictureOfAsync(place) : null;

    public async Task<TakenAtHome> TakeAtHomeAsync(string office, ServiceId service, string language, RequestId request)
    {
        if (offices.Find(office) is not { } found || found.Service(service) is not var (area, _))
        {
            return new(null, Refusal.UnknownService, null);
        }

        var (key, ticket) = (found.QueueOf(area, clock.GetUtcNow()), new TicketId(request.Value));
        var answer = await queues.HandleAsync(key, request, new QueueCommand.TakeAtHome(ticket, newCode(), service,
            found.Languages.Contains(language) ? language : found.Languages[0])
        {
            Wait = forecasts.Of(key.AreaKey)?.ForNew(service),
        });
        var queue = (await queues.ViewAsync(key, answer.Version)).Queue;
        return answer.Refusal is { } refusal
            ? new(null, refusal, OfficePages.AgainAt(found, queue, refusal, clock.GetUtcNow()))
            : new($"/t/{key}/{queue.Tickets[ticket].Code.Value}", null, null);
    }

    public async Task<TicketAnswer?> ComeInAsync(string queue, string code, RequestId request) =>
        await LocateAsync(queue, code) is not { } place ? null
        : place.Area.HomeTickets is not { CheckInByPhone: true } ? new(await PictureOfAsync(place), Refusal.CheckInByPhoneOff)
        : await StepAsync(place, request, new QueueCommand.ComeIn(place.Ticket.Id));

    public async Task<TicketAnswer?> GiveBackAsync(string queue, string code, RequestId request) =>
        await LocateAsync(queue, code) is { } place ? await StepAsync(place, request, new QueueCommand.Cancel(place.Ticket.Id)) : null;

    private async Task<TicketAnswer> StepAsync(Place place, RequestId request, QueueCommand command)
    {
        var answer = await queues.HandleAsync(place.Queue.Key, request, command);
        var after = (await queues.ViewAsync(place.Queue.Key, answer.Version)).Queue;
        return new(await PictureOfAsync(place with { Queue = after, Ticket = after.Tickets[place.Ticket.Id] }), answer.Refusal);
    }

    private async Task<TicketView> PictureOfAsync(Place place)
    {
        var (queue, ticket) = (place.Queue.Key, place.Ticket);
        var notice = await vault.OpenAsync(Subject.Of(queue), SealedPlaces.Notice(ticket.Id), ticket.Notice?.Text);
        return TicketScreen.PictureOf(place.Office, place.Area, place.Queue, ticket, forecasts.Of(queue.AreaKey)?.PromiseFor(ticket),
            clock.GetUtcNow(), ScreenTools.Build, notice);
    }

    /// <summary>The ticket in the queue that has it now: a transferred ticket keeps its code.</summary>
    private async Task<Place?> LocateAsync(string text, string code)
    {
        if (!QueueKey.TryParse(text, out var taken) || code.Length > LongestCode
            || offices.FindArea(taken.Value.AreaKey) is not var (office, first) || office.Day(clock.GetUtcNow()) != taken.Value.Day)
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
                break; // It has not arrived there yet: the area before shows it.
            }

            place = new(office, area, queue, ticket);
            area = ticket is { State: TicketState.Transferred, ToArea: { } to } ? office.Area(to) : null;
        }

        return place;
    }
}
