using System.Diagnostics.CodeAnalysis;
using Aufruf.Hub.Gateway;

namespace Aufruf.Hub.Api;

/// <summary>A citizen who took a ticket at home is at a kiosk of its area. The code of its page, or its number, checks in.</summary>
/// <remarks>A number may be typed by somebody else. The harm is small: that citizen is called, does not come, and can still be put back.
/// So a number gives no slip and no code of the ticket.</remarks>
internal sealed class HomeArrivals(IQueues queues, TimeProvider clock)
{
    /// <param name="ByNumber">Anybody can read a number on the board.</param>
    public sealed record Arrival(WaitingArea Area, QueueKey Queue, TicketId Ticket, long Version, bool ByNumber);

    /// <param name="code">As it was typed or scanned.</param>
    /// <returns>Neither arrival nor refusal: no ticket from home has this code.</returns>
    public async Task<(Arrival? Arrival, Refusal? Refusal)> ComeInAsync(Office office, Kiosk kiosk, string code, RequestId request)
    {
        var typed = new string([.. code.Where(char.IsAsciiLetterOrDigit)]).ToUpperInvariant();
        var areas = new List<(WaitingArea Area, Queue Queue)>();
        foreach (var area in kiosk.Areas.Select(office.Area).OfType<WaitingArea>())
        {
            areas.Add((area, (await queues.ViewAsync(office.QueueOf(area, clock.GetUtcNow()))).Queue));
        }

        if (Find(areas, typed) is not var (at, ticket, byNumber))
        {
            return (null, null);
        }

        var key = office.QueueOf(at, clock.GetUtcNow());
        var answer = await queues.HandleAsync(key, request, new QueueCommand.ComeIn(ticket.Id));
        return answer.Refusal is { } refusal ? (null, refusal) : (new(at, key, ticket.Id, answer.Version, byNumber), null);
    }

    /// <summary>A code belongs to one ticket. Areas may share letters: of two living tickets with one number, none is checked in. A lapsed
    /// one is found, too, so that its citizen learns it.</summary>
    [SuppressMessage("Globalization", "CA1308", Justification = "The codes of tickets are in lower case.")]
    private static (WaitingArea Area, Ticket Ticket, bool ByNumber)? Find(List<(WaitingArea Area, Queue Queue)> areas, string typed)
    {
        foreach (var (area, queue) in areas)
        {
            if (queue.Find(new TicketCode(typed.ToLowerInvariant())) is { Home: not null } known)
            {
                return (area, known, false);
            }
        }

        if (!TicketNumber.TryParse(typed, out var number))
        {
            return null;
        }

        var all = areas.SelectMany(area => area.Queue.Tickets.Values.Where(t => t.Home is not null && t.Number == number)
            .Select(ticket => (area.Area, Ticket: ticket, ByNumber: true))).ToArray();
        var living = all.Where(found => found.Ticket.Alive).ToArray();
        return living.Length == 1 ? living[0] : living.Length > 1 ? null
            : all.Where(found => found.Ticket.State is TicketState.Lapsed).OrderByDescending(found => found.Ticket.Place)
                .Select(found => ((WaitingArea, Ticket, bool)?)found).FirstOrDefault();
    }
}
