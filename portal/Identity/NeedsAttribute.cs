using Aufruf.Domain.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;

namespace Aufruf.Portal.Identity;

/// <summary>States the permission that an endpoint, a live connection, a method of it or a page needs.</summary>
/// <remarks>A method without its own statement needs what its connection needs.</remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NeedsAttribute(Permission permission) : AuthorizeAttribute
{
    public Permission Permission { get; } = permission;
}

public static class NeedsExtensions
{
    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, Permission permission) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new NeedsAttribute(permission));
}
