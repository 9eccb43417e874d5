using Aufruf.Domain;
using Aufruf.Domain.Identity;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Aufruf.Bench;

/// <summary>The true hub, with the journal in SQLite or PostgreSQL.</summary>
internal static class HubChild
{
    /// <summary>The hub notices a dead hub as late as Orleans does by default.</summary>
    public const string DefaultDetection = "default-detection";

    /// <summary>A clerk at each counter calls over two areas.</summary>
    public const string OverAreas = "over-areas";

    /// <param name="args">sqlite | postgres, data folder, HTTP port, MQTT port, silo port, gateway port, tickets per area,
    /// connection string. Then options of the hub, <see cref="DefaultDetection"/> or <see cref="OverAreas"/>.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var (journal, data) = (args[0], args[1]);
        var app = Server.Build(
        [
            $"--Hub:Data={data}", $"--Hub:Offices={data}/offices", $"--Hub:PairInto={data}/edge",
            $"--Hub:HttpPort={args[2]}", $"--Hub:MqttPort={args[3]}", $"--Hub:SiloPort={args[4]}", $"--Hub:GatewayPort={args[5]}",
            "--Hub:MqttMessagesPerSecond=1000000", "--Hub:RequestsPerMinute=1000000", "--Logging:LogLevel:Default=Error",
            .. journal == "postgres" ? (string[])[$"--ConnectionStrings:Aufruf={args[7]}"] : [],
            .. args[8..].Where(option => option is not (DefaultDetection or OverAreas)),
        ]);
        if (args.Contains(DefaultDetection))
        {
            SlowDown(app.Services.GetRequiredService<IOptions<ClusterMembershipOptions>>().Value);
            SlowDown(app.Services.GetRequiredService<IOptionsMonitor<ClusterMembershipOptions>>().CurrentValue);
        }

        await app.StartAsync();
        var isOverAreas = args.Contains(OverAreas);
        await FillAsync(app, int.Parse(args[6], System.Globalization.CultureInfo.InvariantCulture), withoutFirst: isOverAreas);
        if (isOverAreas)
        {
            await SeatAsync(app);
        }

        var clerks = new List<string>(); // One for each area: a clerk has one seat in the office.
        for (var area = 0; area < BenchOffice.Areas; area++)
        {
            clerks.Add(await ClerkAsync(area));
        }

        Console.WriteLine($"ready {await TokenAsync()} {string.Join(',', clerks)}");
        await foreach (var order in Orders.ReadAsync())
        {
            var management = app.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
            if (order == "spread")
            {
                await management.ForceActivationCollection(TimeSpan.Zero);
            }

            var queues = (await management.GetDetailedGrainStatistics()).Where(grain => grain.GrainType.Contains("queue",
                StringComparison.OrdinalIgnoreCase)).ToList();
            var here = app.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
            Console.WriteLine($"queues {queues.Count(queue => queue.SiloAddress.Equals(here))} {queues.Count}");
        }

        await app.StopAsync();
        await app.DisposeAsync();
        return 0;

        async Task<string> TokenAsync() => (await app.Services.GetRequiredService<CredentialIssuer>()
            .IssueAsync(BenchOffice.Key, CredentialKind.Display, $"bench-{Environment.ProcessId}")).Token; // A restart revokes none.

        async Task<string> ClerkAsync(int number)
        {
            var key = Secret.New(BenchOffice.Key.Split('.')[0], $"bench-{Environment.ProcessId}-{number}");
            var until = TimeProvider.System.GetUtcNow().AddDays(1);
            var people = app.Services.GetRequiredService<PeopleGate>();
            foreach (var command in (PeopleCommand[])[new PeopleCommand.Invite(key.Holder, key.Holder, key.Hash, until, "bench"),
                new PeopleCommand.Grant(key.Holder, Role.InCharge.Id, BenchOffice.Key, "bench"),
                new PeopleCommand.MakeKey(key.Holder, key.Hash, "bench", until, "bench")])
            {
                if (await people.HandleAsync(key.Place, command) is { } refusal)
                {
                    throw new InvalidOperationException(refusal.English);
                }
            }

            return key.Token;
        }
    }

    private static void SlowDown(ClusterMembershipOptions options)
    {
        var usual = new ClusterMembershipOptions();
        (options.ProbeTimeout, options.NumMissedProbesLimit, options.NumVotesForDeathDeclaration) =
            (usual.ProbeTimeout, usual.NumMissedProbesLimit, usual.NumVotesForDeathDeclaration);
        (options.IAmAliveTablePublishTimeout, options.TableRefreshTimeout) =
            (usual.IAmAliveTablePublishTimeout, usual.TableRefreshTimeout);
    }

    /// <summary>The tickets that presses call are taken beforehand.</summary>
    /// <param name="withoutFirst">No ticket has the first service of its area: see the work profile over two areas.</param>
    private static Task FillAsync(WebApplication app, int perArea, bool withoutFirst)
    {
        var (offices, queues, clock) = (app.Services.GetRequiredService<OfficeDirectory>(), app.Services.GetRequiredService<IQueues>(),
            TimeProvider.System);
        var office = offices.Find(BenchOffice.Key)!;
        return Task.WhenAll(office.Areas.Select(async area =>
        {
            var services = area.Services.Skip(withoutFirst ? 1 : 0).Select(service => service.Id).ToArray();
            for (var i = 0; i < perArea; i++)
            {
                var id = Guid.CreateVersion7();
                await queues.HandleAsync(office.QueueOf(area, clock.GetUtcNow()), new RequestId(id),
                    new QueueCommand.TakeTicket(new TicketId(id), new TicketCode($"code{i}"), services[i % services.Length], "de"));
            }
        }));
    }

    /// <summary>A clerk at each counter, with the work profile over two areas.</summary>
    private static async Task SeatAsync(WebApplication app)
    {
        var queues = app.Services.GetRequiredService<IQueues>();
        var office = app.Services.GetRequiredService<OfficeDirectory>().Find(BenchOffice.Key)!;
        foreach (var area in office.Areas)
        {
            foreach (var counter in area.Counters)
            {
                var answer = await queues.HandleAsync(office.QueueOf(area, TimeProvider.System.GetUtcNow()), new(Guid.CreateVersion7()),
                    new QueueCommand.LogIn(counter.Id, new ClerkId($"clerk-{counter.Id}"), BenchOffice.BothAreas));
                if (answer.Refusal is { } refusal)
                {
                    throw new InvalidOperationException(refusal.English);
                }
            }
        }
    }
}
