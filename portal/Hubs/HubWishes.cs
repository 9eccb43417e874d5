using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;

namespace Aufruf.Portal.Hubs;

/// <summary>Asks a hub about standing wishes. A repeated request has the same id, so it changes nothing more.</summary>
internal sealed class HubWishes(HubLink hubs) : IWishes
{
    public Task<WishAnswer> RegisterAsync(WishChoice wish, RequestId request) =>
        AskAsync(wish.Authority, pages => pages.RegisterAsync(wish, request));

    public Task<WishView?> ViewAsync(string authority, WishId wish, string code) =>
        AskAsync(authority, pages => pages.ViewAsync(authority, wish, code));

    public Task<WishAnswer> ConfirmAsync(string authority, WishId wish, string code, RequestId request) =>
        AskAsync(authority, pages => pages.ConfirmAsync(authority, wish, code, request));

    public Task<WishAnswer> AcceptAsync(string authority, WishId wish, string code, int offer, RequestId request) =>
        AskAsync(authority, pages => pages.AcceptAsync(authority, wish, code, offer, request));

    public Task<WishAnswer> DeclineAsync(string authority, WishId wish, string code, int offer, RequestId request) =>
        AskAsync(authority, pages => pages.DeclineAsync(authority, wish, code, offer, request));

    public Task<WishAnswer> StopAsync(string authority, WishId wish, string code, RequestId request) =>
        AskAsync(authority, pages => pages.StopAsync(authority, wish, code, request));

    private Task<T> AskAsync<T>(string authority, Func<IWishPagesGrain, Task<T>> ask) => hubs.AskAsync(authority, ask);
}
