using Aufruf.Contracts;
using Aufruf.Domain;

namespace Aufruf.Portal.Hubs;

/// <summary>Hands reports of barriers to a hub. A repeated request has the same id, so it is one report.</summary>
internal sealed class HubBarrierReports(HubLink hubs) : IBarrierReports
{
    public Task<bool> IsOpenAsync(string authority) =>
        hubs.AskAsync<IBarrierPagesGrain, bool>(authority, pages => pages.IsOpenAsync(authority));

    public Task<BarrierAnswer> SendAsync(BarrierReport report, RequestId request) =>
        hubs.AskAsync<IBarrierPagesGrain, BarrierAnswer>(report.Authority, pages => pages.SendAsync(report, request));
}
