using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Grains.Journal;
using Aufruf.Grains.Subscriptions;

namespace Aufruf.Hub.Cases;

/// <summary>Sends the commands that follow from the course of a case.</summary>
internal abstract class CaseFollowUp(string name, IGrainFactory grains, FollowUpNeeds needs, ILogger log, params IEnumerable<string> events)
    : FollowUp(name, CitizenCase.StreamKind, needs, log, events)
{
    protected IGrainFactory Grains => grains;

    protected ICaseGrain CaseOf(JournalEntry entry) => grains.GetGrain<ICaseGrain>(entry.Stream);
}
