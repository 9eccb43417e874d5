using Aufruf.Domain;
using Aufruf.Domain.Queues;

namespace Aufruf.Contracts;

/// <summary>Key: waiting area and day, "alsdorf.rathaus.erdgeschoss.2026-11-23".</summary>
public interface IQueueGrain : IGrainWithStringKey
{
    /// <summary>Carries out a wish once per request: a repeat gives the same answer.</summary>
    /// <exception cref="JournalUnavailableException">Nothing can be written now; whether this wish was is unknown. Repeat it with the same request id.</exception>
    Task<Answer<QueueEvent>> Handle(RequestId request, QueueCommand command);

    /// <summary>The whole queue, as of its last durable entry.</summary>
    /// <param name="atLeast">The version of an answer the caller has: what it was told is in the view, whichever activation answers.</param>
    Task<QueueView> View(long atLeast = 0);
}

/// <summary>A queue and the journal version it stands at.</summary>
public sealed record QueueView(long Version, Queue Queue);
