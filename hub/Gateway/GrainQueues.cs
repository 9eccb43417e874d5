using System.Collections.Concurrent;
using System.Security.Cryptography;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Queues;

namespace Aufruf.Hub.Gateway;

/// <summary>Queues as grains.</summary>
internal sealed class GrainQueues(IGrainFactory grains) : IQueues
{
    // A region of 500 areas fills this in half a month; then the addresses of past days are forgotten with the others.
    private const int Remembered = 8192;

    private readonly ConcurrentDictionary<QueueKey, IQueueGrain> _addresses = new();

    public Task<Answer<QueueEvent>> HandleAsync(QueueKey queue, RequestId request, QueueCommand command) => Of(queue).Handle(request, command);

    public Task<QueueView> ViewAsync(QueueKey queue, long atLeast) => Of(queue).View(atLeast);

    private IQueueGrain Of(QueueKey queue)
    {
        if (_addresses.TryGetValue(queue, out var known))
        {
            return known;
        }

        if (_addresses.Count >= Remembered)
        {
            _addresses.Clear();
        }

        return _addresses[queue] = grains.GetGrain<IQueueGrain>(queue.ToString());
    }
}

/// <summary>Secrets from the operating system's random numbers.</summary>
internal sealed class RandomSecrets : ISecrets
{
    // Crockford's alphabet: nothing that can be misread or spell a word.
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public string NewTicketCode() => RandomNumberGenerator.GetString(Alphabet, 16);
}
