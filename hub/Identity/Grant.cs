using Aufruf.Domain.Identity;
using Aufruf.Portal.Identity;

namespace Aufruf.Hub.Identity;

/// <summary>The principal of a request, and the permission that its endpoint states.</summary>
internal sealed record Grant(Principal Principal, Permission Permission)
{
    public ClerkId Clerk => new(Principal.Who);

    public bool IsGoodIn(string office) => Principal.May(Permission, office);

    public static ValueTask<Grant> BindAsync(HttpContext http) => ValueTask.FromResult(new Grant(http.User.Principal(),
        http.GetEndpoint()?.Metadata.GetMetadata<NeedsAttribute>()?.Permission
            ?? throw new InvalidOperationException("An endpoint without a statement lets nobody in.")));
}
