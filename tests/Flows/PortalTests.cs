using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Portal;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

/// <summary>The public pages in a process of their own, as a client of a hub.</summary>
public class PortalTests(Postgres postgres)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_portal_of_its_own_shows_and_takes_back_a_ticket_and_outlives_its_hub()
    {
        await using TestHub hub = Proof.IsFull ? await HubProcess.StartAsync() : await TestHub.StartAsync();
        await using var portal = await PortalProcess.StartAsync(hub);
        await using var board = await BoardWatcher.ConnectAsync(hub);
        var mine = await hub.TakeAsync();
        await hub.UntilAsync(() => Task.FromResult(board.Waiting.GetValueOrDefault("A") == 1), "The board counts the ticket");
        await hub.UntilAsync(async () => await portal.StatusOfAsync(mine.StatusPath) is 200, "The portal shows the ticket");
        Assert.Contains(mine.Number, await portal.TextOfAsync(mine.StatusPath), StringComparison.Ordinal);
        var english = await portal.TextOfAsync(mine.StatusPath + "?lang=en");
        Assert.Contains("You are waiting", english, StringComparison.Ordinal);
        Assert.Contains("<meta http-equiv=\"refresh\" content=\"20\">", english, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", english, StringComparison.Ordinal);
        Assert.DoesNotContain("<noscript", english, StringComparison.Ordinal);
        foreach (Match file in Regex.Matches(english, "(?:href|src)=\"(/[a-z]+/[^\"]+)\""))
        {
            Assert.Equal(200, await portal.StatusOfAsync(file.Groups[1].Value));
        }

        Assert.Equal(404, await portal.StatusOfAsync(Regex.Replace(mine.StatusPath, "[^/]+$", "AAAAAAAA")));
        using (var given = await portal.Reader.PostAsync(mine.StatusPath, content: null, Now))
        {
            Assert.Equal(HttpStatusCode.Redirect, given.StatusCode);
            Assert.Contains("Abgesagt", await portal.TextOfAsync(given.Headers.Location!.OriginalString), StringComparison.Ordinal);
        }

        await hub.UntilAsync(() => Task.FromResult(board.Waiting.GetValueOrDefault("A") == 0), "The board no longer counts it");

        await (hub is HubProcess process ? process.KillAsync() : hub.StopAsync());
        await hub.UntilAsync(async () => await portal.StatusOfAsync("/health/ready") is 503, "The portal misses its hub", seconds: 10);
        using (var away = await portal.Reader.GetAsync(mine.StatusPath, Now))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
            Assert.True(away.Headers.Contains("Refresh") && away.Headers.Contains("Content-Security-Policy"));
            var words = await away.Content.ReadAsStringAsync(Now);
            Assert.Contains("Der Server ist gerade nicht erreichbar.", words, StringComparison.Ordinal);
            Assert.Contains("Ihre Nummer gilt weiter", words, StringComparison.Ordinal);
            Assert.Contains("<section lang=\"de-simple\"><h2>Leichte Sprache</h2>", words, StringComparison.Ordinal);
            Assert.Contains("<p>Bitte warten Sie kurz.</p>", words, StringComparison.Ordinal);
        }

        Assert.Contains("The server cannot be reached now.", await portal.TextOfAsync(mine.StatusPath + "?lang=en"),
            StringComparison.Ordinal);
        Assert.Contains("No hub answers: start one", await portal.TextOfAsync("/health/ready"), StringComparison.Ordinal);
        await hub.StartAgainAsync();
        await hub.UntilAsync(async () => await portal.StatusOfAsync(mine.StatusPath) is 200, "The portal works again");
        Assert.Equal(200, await portal.StatusOfAsync("/health/ready"));
    }

    [Fact]
    public async Task A_portal_of_its_own_has_the_public_pages_only_and_may_ask_its_hub_for_nothing_else()
    {
        await using var hub = await TestHub.StartAsync();
        var port = Ports.Next();
        await using var portal = PortalServer.Build([$"--Portal:HttpPort={port}", $"--Portal:Gateways=127.0.0.1:{hub.Gateway}",
            "--Logging:Console:LogLevel:Default=None"]);
        await portal.StartAsync(Now);
        using var anybody = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new($"http://localhost:{port}")
        };

        var ways = await WaysIn.OfAsync(portal.Services);
        Assert.All(ways, way => Assert.True(way.Needs is Permission.Public or Permission.OwnTicket or Permission.OwnAppointment
            or Permission.OwnCase,
            $"{way.Address} needs {way.Needs}"));
        Assert.DoesNotContain(ways, way => way.Address.StartsWith("/staff", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(ways, way => way is { Kind: WayInKind.Page, Address: "/a/{week}/{code}" });
        foreach (var other in (await WaysIn.OfAsync(hub.Services)).Where(way => way.Kind is not WayInKind.File
            && !ways.Any(known => known.Address == way.Address)))
        {
            using var request = new HttpRequestMessage(HttpMethod.Parse(other.Verb), Regex.Replace(other.Address, @"\{[^}]*\}", "x"));
            using var answer = await anybody.SendAsync(request, Now);
            Assert.True(answer.StatusCode is HttpStatusCode.NotFound, $"{other.Address}: {answer.StatusCode}");
        }

        var ticket = await hub.TakeAsync();
        var queue = ticket.StatusPath.Split('/')[2];
        var hubs = portal.Services.GetRequiredService<IClusterClient>();
        Assert.NotNull(await hubs.GetGrain<ITicketPagesGrain>("alsdorf").FindAsync(queue, ticket.StatusPath.Split('/')[3]));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => hubs.GetGrain<IQueueGrain>(queue).View());
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => hubs.GetGrain<ICredentialsGrain>("credentials/alsdorf.rathaus").View());
        Assert.Equal(1, (await hub.TakeAsync()).Ahead); // The hub itself still calls its grains.
        await portal.StopAsync(Now);
    }

    [Theory]
    [InlineData("Portals")]
    [InlineData("Hubs")]
    public async Task A_hub_closes_the_ports_of_portals_and_hubs_to_addresses_that_are_not_listed(string setting)
    {
        await using var hub = await TestHub.StartAsync(options: $"--Hub:{setting}=192.0.2.7");
        using var client = new TcpClient();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Now);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        var sent = await Record.ExceptionAsync(async () =>
        {
            await client.ConnectAsync(IPAddress.Loopback, setting is "Hubs" ? hub.Silo : hub.Gateway, Now);
            while (await client.GetStream().ReadAsync(new byte[1024], patience.Token) > 0)
            {
                // Its preamble, before it looks at the address.
            }
        });
        Assert.True(sent is null or IOException or SocketException, $"{sent}"); // The hub may close it while it still connects.
        await hub.UntilAsync(() => Task.FromResult(hub.Words.Contains(
            $"A connection from 127.0.0.1 was refused: Hub:{setting} does not list it", StringComparison.Ordinal)), "The log names it");
    }

    [Fact]
    public async Task A_portal_finds_the_hubs_in_their_database_and_goes_on_when_one_of_them_ends()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var first = await TestHub.StartAsync(options: [$"--ConnectionStrings:Aufruf={database}"]);
        await using var second = await TestHub.JoinAsync(first);
        var port = Ports.Next();
        await using var portal = PortalServer.Build([$"--Portal:HttpPort={port}", $"--ConnectionStrings:Aufruf={database}",
            "--Logging:Console:LogLevel:Default=None"]);
        await portal.StartAsync(Now);
        using var anybody = new HttpClient { BaseAddress = new($"http://localhost:{port}") };
        var ticket = await first.TakeAsync();
        await first.UntilAsync(ShowsAsync, "The portal shows the ticket");
        await first.StopAsync();
        await second.UntilAsync(ShowsAsync, "The portal shows it through the other hub", seconds: 20);
        await portal.StopAsync(Now);

        async Task<bool> ShowsAsync()
        {
            using var answer = await anybody.GetAsync(ticket.StatusPath, Now);
            return answer.IsSuccessStatusCode;
        }
    }

    [Theory]
    [InlineData("--Portal:Gateways=rathaus", "'rathaus' is none")]
    [InlineData("--Portal:Gateways= ", "Portal:Gateways must name at least one hub")]
    [InlineData("--Portal:HttpPort=0", "Portal:HttpPort must be a port")]
    [InlineData("--Portal:TrustedProxies=proxy", "'proxy' is neither")]
    [InlineData("--Portal:Content=no/such/folder", "Portal:Content must name the folder")]
    [InlineData("--Portal:EmbedIn=www.alsdorf.de", "'www.alsdorf.de' is none")]
    public void A_wrong_setting_is_refused_with_a_sentence(string setting, string sentence) => Assert.Contains(sentence,
        Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() => PortalServer.Build([setting])).Message,
        StringComparison.Ordinal);
}
