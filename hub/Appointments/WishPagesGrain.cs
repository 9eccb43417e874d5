using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Orleans.Concurrency;

namespace Aufruf.Hub.Appointments;

/// <summary>Answers a portal outside of this hub as one inside of it. Each hub has its own.</summary>
[StatelessWorker, KeepAlive]
internal sealed class WishPagesGrain(IWishes wishes) : Grain, IWishPagesGrain
{
    public Task<WishAnswer> RegisterAsync(WishChoice wish, RequestId request) => wishes.RegisterAsync(wish, request);

    public Task<WishView?> ViewAsync(string authority, WishId wish, string code) => wishes.ViewAsync(authority, wish, code);

    public Task<WishAnswer> ConfirmAsync(string authority, WishId wish, string code, RequestId request) =>
        wishes.ConfirmAsync(authority, wish, code, request);

    public Task<WishAnswer> AcceptAsync(string authority, WishId wish, string code, int offer, RequestId request) =>
        wishes.AcceptAsync(authority, wish, code, offer, request);

    public Task<WishAnswer> DeclineAsync(string authority, WishId wish, string code, int offer, RequestId request) =>
        wishes.DeclineAsync(authority, wish, code, offer, request);

    public Task<WishAnswer> StopAsync(string authority, WishId wish, string code, RequestId request) =>
        wishes.StopAsync(authority, wish, code, request);
}
