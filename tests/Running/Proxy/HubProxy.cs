using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Transforms;

namespace Aufruf.Proxy;

/// <summary>A reverse proxy before several hubs on this machine: for "./run cluster" and the tests.</summary>
public static class HubProxy
{
    // A killed hub is left within half a second, a frozen one within a second and a half.
    private static readonly TimeSpan AskEach = TimeSpan.FromMilliseconds(500), AnswerWithin = TimeSpan.FromSeconds(1);

    // A screen hears a heartbeat each 5 s. Through a frozen hub it hears nothing: then its connection is closed here.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(10);

    // The pages that a portal of its own serves.
    private static readonly string[] PublicPages = ["/", "/t/{**ticket}"];

    /// <param name="port">Where it listens, on this machine only.</param>
    /// <param name="hubs">Their addresses.</param>
    /// <param name="portal">The address of a portal of its own; null: the hubs serve the public pages.</param>
    public static WebApplication Build(int port, IReadOnlyList<string> hubs, string? portal = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Yarp", LogLevel.None); // It would write of a dead hub twice a second.
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port));
        builder.Services.AddReverseProxy().LoadFromMemory(
            [
                Route("{**all}", "hubs"),
                .. portal is null ? [] : PublicPages.Select(page => Route(page, "portal")),
            ],
            [
                .. portal is null ? (ClusterConfig[])[] : [new() { ClusterId = "portal", Destinations = Destinations([portal]) }],
                new()
                {
                    ClusterId = "hubs",
                    Destinations = Destinations(hubs),
                    LoadBalancingPolicy = LoadBalancingPolicies.RoundRobin,
                    // A live connection has two requests, and the second must come to the hub of the first.
                    SessionAffinity = new() { Enabled = true, Policy = "HashCookie", AffinityKeyName = "aufruf-hub" },
                    HealthCheck = new()
                    {
                        // When no hub is well, each is tried: one that is only late still answers.
                        AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
                        Active = new()
                        {
                            Enabled = true,
                            Interval = AskEach,
                            Timeout = AnswerWithin,
                            Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
                            Path = "/health/ready",
                        },
                    },
                    Metadata = new Dictionary<string, string> { [ConsecutiveFailuresHealthPolicyOptions.ThresholdMetadataName] = "1" },
                    HttpRequest = new ForwarderRequestConfig { ActivityTimeout = LongestSilence },
                },
            ]).AddTransforms(context => context.AddOriginalHost());
        var app = builder.Build();
        app.MapReverseProxy();
        return app;
    }

    private static RouteConfig Route(string path, string to) => new() { RouteId = path, ClusterId = to, Match = new() { Path = path } };

    private static Dictionary<string, DestinationConfig> Destinations(IEnumerable<string> addresses) =>
        addresses.ToDictionary(address => address, address => new DestinationConfig { Address = address });
}
