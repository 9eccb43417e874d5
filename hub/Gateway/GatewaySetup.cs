using Aufruf.Contracts;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Identity;
using MQTTnet.AspNetCore;
using MQTTnet.Server;

namespace Aufruf.Hub.Gateway;

/// <summary>Registers the broker and all services between a device's message and a grain.</summary>
internal static class GatewaySetup
{
    public static IServiceCollection AddGateway(this IServiceCollection services, HubOptions hub)
    {
        services.AddConnections();
        services.AddMqttConnectionHandler();
        // MQTTnet's own hosted server would start after the ports are open. HubStart starts this one earlier.
        services.AddSingleton(s => new MqttServerFactory().CreateMqttServer(
            new MqttServerOptionsBuilder().WithoutDefaultEndpoint().Build(), [s.GetRequiredService<MqttConnectionHandler>()]));
        return services
            .AddSingleton<BrokerLink>()
            .AddSingleton<IDeviceLink>(s => s.GetRequiredService<BrokerLink>())
            .AddSingleton<DeviceLines>()
            .AddSingleton<IQueues, GrainQueues>()
            .AddSingleton<NewTicketCode>(TicketCodes.Random)
            .AddSingleton(new GatewayLimits(hub.StalePress))
            .AddSingleton<TransferPost>()
            .AddSingleton<Transferring>()
            .AddSingleton<IFollower>(s => s.GetRequiredService<Transferring>())
            .AddSingleton<Twins>()
            .AddSingleton<Fleet>()
            .AddSingleton<IOfficeFleet, OfficeFleet>()
            .AddSingleton<SlipPrinter>()
            .AddSingleton<SlipResults>()
            .AddSingleton<DeskTroubles>()
            .AddSingleton<Standstill>()
            .AddHostedService(s => s.GetRequiredService<Standstill>())
            .AddSingleton<DeviceEvents>()
            .AddSingleton<LimitedLog>()
            .AddSingleton<MqttBroker>();
    }
}
