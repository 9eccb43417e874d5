using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MQTTnet.AspNetCore;
using MQTTnet.Server;

namespace Aufruf.Bench;

/// <summary>The bare relay: the same broker and the same push, with nothing in between. No press can be faster here.</summary>
internal static class RelayChild
{
    /// <param name="args">HTTP port, MQTT port.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSignalR();
        builder.Services.AddConnections();
        builder.Services.AddMqttConnectionHandler();
        builder.Services.AddSingleton(s => new MqttServerFactory().CreateMqttServer(
            new MqttServerOptionsBuilder().WithoutDefaultEndpoint().Build(), [s.GetRequiredService<MqttConnectionHandler>()]));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenLocalhost(int.Parse(args[0], CultureInfo.InvariantCulture));
            kestrel.ListenLocalhost(int.Parse(args[1], CultureInfo.InvariantCulture), listen => listen.UseMqtt());
        });
        var app = builder.Build();
        app.MapHub<RelayHub>("/live/board");
        var mqtt = app.Services.GetRequiredService<MqttServer>();
        var boards = app.Services.GetRequiredService<IHubContext<RelayHub>>();
        mqtt.InterceptingPublishAsync += async message =>
        {
            message.ProcessPublish = false;
            var payload = message.ApplicationMessage.Payload;
            // "box-3-5" stands in area 3: the boards of one area hear it, as in the hub.
            var device = message.ClientId.Split('/')[1];
            await boards.Clients.Group($"board-{device.Split('-')[1]}").SendAsync("relayed", device, Encoding.UTF8.GetString(payload.IsSingleSegment ? payload.FirstSpan : payload.ToArray()));
        };
        await mqtt.StartAsync();
        await app.StartAsync();
        Console.WriteLine("ready -");
        await foreach (var _ in Orders.ReadAsync())
        {
        }

        await app.StopAsync();
        return 0;
    }
}

internal sealed class RelayHub : Microsoft.AspNetCore.SignalR.Hub
{
    public override Task OnConnectedAsync() =>
        Groups.AddToGroupAsync(Context.ConnectionId, Context.GetHttpContext()!.Request.Query["board"].ToString().Split('.')[^1]);
}
