using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Aufruf.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Aufruf.Portal.Hubs;

/// <summary>Asks the hubs for the pages, and each second whether one of them answers.</summary>
internal sealed class HubLink(IClusterClient hubs, TimeProvider clock, ILogger<HubLink> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // A reader waits for a page this long at most; calls go on at another hub after 1 to 3 s.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan PauseBetweenTries = TimeSpan.FromMilliseconds(200);

    private DateTimeOffset? _awaySince = clock.GetUtcNow();

    /// <summary>Asks a grain of an authority. While one hub of several dies, the same question goes to another.</summary>
    /// <exception cref="HubAwayException">None answers in time, or none did just now.</exception>
    public async Task<T> AskAsync<TGrain, T>(string authority, Func<TGrain, Task<T>> ask) where TGrain : IGrainWithStringKey
    {
        for (var began = clock.GetTimestamp(); _awaySince is null; await Task.Delay(PauseBetweenTries, clock))
        {
            try
            {
                return await ask(hubs.GetGrain<TGrain>(KeyOf(authority)));
            }
            catch (Exception error) when (error is OrleansException or TimeoutException)
            {
                if (clock.GetElapsedTime(began) > Patience)
                {
                    throw new HubAwayException("No hub answered in time.", error);
                }
            }
        }

        throw new HubAwayException();
    }

    /// <summary>Addresses may name any authority, and each key stays in the hubs: so there are 64.</summary>
    private static string KeyOf(string authority) =>
        (SHA256.HashData(Encoding.UTF8.GetBytes(authority))[0] % 64).ToString(CultureInfo.InvariantCulture);

    /// <summary>503 with a sentence while no hub answers.</summary>
    public IResult Health() => _awaySince is { } since
        ? TypedResults.Json(new
        {
            status = "Unhealthy",
            checks = new
            {
                hubs = new
                {
                    status = "Unhealthy",
                    troubles = new[]
                    {
                        new { sentence = "No hub answers: start one, or let Portal:Gateways and the hub's Hub:Portals agree.", since },
                    },
                },
            },
        }, statusCode: StatusCodes.Status503ServiceUnavailable)
        : TypedResults.Ok(new { status = "Healthy" });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var changed = clock.GetTimestamp();
        var isSaid = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var reason = await WhyAwayAsync();
            if (reason is null && _awaySince is not null)
            {
                _awaySince = null;
                isSaid = false;
                PortalLog.HubAnswers(log, clock.GetElapsedTime(changed).TotalSeconds);
            }
            else if (reason is not null)
            {
                if (_awaySince is null)
                {
                    (_awaySince, changed) = (clock.GetUtcNow(), clock.GetTimestamp());
                }

                if (!isSaid)
                {
                    isSaid = true;
                    PortalLog.HubsAway(log, reason);
                }
            }

            await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    /// <summary>Asks for a ticket that does not exist, which costs a hub nothing. Null: it answered.</summary>
    private async Task<string?> WhyAwayAsync()
    {
        try
        {
            await hubs.GetGrain<ITicketPagesGrain>(KeyOf("none")).FindAsync("", "");
            return null;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Before the first connection the client knows no grain, and fails in many ways.
            return error is OrleansException or TimeoutException ? error.Message : "None has answered since the start.";
        }
    }
}

internal static class HubLinkSetup
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    /// <summary>Connects to the hubs as an Orleans client, again and again, while the portal already serves.</summary>
    public static void AddHubs(this WebApplicationBuilder builder, PortalOptions portal)
    {
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (HubCluster.Name, HubCluster.Name));
            if (builder.Configuration.GetConnectionString("Aufruf") is { Length: > 0 } database)
            {
                client.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = ("Npgsql", database));
            }
            else
            {
                client.UseStaticClustering(portal.GatewayAddresses);
            }

            client.Configure<ClientMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromSeconds(2));
            client.Configure<ConnectionOptions>(o => (o.OpenConnectionTimeout, o.ConnectionRetryDelay) = (Again * 2, Again / 2));
            client.Configure<GatewayOptions>(o => o.GatewayListRefreshPeriod = Again);
            client.UseConnectionRetryFilter(async (_, stop) =>
            {
                await Task.Delay(Again, stop);
                return true;
            });
        });
        builder.Services.AddAufrufSerialization();
        builder.Services.AddSingleton<HubLink>().AddHostedService(s => s.GetRequiredService<HubLink>());
        // The pages are served before the first hub answers: they say so.
        builder.Services.Configure<HostOptions>(host => host.ServicesStartConcurrently = true);
    }
}
