using System.Diagnostics;
using System.Diagnostics.Metrics;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Connectors.Mail;
using Aufruf.Hub.Forecasting;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;
using Aufruf.Hub.Push;
using Microsoft.Extensions.Options;
using MQTTnet.Server;

namespace Aufruf.Hub.Running;

/// <summary>Starts the hub in order: journal, broker, credentials, today's queues, signs. The ports open when it returns.</summary>
internal sealed class HubStart(
    OfficeFiles files, OfficeDirectory offices, CredentialIssuer credentials, FirstAdministrator first, LiveAreas areas,
    Forecaster forecaster, MqttServer mqtt, MqttBroker broker, IDeviceLink link, TimeProvider clock,
    IHostApplicationLifetime life, PublicAddress address, TextWriter console, IOptions<HubOptions> options,
    LimitedLog screens, IMeterFactory meters, ILogger<HubStart> log) : IHostedService
{
    private readonly HashSet<string> _attended = [];
    private Task _brokerStopped = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        PrivateFiles.Close(options.Value.Data, log);
        broker.Start();
        await mqtt.StartAsync();
        // The web server waits for open connections before other services stop, and devices never close theirs.
        life.ApplicationStopping.Register(() => _brokerStopped = mqtt.StopAsync(new MqttServerStopOptions()));
        offices.SitsElsewhere = areas.SitsElsewhere;
        await files.BeginAsync(cancellationToken);
        await files.TakeFirstAsync();
        offices.Changed += (key, office) => _ = Task.Run(() => ApplyChangeAsync(key, office)); // Not in the turn of the office's grain.
        var card = new List<string>();
        foreach (var office in offices.All)
        {
            card.AddRange(AddressCard.Of(office, await PrepareAsync(office), address.OnThisMachine));
            await areas.ReadTodayAsync(office);
            Attend(office);
        }

        var links = await first.OfferAllAsync(cancellationToken);
        foreach (var (authority, link) in links)
        {
            card.AddRange(["", authority == People.NewTown ? "There is no office yet. Create the administrator, who sets one up, at"
                : $"  {authority}: create the administrator at", $"  {address.OnThisMachine}{link}",
                "  The link is good once, for 24 hours. The next start shows a new one."]);
        }

        if (options.Value.Mail.Capture)
        {
            HubLog.MailsCaptured(log, CapturedMailPages.Address);
            card.AddRange(["", $"  mails   {address.OnThisMachine}{CapturedMailPages.Address}   (of the demo: none leaves this machine)"]);
        }

        if (!offices.All.Any() && links.Count == 0)
        {
            card.AddRange(["", $"There is no office yet. An administrator sets one up at {address.OnThisMachine}/staff/new-office"]);
        }

        HubMetrics.Observe(meters, () => areas.All.Sum(a => a.Connected.Count()), Waiting);
        if (address.Citizens is null)
        {
            HubLog.NoPublicAddress(log, "The hub listens on all interfaces");
        }

        life.ApplicationStarted.Register(() =>
        {
            HubLog.Ready(log, (clock.GetLocalNow() - Process.GetCurrentProcess().StartTime).TotalSeconds, offices.All.Count(),
                areas.All.Count(), Waiting());
            card.ForEach(console.WriteLine);
        });
    }

    public Task StopAsync(CancellationToken cancellationToken) => _brokerStopped;

    private int Waiting() => areas.All.Sum(a => a.Now?.Queue.Waiting.Count ?? 0);

    /// <summary>An office whose credentials cannot be read, or are forged, lets nobody in. The other offices go on.</summary>
    private async Task<IReadOnlyList<Secret>> PrepareAsync(Office office)
    {
        try
        {
            return await credentials.PrepareAsync(office);
        }
        catch (UnreadableStreamException error)
        {
            var stream = CredentialCache.StreamOf(office.Key);
            areas.Unreadable.Add(stream, stream, error.Message);
            return [];
        }
    }

    /// <summary>A changed office: new devices get passwords, new areas their queues, and all screens a whole picture.</summary>
    private async Task ApplyChangeAsync(string key, Office? office)
    {
        if (office is null)
        {
            HubLog.OfficeGone(log, key);
            return;
        }

        HubLog.OfficeChanged(log, key);
        try
        {
            var issued = await PrepareAsync(office);
            if (issued.Count > 0) // A new office.
            {
                AddressCard.Of(office, issued, address.OnThisMachine).ToList().ForEach(console.WriteLine);
            }

            await areas.ReadTodayAsync(office);
            Attend(office);
            foreach (var area in office.Areas)
            {
                areas.Of($"{office.Key}.{area.Id}").RefreshAll();
            }
        }
        catch (Exception error)
        {
            HubLog.OfficeFileWrong(log, $"{office.Key}: applying the change failed; it is tried again with the next one: {error.Message}");
        }
    }

    private void Attend(Office office)
    {
        foreach (var area in office.Areas.Select(a => $"{office.Key}.{a.Id}").Where(_attended.Add))
        {
            areas.Of(area).Add(new FacePublisher(areas.Of(area), offices, link, clock, screens));
            areas.Of(area).Add(new ForecastTrigger(areas.Of(area), forecaster, screens));
        }
    }
}
