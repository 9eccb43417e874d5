using System.Diagnostics.CodeAnalysis;
using Aufruf.Hub.Gateway;

namespace Aufruf.Hub.Api;

/// <summary>A citizen who took a ticket at home is at a kiosk of its area. The code of its page, or its number, checks in.</summary>
/// <remarks>A number may be typed by somebody else. The harm is small: that citizen is called, does not come, and can still be put back.
/// </remarks>
internal sealed class HomeArrivals(IQueues queues, TimeProvider clock)
{
    public sealed record Arrival(WaitingArea Area, QueueKey Queue, TicketId Ticket, long Version);

    /// <param name="code">As it was typed or scanned.</param>
    /// <returns>Neither arrival nor refusal: no ticket from home has this code.</returns>
    public async Task<(Arrival? Arrival, Refusal? Refusal)> ComeInAsync(Office office, Kiosk kiosk, string code, RequestId request)
    {
        var typed = new string([.. code.Where(char.IsAsciiLetterOrDigit)]).ToUpperInvariant();
        foreach (var area in kiosk.Areas.Select(office.Area).OfType<WaitingArea>())
        {
            var key = office.QueueOf(area, clock.GetUtcNow());
            if (Find((await queues.ViewAsync(key)).Queue, typed) is { } ticket)
            {
                var answer = await queues.HandleAsync(key, request, new QueueCommand.ComeIn(ticket.Id));
                return answer.Refusal is { } refusal ? (null, refusal) : (new(area, key, ticket.Id, answer.Version), null);
            }
        }

        return (null, null);
    }

    /// <summary>A number belongs to one living ticket. A lapsed one is found, too, so that its citizen learns it.</summary>
    [SuppressMessage("Globalization", "CA1308", Justification = "The codes of tickets are in lower case.")]
    private static Ticket? Find(Queue queue, string typed) =>
        queue.Find(new TicketCode(typed.ToLowerInvariant())) is { Home: not null } known ? known
        : !TicketNumber.TryParse(typed, out var number) ? null
        : queue.Tickets.Values.Where(t => t.Home is not null && t.Number == number && (t.Alive || t.State is TicketState.Lapsed))
            .OrderByDescending(t => t.Alive).ThenByDescending(t => t.Place).FirstOrDefault();
}
