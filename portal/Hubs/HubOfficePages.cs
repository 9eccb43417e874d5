using Aufruf.Contracts;

namespace Aufruf.Portal.Hubs;

/// <summary>Asks a hub for hours and waits.</summary>
internal sealed class HubOfficePages(HubLink hubs) : IOfficePages
{
    public Task<IReadOnlyList<OfficeNow>> NowAsync(string authority) =>
        hubs.AskAsync<IOfficePagesGrain, IReadOnlyList<OfficeNow>>(authority, pages => pages.NowAsync(authority));
}
