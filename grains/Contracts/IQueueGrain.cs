using Aufruf.Domain;
using Aufruf.Domain.Queues;

namespace Aufruf.Contracts;

/// <summary>Key: waiting area and day, "alsdorf.rathaus.erdgeschoss.2026-11-23".</summary>
public interface IQueueGrain : IGrainWithStringKey
{
    /// <summary>Carries out a command once per request: a repeat gives the same answer.</summary>
    /// <exception cref="JournalUnavailableException">Whether it was recorded is unknown: repeat it with the same request id.</exception>
    Task<Answer<QueueEvent>> Handle(RequestId request, QueueCommand command);

    /// <summary>The whole queue, as of its last durable entry.</summary>
    /// <param name="atLeast">The version of an answer that the caller has. The view is not older, whichever activation answers.</param>
    Task<QueueView> View(long atLeast = 0);
}

/// <summary>A queue and the journal version it stands at.</summary>
public sealed record QueueView(long Version, Queue Queue);
