using System.Net;
using System.Net.Http.Json;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Identity;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Staff;
using Aufruf.Tests.Running;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Aufruf.Tests.Flows;

/// <summary>A program acts with the key of a person: with the person's rights at each moment, and on no page.</summary>
public sealed class KeyTests(TwoOffices offices) : IClassFixture<TwoOffices>
{
    private const string Town = "alsdorf";
    private const double Seconds = 5; // A second on a quiet machine; the limit is only there to fail.

    private static readonly string[] Desk = [$"/live/desk?area={TestHub.Area}&counter=2", $"/live/board?board={TestHub.Board}"];

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private InnerHub Hub => offices.Hub;

    [Fact]
    public async Task A_key_has_the_rights_of_its_person_at_each_moment_and_open_desks_close_with_them()
    {
        await Hub.HireAsync(Town, "gets-a-role");
        using var program = Hub.As(await Hub.KeyAsync(Town, "gets-a-role"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(program));
        await Hub.AskAsync(Town, new PeopleCommand.Grant("gets-a-role", "clerk", TestHub.Office, "test"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(program));
        await using var desk = await OpenAsync(Desk[0], program);
        await Hub.AskAsync(Town, new PeopleCommand.TakeAway("gets-a-role", "clerk", TestHub.Office, "test"));
        await ClosedAsync(desk);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(program));
    }

    [Theory]
    [InlineData("end")]
    [InlineData("log-off")]
    [InlineData("disable")]
    [InlineData("time")]
    public async Task A_key_that_is_over_opens_nothing_and_closes_what_was_open(string way)
    {
        var name = $"key-{way}";
        var key = await Hub.HireInChargeAsync(TestHub.Office, name);
        var hash = Assert.Single(Hub.Services.GetRequiredService<PeopleCache>().Of(Town).Find(name)!.Sessions).Key;
        if (way == "time")
        {
            var secret = Secret.New(Town, name);
            (key, hash) = (secret.Token, secret.Hash);
            await Hub.AskAsync(Town, new PeopleCommand.MakeKey(name, hash, "short", Hub.Clock.GetUtcNow().AddSeconds(3), "test"));
        }

        using var program = Hub.As(key);
        await using var desk = await OpenAsync(Desk[0], program);
        await using var board = await OpenAsync(Desk[1], program);
        PeopleCommand? command = way switch
        {
            "end" => new PeopleCommand.EndSession(name, hash, "test"),
            "log-off" => new PeopleCommand.EndAllSessions(name, null, "test"),
            "disable" => new PeopleCommand.Disable(name, "test"),
            _ => null,
        };
        await Hub.AskAsync(Town, command is null ? [] : [command]);
        await ClosedAsync(desk);
        await ClosedAsync(board);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(program));
        await Assert.ThrowsAsync<HttpRequestException>(() => OpenAsync(Desk[0], program));
    }

