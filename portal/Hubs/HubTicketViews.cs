using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Queues;

namespace Aufruf.Portal.Hubs;

/// <summary>Asks a hub for tickets.</summary>
internal sealed class HubTicketViews(HubLink hubs) : ITicketViews
{
    public Task<TicketView?> FindAsync(string queue, string code) => AskAsync(queue, pages => pages.FindAsync(queue, code));

    public Task<TakenAtHome> TakeAtHomeAsync(string office, ServiceId service, string language, RequestId request) =>
        hubs.AskAsync<ITicketPagesGrain, TakenAtHome>(office.Split('.')[0],
            pages => pages.TakeAtHomeAsync(office, service, language, request));

    public Task<TicketAnswer?> ComeInAsync(string queue, string code, RequestId request) =>
        AskAsync(queue, pages => pages.ComeInAsync(queue, code, request));

    public Task<TicketAnswer?> GiveBackAsync(string queue, string code, RequestId request) =>
        AskAsync(queue, pages => pages.GiveBackAsync(queue, code, request));

    private async Task<T?> AskAsync<T>(string queue, Func<ITicketPagesGrain, Task<T?>> ask) where T : class =>
        QueueKey.TryParse(queue, out var key) ? await hubs.AskAsync(key.Value.Authority, ask) : null;
}
