using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Aufruf.Portal.Web;

/// <summary>A setting that lists addresses and networks: "10.0.0.5, 10.1.0.0/16".</summary>
public static class NetworkList
{
    /// <summary>This machine.</summary>
    public const string Loopback = "127.0.0.0/8, ::1";

    /// <summary>The parts that are neither an address nor a network.</summary>
    public static IEnumerable<string> Wrong(string list) => Names(list).Where(name => Network(name) is null);

    public static IPNetwork[] Read(string list) => [.. Names(list).Select(Network).OfType<IPNetwork>()];

    public static bool Has(this IEnumerable<IPNetwork> networks, IPAddress address) =>
        networks.Any(network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));

    /// <summary>Takes the caller's address and https from these proxies.</summary>
    /// <remarks>Several proxies in a row: each entry counts for as long as the one after it is trusted.</remarks>
    public static void UseForwardedBy(this IApplicationBuilder app, string proxies)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in Read(proxies))
        {
            options.KnownIPNetworks.Add(network);
        }

        app.UseForwardedHeaders(options);
    }

    private static string[] Names(string list) =>
        list.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static IPNetwork? Network(string name) => IPNetwork.TryParse(name, out var network) ? network
        : IPAddress.TryParse(name, out var one) ? new IPNetwork(one, one.GetAddressBytes().Length * 8)
        : null;
}
