using Aufruf.Domain;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Queues;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Aufruf.Bench;

/// <summary>The true hub. Only for "none" the journal is replaced by one that forgets, to see what the disk costs.</summary>
internal static class HubChild
{
    /// <param name="args">none | sqlite | postgres, data folder, HTTP port, MQTT port, silo port, gateway port, tickets per area, connection string.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var (journal, data) = (args[0], args[1]);
        var app = Server.Build(
        [
            $"--Hub:Data={data}", $"--Hub:Offices={data}/offices", $"--Hub:PairInto={data}/edge",
            $"--Hub:HttpPort={args[2]}", $"--Hub:MqttPort={args[3]}", $"--Hub:SiloPort={args[4]}", $"--Hub:GatewayPort={args[5]}",
            "--Hub:MqttMessagesPerSecond=1000000", "--Logging:LogLevel:Default=Error",
            .. journal == "postgres" ? (string[])[$"--ConnectionStrings:Aufruf={args[7]}"] : [],
        ], services =>
        {
            if (journal == "none")
            {
                services.Replace(ServiceDescriptor.Singleton<GroupCommitJournal>(new ForgetfulJournal()));
            }
        });
        await app.StartAsync();
        await FillAsync(app, int.Parse(args[6], System.Globalization.CultureInfo.InvariantCulture));
        var secret = await app.Services.GetRequiredService<CredentialDesk>().IssueAsync(BenchOffice.Key, Domain.Identity.CredentialKind.Display, "bench");
        Console.WriteLine($"ready {secret.Token}");
        await foreach (var _ in Orders.ReadAsync())
        {
        }

        await app.StopAsync();
        await app.DisposeAsync();
        return 0;
    }

    /// <summary>People wait: what a press calls is taken beforehand.</summary>
    private static Task FillAsync(WebApplication app, int perArea)
    {
        var (offices, queues, clock) = (app.Services.GetRequiredService<OfficeBook>(), app.Services.GetRequiredService<IQueues>(), TimeProvider.System);
        var office = offices.Find(BenchOffice.Key)!;
        return Task.WhenAll(office.Areas.Select(async (area, a) =>
        {
            var services = BenchOffice.Services(a).ToArray();
            for (var i = 0; i < perArea; i++)
            {
                var id = Guid.CreateVersion7();
                await queues.HandleAsync(office.QueueOf(area, clock.GetUtcNow()), new RequestId(id),
                    new QueueCommand.TakeTicket(new TicketId(id), new TicketCode($"code{i}"), new ServiceId(services[i % services.Length]), "de"));
            }
        }));
    }

    /// <summary>Answers as if it had written.</summary>
    private sealed class ForgetfulJournal : GroupCommitJournal
    {
        public override IAsyncEnumerable<JournalEntry> ReadAfterAsync(string stream, long version, CancellationToken cancellationToken) => AsyncEnumerable.Empty<JournalEntry>();
        public override IAsyncEnumerable<JournalEntry> ReadAllAsync(CancellationToken cancellationToken) => AsyncEnumerable.Empty<JournalEntry>();
        public override Task<long> LastVersionAsync(string stream) => Task.FromResult(0L);
        protected override ValueTask<bool> TryWriteAsync(IReadOnlyList<PendingAppend> group) => new(true);
        protected override ValueTask WriteProbeAsync() => default;
        protected override ValueTask CloseWriterAsync() => default;
        protected override string Explain(Exception error) => error.Message;
    }
}
