using Aufruf.Contracts;
using Aufruf.Domain.Towns;
using Orleans.Concurrency;

namespace Aufruf.Hub.Towns;

/// <summary>Answers a portal outside of this hub as one inside of it. Each hub has its own.</summary>
[StatelessWorker, KeepAlive]
internal sealed class TownThemesGrain(ITownThemes themes) : Grain, ITownThemesGrain
{
    public Task<Theme> OfAsync(string authority) => themes.OfAsync(authority);

    public Task<LogoSign?> LogoOfAsync(string authority) => themes.LogoOfAsync(authority);

    public Task<byte[]?> PictureAsync(string authority, string name) => themes.PictureAsync(authority, name);
}
