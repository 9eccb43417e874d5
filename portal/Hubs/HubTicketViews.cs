using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Queues;

namespace Aufruf.Portal.Hubs;

/// <summary>Asks a hub for tickets.</summary>
internal sealed class HubTicketViews(HubLink hubs) : ITicketViews
{
    public Task<TicketView?> FindAsync(string queue, string code) => AskAsync(queue, pages => pages.FindAsync(queue, code));

    public Task<GivenBack?> GiveBackAsync(string queue, string code, RequestId request) =>
        AskAsync(queue, pages => pages.GiveBackAsync(queue, code, request));

    private async Task<T?> AskAsync<T>(string queue, Func<ITicketPagesGrain, Task<T?>> ask) where T : class =>
        QueueKey.TryParse(queue, out var key) ? await hubs.AskAsync(key.Value.Authority, ask) : null;
}
