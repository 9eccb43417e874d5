using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Bench;

/// <summary>The true hub, with the journal in SQLite or PostgreSQL.</summary>
internal static class HubChild
{
    /// <param name="args">sqlite | postgres, data folder, HTTP port, MQTT port, silo port, gateway port, tickets per area,
    /// connection string.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var (journal, data) = (args[0], args[1]);
        var app = Server.Build(
        [
            $"--Hub:Data={data}", $"--Hub:Offices={data}/offices", $"--Hub:PairInto={data}/edge",
            $"--Hub:HttpPort={args[2]}", $"--Hub:MqttPort={args[3]}", $"--Hub:SiloPort={args[4]}", $"--Hub:GatewayPort={args[5]}",
            "--Hub:MqttMessagesPerSecond=1000000", "--Logging:LogLevel:Default=Error",
            .. journal == "postgres" ? (string[])[$"--ConnectionStrings:Aufruf={args[7]}"] : [],
        ]);
        await app.StartAsync();
        await FillAsync(app, int.Parse(args[6], System.Globalization.CultureInfo.InvariantCulture));
        var secret = await app.Services.GetRequiredService<CredentialIssuer>()
            .IssueAsync(BenchOffice.Key, Domain.Identity.CredentialKind.Display, "bench");
        Console.WriteLine($"ready {secret.Token}");
        await foreach (var _ in Orders.ReadAsync())
        {
        }

        await app.StopAsync();
        await app.DisposeAsync();
        return 0;
    }

    /// <summary>The tickets that presses call are taken beforehand.</summary>
    private static Task FillAsync(WebApplication app, int perArea)
    {
        var (offices, queues, clock) = (app.Services.GetRequiredService<OfficeDirectory>(), app.Services.GetRequiredService<IQueues>(),
            TimeProvider.System);
        var office = offices.Find(BenchOffice.Key)!;
        return Task.WhenAll(office.Areas.Select(async (area, a) =>
        {
            var services = BenchOffice.Services(a).ToArray();
            for (var i = 0; i < perArea; i++)
            {
                var id = Guid.CreateVersion7();
                await queues.HandleAsync(office.QueueOf(area, clock.GetUtcNow()), new RequestId(id),
                    new QueueCommand.TakeTicket(new TicketId(id), new TicketCode($"code{i}"), new ServiceId(services[i % services.Length]),
                        "de"));
            }
        }));
    }
}
