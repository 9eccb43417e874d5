using System.Reflection;
using Aufruf.Domain.Identity;
using Aufruf.Edge.Protocol;
using Aufruf.Hub.Gateway;
using Aufruf.Portal.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Running;

internal enum WayInKind { Endpoint, Page, File, Live }

/// <summary>An address of a hub, and the permission that it states.</summary>
/// <param name="Verb">GET where any is answered.</param>
/// <param name="Address">As it was mapped: "/api/v1/areas/{area}/tickets". A form's name follows its page: "?handler=Again".</param>
/// <param name="Needs">Null: it states none, or something besides.</param>
internal sealed record WayIn(WayInKind Kind, string Verb, string Address, Permission? Needs);

/// <summary>A method that a screen may call.</summary>
internal sealed record LiveMethod(string Address, MethodInfo Method, Permission? Needs);

/// <summary>A topic of the broker.</summary>
/// <param name="Name">The topic, with {office} and {device}.</param>
/// <param name="IsStated">False: nothing says who publishes there.</param>
/// <param name="Publish">Null: the hub alone.</param>
internal sealed record BrokerTopic(string Name, bool IsStated, Permission? Publish);

/// <summary>Every way into a running hub, found by asking the hub itself.</summary>
internal static class WaysIn
{
    // A build that is not published looks there for files that are newer than itself.
    private const string NewerFiles = "/{**path:file}";

    public static async Task<IReadOnlyList<WayIn>> OfAsync(IServiceProvider services)
    {
        var ways = new List<WayIn>();
        foreach (var endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>())
        {
            var metadata = endpoint.Metadata;
            var address = "/" + endpoint.RoutePattern.RawText?.TrimStart('/');
            var verb = address.EndsWith("/negotiate", StringComparison.Ordinal) ? "POST"
                : metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is [var first, ..] ? first : "GET";
            var kind = metadata.GetMetadata<PageActionDescriptor>() is not null ? WayInKind.Page
                : metadata.GetMetadata<StaticAssetDescriptor>() is not null || address == NewerFiles ? WayInKind.File
                : metadata.GetMetadata<HubMetadata>() is not null ? WayInKind.Live : WayInKind.Endpoint;
            ways.Add(new(kind, verb, address, StatedBy(metadata)));
            if (metadata.GetMetadata<PageActionDescriptor>() is { } page)
            {
                var forms = (await services.GetRequiredService<PageLoader>().LoadAsync(page, metadata)).HandlerMethods;
                ways.AddRange(forms.Where(form => form.HttpMethod is "Post" or "Put" or "Patch" or "Delete").Select(form => new WayIn(kind,
                    form.HttpMethod.ToUpperInvariant(), address + (form.Name is null ? "" : $"?handler={form.Name}"),
                    form.MethodInfo.GetCustomAttribute<HandlerNeedsAttribute>()?.Permission ?? StatedBy(metadata))));
            }
        }

        return [.. ways.Distinct().OrderBy(way => way.Address, StringComparer.Ordinal).ThenBy(way => way.Verb)];
    }

    /// <summary>The methods of all live connections, with the statement of the method or of its connection.</summary>
    public static IReadOnlyList<LiveMethod> MethodsOf(IServiceProvider services) =>
    [
        .. from endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>()
           let hub = endpoint.Metadata.GetMetadata<HubMetadata>()?.HubType
           let address = "/" + endpoint.RoutePattern.RawText?.TrimStart('/')
           where hub is not null && !address.EndsWith("/negotiate", StringComparison.Ordinal)
           from method in hub.GetMethods(BindingFlags.Public | BindingFlags.Instance)
           where !method.IsSpecialName && method.GetBaseDefinition().DeclaringType?.Assembly == hub.Assembly
           orderby address, method.Name
           select new LiveMethod(address, method, (method.GetCustomAttribute<NeedsAttribute>()
               ?? hub.GetCustomAttribute<NeedsAttribute>())?.Permission),
    ];

    public static IReadOnlyList<BrokerTopic> OfBroker { get; } =
    [
        .. from channel in typeof(Topics).GetFields(BindingFlags.Public | BindingFlags.Static)
           let name = (string)channel.GetRawConstantValue()!
           where name != Topics.Root
           let topic = Topics.Device("{office}", "{device}", name)
           select new BrokerTopic(topic, TopicRights.Publish.ContainsKey(name), TopicRights.Publish.GetValueOrDefault(name)),
        .. from office in typeof(Topics).GetMethods(BindingFlags.Public | BindingFlags.Static)
           where office.ReturnType == typeof(string) && office.GetParameters().Length == 1
           select new BrokerTopic((string)office.Invoke(null, ["{office}"])!, IsStated: true, Publish: null),
    ];

    /// <summary>Exactly one statement counts, and nothing beside it opens or closes the address.</summary>
    private static Permission? StatedBy(Microsoft.AspNetCore.Http.EndpointMetadataCollection metadata) =>
        metadata.GetOrderedMetadata<NeedsAttribute>() is [var needs] && metadata.GetMetadata<IAllowAnonymous>() is null
            && metadata.GetOrderedMetadata<IAuthorizeData>().Count == 1
            ? needs.Permission
            : null;
}
