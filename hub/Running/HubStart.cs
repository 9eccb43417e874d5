using System.Diagnostics;
using Aufruf.Domain.Offices;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Forecasting;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Push;
using MQTTnet.Server;

namespace Aufruf.Hub.Running;

/// <summary>Brings the hub up in order: journal, credentials, today's queues, signs, broker. The doors open when it returns.</summary>
internal sealed class HubStart(
    IJournal journal, OfficeBook offices, CredentialDesk credentials, LiveAreas areas, IQueues queues, Forecaster forecaster, Seals seals, MqttServer mqtt, MqttBroker broker, IDeviceLink link,
    TimeProvider clock, IHostApplicationLifetime life, AddressCard card, ILogger<HubStart> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (journal is PostgresJournal postgres)
        {
            await postgres.PrepareAsync();
        }

        broker.Start();
        await mqtt.StartAsync();
        // The web server waits for open connections before anything else is stopped, and devices would keep theirs for ever.
        life.ApplicationStopping.Register(() => _devicesLeft = mqtt.StopAsync(new MqttServerStopOptions()));
        offices.Objection = areas.Objection;
        offices.Changed += office => _ = TakeOverAsync(office);
        foreach (var office in offices.All)
        {
            card.Add(office, await credentials.PrepareAsync(office));
            await areas.ReadTodayAsync(office);
            Attend(office);
        }

        HubMetrics.Observe(() => areas.All.Sum(a => a.Screens), () => areas.All.Sum(a => a.Now?.Queue.Waiting.Count ?? 0));
        life.ApplicationStarted.Register(() =>
        {
            HubLog.Ready(log, (clock.GetLocalNow() - Process.GetCurrentProcess().StartTime).TotalSeconds, offices.All.Count(),
                areas.All.Count(), areas.All.Sum(a => a.Now?.Queue.Waiting.Count ?? 0));
            card.Print();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive); // Nearly all that a start allocates is litter, and an idle hub would keep it for hours.
        });
    }

    public Task StopAsync(CancellationToken cancellationToken) => _devicesLeft;

    private Task _devicesLeft = Task.CompletedTask;

    /// <summary>A changed office: new devices get their passwords, new areas their queues, all screens a fresh picture.</summary>
    private async Task TakeOverAsync(Office office)
    {
        try
        {
            var issued = await credentials.PrepareAsync(office);
            if (issued.Count > 0)
            {
                card.Add(office, issued); // A new office: nobody could open its desk without its first tokens.
                card.Print();
            }

            await areas.ReadTodayAsync(office);
            Attend(office);
            areas.All.Where(a => a.Area.StartsWith(office.Key + ".", StringComparison.Ordinal)).ToList().ForEach(a => a.WakeAll(afresh: true));
        }
        catch (Exception error)
        {
            HubLog.OfficeFileWrong(log, $"{office.Key}: taking over the change failed and is repeated with the next one: {error.Message}");
        }
    }

    private readonly HashSet<string> _attended = [];

    private void Attend(Office office)
    {
        foreach (var area in office.Areas.Select(a => $"{office.Key}.{a.Id}").Where(_attended.Add))
        {
            areas.Of(area).Add(new FacePublisher(areas.Of(area), offices, link, clock, log));
            areas.Of(area).Add(new BoardMirror(areas.Of(area), offices, link, clock, log));
            areas.Of(area).Add(new Courier(areas.Of(area), queues, offices, seals, clock, log));
            areas.Of(area).Add(new ForecastTrigger(areas.Of(area), forecaster, log));
        }
    }
}