    [Fact]
    public async Task A_key_opens_no_page_neither_as_a_token_nor_as_a_cookie_and_a_session_is_no_key()
    {
        var key = Secret.Parse(await Hub.HireInChargeAsync(TestHub.Office, "no-pages"))!;
        var session = new SessionPass(Town, "no-pages", key.Text);
        var forged = Hub.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(StaffAccess.Scheme)
            .TicketDataFormat.Protect(new(PersonIdentity.Of(session, StaffAccess.Scheme), StaffAccess.Scheme));
        foreach (var (header, value) in ((string, string)[])[("Authorization", $"Bearer {key.Token}"),
            ("Cookie", $"{StaffAccess.Cookie}={forged}")])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Hub.Address, "/staff/account"));
            request.Headers.TryAddWithoutValidation(header, value);
            using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
            using var answer = await client.SendAsync(request, Now);
            Assert.Contains("/staff/sign-in", answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
        }

        using (var byCookie = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = Hub.Address })
        {
            byCookie.DefaultRequestHeaders.TryAddWithoutValidation("Cookie", $"{StaffAccess.Cookie}={forged}");
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(byCookie));
        }

        var id = SessionPass.NewCode();
        await Hub.AskAsync(Town, new PeopleCommand.BeginSession("no-pages", SessionPass.HashOf(id), SignInWay.Password,
            Hub.Clock.GetUtcNow().AddHours(1), null));
        using var stolen = Hub.As($"{Town}~no-pages~{id}");
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(stolen));
    }

    [Fact]
    public async Task A_key_stands_in_no_address_of_a_request_and_is_neither_locked_nor_unlocked()
    {
        var key = await Hub.HireInChargeAsync(TestHub.Office, "bearer-only");
        var address = new Uri($"/api/v1/offices?access_token={Uri.EscapeDataString(key)}", UriKind.Relative);
        using var anybody = await Hub.Anybody.GetAsync(address, Now);
        Assert.Equal(HttpStatusCode.Unauthorized, anybody.StatusCode);
        using var program = Hub.As(key);
        foreach (var way in (string[])["lock", "unlock"])
        {
            using var answer = await program.PostAsJsonAsync($"/api/v1/session/{way}", new { password = StaffPerson.Password }, Now);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(program));
        using var ended = await program.PostAsync(new Uri("/api/v1/session/end", UriKind.Relative), null, Now);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(program));
    }

    [Fact]
    public async Task A_new_key_works_at_its_first_use_while_strangers_show_wrong_ones()
    {
        using var stop = new CancellationTokenSource();
        var strangers = Task.WhenAll(((string[])["alsdorf~with-key~guessed", "alsdorf~nobody~guessed", $"{TestHub.Office}~first-kiosk~x"])
            .Select(async wrong =>
            {
                using var stranger = Hub.As(wrong);
                while (!stop.IsCancellationRequested)
                {
                    Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(stranger));
                }
            }));
        for (var n = 0; n < 3; n++)
        {
            var (code, key) = await HubCommand.RunAsync("token", "person", "--authority", Town, "--person", "with-key",
                $"--Hub:Data={Hub.Data}");
            Assert.True(code == 0, key);
            using var program = Hub.As(key.Trim());
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(program));
        }

        await stop.CancelAsync();
        await strangers;
    }

    [Fact]
    public async Task What_a_command_issues_stands_in_the_log_with_the_command_and_for_whom()
    {
        await Hub.HireAsync(Town, "gets-a-key");
        foreach (var command in (string[][])[["person", "--authority", Town, "--person", "gets-a-key"],
            ["feed", "--office", TestHub.Office, "--holder", "logged-feed"],
            ["revoke", "--office", TestHub.Office, "--holder", "logged-feed"]])
        {
            Assert.Equal(0, (await HubCommand.RunAsync(["token", .. command, $"--Hub:Data={Hub.Data}"])).ExitCode);
        }

        var today = DateOnly.FromDateTime(Hub.Clock.GetUtcNow().UtcDateTime);
        var found = await Hub.Services.GetRequiredService<IAccessBook>().SearchAsync(Town,
            new(today.AddDays(-1), today.AddDays(1), "command:", null, Most: 200), Now);
        Assert.Empty(found.Faults);
        Assert.Equal([("credential-revoked", "logged-feed"), ("credential-issued", "logged-feed"), ("key-made", "gets-a-key")],
            found.Rows.Where(row => row.Subject is "gets-a-key" or "logged-feed").Select(row => (row.What, row.Subject)));
    }

    private async Task<HubConnection> OpenAsync(string address, HttpClient program)
    {
        var connection = new HubConnectionBuilder().WithUrl(new Uri(Hub.Address, address),
            o => o.AccessTokenProvider = () => Task.FromResult(program.DefaultRequestHeaders.Authorization?.Parameter)).Build();
        await connection.StartAsync(Now);
        return connection;
    }

    private Task ClosedAsync(HubConnection connection) => Hub.UntilAsync(
        () => Task.FromResult(connection.State is HubConnectionState.Disconnected), "The connection is closed", seconds: Seconds);

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var answer = await client.GetAsync(new Uri("/api/v1/offices", UriKind.Relative), Now);
        return answer.StatusCode;
    }
}
