using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using MQTTnet.AspNetCore;
using MQTTnet.Server;

namespace Aufruf.Hub.Gateway;

/// <summary>The broker and everything between a device's message and a grain.</summary>
internal static class GatewaySetup
{
    public static IServiceCollection AddGateway(this IServiceCollection services, HubOptions hub)
    {
        services.AddConnections();
        services.AddMqttConnectionHandler();
        // MQTTnet's own hosted server starts only after the doors are open; ours is started by HubStart before.
        services.AddSingleton(s => new MqttServerFactory().CreateMqttServer(
            new MqttServerOptionsBuilder().WithoutDefaultEndpoint().Build(), [s.GetRequiredService<MqttConnectionHandler>()]));
        return services
            .AddSingleton<BrokerLink>().AddSingleton<IDeviceLink>(s => s.GetRequiredService<BrokerLink>())
            .AddSingleton<IQueues, GrainQueues>()
            .AddSingleton<ISecrets, RandomSecrets>()
            .AddSingleton(new GatewayLimits(hub.StalePress))
            .AddSingleton<Fleet>()
            .AddSingleton<SlipPrinter>()
            .AddSingleton<DeviceEvents>()
            .AddSingleton<StrangerLog>()
            .AddSingleton<MqttBroker>();
    }

    public static void ListenOn(this KestrelServerOptions kestrel, HubOptions hub, int port, Action<ListenOptions> configure)
    {
        if (hub.AllInterfaces)
        {
            kestrel.Listen(IPAddress.IPv6Any, port, configure);
        }
        else
        {
            kestrel.ListenLocalhost(port, configure);
        }
    }

    public static IConnectionBuilder UseMqttHandler(this IConnectionBuilder listen) => listen.UseConnectionHandler<MqttConnectionHandler>();
}
