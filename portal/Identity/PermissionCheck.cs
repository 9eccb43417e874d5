using System.Reflection;
using Aufruf.Domain.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Portal.Identity;

/// <summary>Lets a request or a call in when its principal has the permission that is stated there. Without a statement: nobody.</summary>
/// <remarks>SignalR asks for methods as ASP.NET Core asks for endpoints, so one handler serves both.</remarks>
internal sealed class PermissionCheck : AuthorizationHandler<PermissionCheck.Stated>
{
    /// <summary>The requirement of every endpoint, with and without a statement.</summary>
    internal sealed class Stated : IAuthorizationRequirement;

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Stated requirement)
    {
        var user = context.User.Principal();
        if (context.Resource switch
        {
            HttpContext http when http.GetEndpoint() is RouteEndpoint mapped => mapped.Metadata.GetMetadata<NeedsAttribute>() is { } needs
                && (user.May(needs.Permission) || http.Features.Get<Principal>()?.May(needs.Permission) is true),
            HttpContext => true, // Nothing was mapped there: routing itself answers 405 or 415.
            HubInvocationContext call => call.HubMethod.GetCustomAttribute<NeedsAttribute>() is { } needs && user.May(needs.Permission),
            _ => false,
        })
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}

public static class PermissionSetup
{
    public static IServiceCollection AddPermissions(this IServiceCollection services)
    {
        var stated = new AuthorizationPolicyBuilder().AddRequirements(new PermissionCheck.Stated()).Build();
        services.AddAuthorizationBuilder().SetDefaultPolicy(stated).SetFallbackPolicy(stated);
        return services.AddSingleton<IAuthorizationHandler, PermissionCheck>();
    }
}
