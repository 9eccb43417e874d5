using System.Security.Cryptography;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Queues;

namespace Aufruf.Hub.Gateway;

/// <summary>Queues as grains.</summary>
internal sealed class GrainQueues(IGrainFactory grains) : IQueues
{
    public Task<Answer<QueueEvent>> HandleAsync(QueueKey queue, RequestId request, QueueCommand command) =>
        grains.GetGrain<IQueueGrain>(queue.ToString()).Handle(request, command);

    public Task<QueueView> ViewAsync(QueueKey queue, long atLeast) => grains.GetGrain<IQueueGrain>(queue.ToString()).View(atLeast);
}

/// <summary>Secrets from the operating system's random numbers.</summary>
internal sealed class RandomSecrets : ISecrets
{
    // Crockford's alphabet: nothing that can be misread or spell a word.
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public string NewTicketCode() => RandomNumberGenerator.GetString(Alphabet, 16);
}
