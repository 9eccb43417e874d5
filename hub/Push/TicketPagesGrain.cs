using Aufruf.Contracts;
using Orleans.Concurrency;

namespace Aufruf.Hub.Push;

/// <summary>Answers a portal outside of this hub as one inside of it. Each hub has its own.</summary>
[StatelessWorker, KeepAlive]
internal sealed class TicketPagesGrain(ITicketViews tickets) : Grain, ITicketPagesGrain
{
    public Task<TicketView?> FindAsync(string queue, string code) => tickets.FindAsync(queue, code);

    public Task<TakenAtHome> TakeAtHomeAsync(string office, ServiceId service, string language, RequestId request) =>
        tickets.TakeAtHomeAsync(office, service, language, request);

    public Task<TicketAnswer?> ComeInAsync(string queue, string code, RequestId request) => tickets.ComeInAsync(queue, code, request);

    public Task<TicketAnswer?> GiveBackAsync(string queue, string code, RequestId request) => tickets.GiveBackAsync(queue, code, request);
}
