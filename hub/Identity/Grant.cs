using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;

namespace Aufruf.Hub.Identity;

/// <summary>The principal of a request, and the permission that its endpoint states.</summary>
internal sealed record Grant(Principal Principal, Permission Permission)
{
    public ClerkId Clerk => new(Principal.Who);

    /// <param name="place">An office, or an area of it.</param>
    public bool IsGoodIn(string place) => Principal.May(Permission, place);

    /// <summary>In the office, or in some area of it.</summary>
    public bool IsGoodWithin(string office) => Principal.MayWithin(Permission, office);

    public static ValueTask<Grant> BindAsync(HttpContext http) => ValueTask.FromResult(new Grant(http.User.Principal(),
        http.GetEndpoint()?.Metadata.GetMetadata<NeedsAttribute>()?.Permission
            ?? throw new InvalidOperationException("An endpoint without a statement lets nobody in.")));
}
