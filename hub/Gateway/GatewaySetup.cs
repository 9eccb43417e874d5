using Aufruf.Contracts;
using Aufruf.Grains;
using Aufruf.Hub.Clustering;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Push;
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
            .AddSingleton<GrainQueues>()
            .AddSingleton<IQueues>(s => new FurtherQueues(s.GetRequiredService<GrainQueues>(), s.GetRequiredService<OfficeDirectory>(),
                s.GetRequiredService<TransferPost>(), area => s.GetRequiredService<LiveAreas>().Of(area).Now?.Queue,
                s.GetRequiredService<TimeProvider>()))
            .AddSingleton<NewTicketCode>(TicketCodes.Random)
            .AddSingleton(new GatewayLimits(hub.StalePress))
            .AddSingleton(s => new TransferPost(s.GetRequiredService<GrainQueues>(), s.GetRequiredService<OfficeDirectory>(),
                s.GetRequiredService<Vault>(), s.GetRequiredService<ILogger<TransferPost>>()))
            .AddFollower<Transferring>()
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
