using Aufruf.Contracts;
using Aufruf.Hub.Offices;
using static Aufruf.Domain.Queues.QueueCommand;

namespace Aufruf.Hub.Gateway;

/// <summary>The queues with calls over several areas: the next one of a counter may wait in another area, and is fetched from there.
/// </summary>
/// <remarks>
/// The press is an entry of the queue where the ticket waits. It asks for the ticket as it was seen.
/// So of two presses one gets it, and the other looks again. The transfer to the counter's queue follows.
/// After a crash the process of transfers finishes it, or brings it back.
/// </remarks>
/// <param name="queues">The queues themselves.</param>
/// <param name="shown">Today's queue of an area as screens show it: it may be a moment old.</param>
public sealed class FurtherQueues(IQueues queues, OfficeDirectory offices, TransferPost post, Func<string, Queue?> shown,
    TimeProvider clock) : IQueues
{
    /// <summary>A try fails only when another press gets the ticket. With few tries, clerks who press at once hear that nobody waits.
    /// </summary>
    private const int Tries = 32;

    /// <summary>After a longer stop of a hub the clerk has gone on.</summary>
    private static readonly TimeSpan Awaited = TimeSpan.FromSeconds(15);

    public Task<QueueView> ViewAsync(QueueKey queue, long atLeast) => queues.ViewAsync(queue, atLeast);

    public async Task<Answer<QueueEvent>> HandleAsync(QueueKey queue, RequestId request, QueueCommand command)
    {
        Answer<QueueEvent>? answer = null;
        if (command is CallNext { Elsewhere: false } or CallTicket { Elsewhere: false } or IgnorePress
            && offices.For(queue) is { Office.Areas.Count: > 1 } setting)
        {
            if (await FetchedBeforeAsync(queue, request, command is AtCounter at ? at.Counter : ((IgnorePress)command).Counter, setting)
                is { } before)
            {
                return before;
            }

            for (var tries = 0; command is AtCounter && tries < Tries && (tries == 0 || answer?.Refusal == Refusal.NotWaiting); tries++)
            {
                answer = await TryFetchAsync(queue, request, (AtCounter)command, setting);
            }
        }

        return answer is null || (command is CallNext { Service: null } && answer.Refusal == Refusal.NotWaiting)
            ? await queues.HandleAsync(queue, request, command) : answer;
    }

    /// <summary>A press that fetched somebody is an entry of the other queue. It may come again late, or after the ticket went home.
    /// </summary>
    private async Task<Answer<QueueEvent>?> FetchedBeforeAsync(QueueKey queue, RequestId request, CounterId counter, Setting setting)
    {
        foreach (var area in setting.Office.Areas.Where(a => a.Id != queue.Area && setting.Office.SeesCalls(a.Id, queue.Area)))
        {
            var from = queue with { Area = area.Id };
            try
            {
                var known = await queues.HandleAsync(from, request, new CallNext(counter) { WaitsElsewhere = true });
                if (known.Events.OfType<QueueEvent.TicketFetched>().Any())
                {
                    return await DeliverAsync(from, queue, known);
                }
            }
            catch (UnreadableStreamException)
            {
                // That area is stopped; all others go on.
            }
        }

        return null;
    }

    /// <returns>Null: the counter's own queue decides. A ticket that no longer waits was taken by a faster press.</returns>
    private async Task<Answer<QueueEvent>?> TryFetchAsync(QueueKey queue, RequestId request, AtCounter press, Setting setting)
    {
        var home = (await queues.ViewAsync(queue)).Queue;
        var others = new List<Queue>();
        foreach (var area in AreasOf(home, press.Counter, setting))
        {
            try
            {
                others.Add((await queues.ViewAsync(queue with { Area = area.Id })).Queue);
            }
            catch (UnreadableStreamException)
            {
                // That area is stopped; all others go on.
            }
        }

        var now = clock.GetUtcNow();
        var further = others.Count == 0 ? default : home.FurtherOf(press, setting, others, now);
        if (further is { Fetched: null, Refusal: null })
        {
            return null;
        }

        // A repeat of a press that the counter's own queue has carried out fetches nobody.
        var before = await queues.HandleAsync(queue, request, press with { WaitsElsewhere = true });
        if (before.Refusal != Refusal.NobodyWaiting || before.Events.Count > 0)
        {
            return before;
        }

        if (further.Fetched is not { } fetched)
        {
            return before with { Refusal = further.Refusal };
        }

        var ticket = fetched.Next.Ticket;
        var call = new FetchCall(queue.Area, press.Counter, home.At(press.Counter).Revision, request, fetched.Next.Why, press.By,
            press.ByButton, press is CallNext next ? next.Became : ((CallTicket)press).Became, press.NotAfter ?? now + Awaited);
        return await DeliverAsync(fetched.Queue.Key, queue,
            await queues.HandleAsync(fetched.Queue.Key, request, new Fetch(ticket.Id, ticket.Changes, call)));
    }

    /// <summary>Areas of the work profile are always asked. Others are when they keep a ticket for the clerk.</summary>
    private IEnumerable<WaitingArea> AreasOf(Queue home, CounterId counter, Setting setting) =>
        from area in home.FurtherAreas(counter, setting)
        where setting.Area.Profile(home.At(counter).Profile)?.Further.Any(further => further.Area == area.Id) is true
            || (home.At(counter).Clerk is { } clerk && shown($"{setting.Office.Key}.{area.Id}")?.KeepsFor(clerk) is true)
        select area;

    /// <param name="fetched">The answer of the queue where the ticket waits, also when it is given again.</param>
    private async Task<Answer<QueueEvent>> DeliverAsync(QueueKey from, QueueKey to, Answer<QueueEvent> fetched)
    {
        if (fetched.Events.OfType<QueueEvent.TicketFetched>().FirstOrDefault() is not { Ticket: var id })
        {
            return fetched;
        }

        var there = (await queues.ViewAsync(from, fetched.Version)).Queue;
        if (there.OpenOffers.FirstOrDefault(open => open.Offer.Ticket == id) is { Offer: { } offer })
        {
            return await post.OfferAsync(from, to.Area, offer);
        }

        // The process of transfers was faster, or this is a repeat: the counter's queue shows what became of it.
        var view = await queues.ViewAsync(to);
        return new(view.Version, fetched.Events,
            there.Tickets[id].Transfer is { State: TransferState.Accepted } ? null : Refusal.StaleFace);
    }
}
