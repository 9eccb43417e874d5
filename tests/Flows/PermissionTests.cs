using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Push;
using Aufruf.Portal.Identity;
using Aufruf.Tests.Running;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MQTTnet;

namespace Aufruf.Tests.Flows;

/// <summary>Every way into the hub states a permission, and lets in exactly those who have it in that office.</summary>
public sealed partial class PermissionTests(TwoOffices offices) : IClassFixture<TwoOffices>
{
    private static readonly string Written = Repository.PathOf("hub", "permissions.md");

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_way_in_states_one_permission()
    {
        var services = offices.Hub.Services;
        var ways = await WaysIn.OfAsync(services);
        Assert.DoesNotContain(ways, way => way.Needs is null);
        Assert.DoesNotContain(WaysIn.MethodsOf(services), method => method.Needs is null);
        Assert.DoesNotContain(WaysIn.OfBroker, topic => !topic.IsStated);
        Assert.All(Enum.GetValues<WayInKind>(), kind => Assert.Contains(ways, way => way.Kind == kind));
        Assert.Equal(WaysIn.OfBroker.Select(topic => topic.Name).Distinct().Count(), WaysIn.OfBroker.Count);
        Assert.Contains(WaysIn.MethodsOf(services), method => method.Method.Name == nameof(DeskHub.Seen));
    }

    [Fact]
    public async Task The_table_of_permissions_is_the_one_of_the_running_hub()
    {
        var services = offices.Hub.Services;
        var text = PermissionTable.Write(await WaysIn.OfAsync(services), WaysIn.MethodsOf(services));
        if (Environment.GetEnvironmentVariable("AUFRUF_WRITE_PERMISSIONS") is not null)
        {
            await File.WriteAllTextAsync(Written, text, Now);
        }

        Assert.True(File.Exists(Written) && await File.ReadAllTextAsync(Written, Now) == text,
            "hub/permissions.md differs from the hub's statements: ./run permissions writes it.");
    }

    [Fact]
    public async Task Every_address_lets_in_exactly_those_who_have_its_permission_in_its_office()
    {
        var wrong = new List<string>();
        foreach (var way in await WaysIn.OfAsync(offices.Hub.Services))
        {
            foreach (var visitor in way.Kind is WayInKind.File ? offices.Visitors.Take(1) : offices.Visitors)
            {
                if (visitor.Principal.May(Permission.OwnAccount) && way.Address is "/api/v1/session/lock" or "/api/v1/session/end")
                {
                    continue; // The visitor would not come back. StaffSessionTests tries them.
                }

                using var request = new HttpRequestMessage(HttpMethod.Parse(way.Verb), TriedWays.Filled(way, offices.Ticket));
                request.Content = way.Verb is "GET" ? null : way.Kind is not WayInKind.Page ? JsonContent.Create(TriedWays.BodyOf(way))
                    : new FormUrlEncodedContent(
                        [new("message", "no-such"), new(StaffBrowser.FormToken, await FormTokenAsync(visitor, way))]);
                using var answer = await visitor.Client.SendAsync(request, Now);
                if ((int)answer.StatusCode >= 500)
                {
                    wrong.Add($"{way.Verb} {way.Address} by {visitor.Name} fails: {answer.StatusCode}");
                    continue;
                }

                var isIn = !await IsRefusedAsync(answer, way);
                if (isIn != May(visitor, way.Needs, TriedWays.OfficeOf(way), way.Kind is WayInKind.Page, IsBoard(way)))
                {
                    wrong.Add($"{way.Verb} {way.Address} ({way.Needs}) by {visitor.Name}: {answer.StatusCode}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public async Task Every_method_of_a_live_connection_lets_in_exactly_those_who_have_its_permission()
    {
        var wrong = new List<string>();
        foreach (var method in WaysIn.MethodsOf(offices.Hub.Services))
        {
            var way = new WayIn(WayInKind.Live, "GET", method.Address, method.Needs);
            foreach (var visitor in offices.Visitors.Where(v => !v.IsNear))
            {
                var isIn = await CallAsync(new Uri(offices.Hub.Address, TriedWays.Filled(way, offices.Ticket)), visitor, method.Method.Name,
                    [.. method.Method.GetParameters().Select(p => p.ParameterType == typeof(string) ? "" :
                        Activator.CreateInstance(p.ParameterType))]);
                if (isIn != May(visitor, method.Needs, TriedWays.OfficeOf(way), isBoard: IsBoard(way)))
                {
                    wrong.Add($"{method.Address} {method.Method.Name} ({method.Needs}) by {visitor.Name}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public async Task Every_topic_is_open_to_its_own_device_as_stated_and_to_no_other_credential()
    {
        foreach (var visitor in offices.Visitors.Where(v => v.Token is not null))
        {
            var (who, office) = (visitor.Principal, visitor.Principal.Places.First());
            await using var device = RawDevice.Stranger(offices.Hub, who.Who, visitor.Token!.Split('~')[2], office);
            var isIn = await device.TryConnectAsync() is MqttClientConnectResultCode.Success;
            Assert.Equal(who.May(Permission.SpeakAsDevice, office), isIn);
            foreach (var topic in isIn ? WaysIn.OfBroker : [])
            {
                foreach (var (ofOffice, ofDevice) in (IEnumerable<(string, string)>)[(TestHub.Office, "box-3"),
                    (TestHub.Office, "printer-1"), (GuardedHub.OtherOffice, "knopf-3")])
                {
                    var name = topic.Name.Replace("{office}", ofOffice, StringComparison.Ordinal)
                        .Replace("{device}", ofDevice, StringComparison.Ordinal);
                    var isOwn = !topic.Name.Contains("{device}", StringComparison.Ordinal) || ofDevice == who.Who;
                    var heard = await device.SubscribeAsync(name) is MqttClientSubscribeResultCode.GrantedQoS1;
                    Assert.True(heard == (isOwn && who.May(TopicRights.Hear, ofOffice)), $"{visitor.Name} hears {name}: {heard}");
                    if (!name.Contains('#', StringComparison.Ordinal))
                    {
                        var said = await device.PublishAsync(name, "{}"u8.ToArray()) is not MqttClientPublishReasonCode.NotAuthorized;
                        Assert.True(said == (isOwn && topic.Publish is { } needed && who.May(needed, ofOffice)),
                            $"{visitor.Name} publishes {name}: {said}");
                    }
                }
            }
        }
    }

    /// <summary>Proves the tests above: a way in without a statement is found, and lets nobody in.</summary>
    [Fact]
    public async Task An_address_or_a_method_without_a_statement_is_found_and_closed()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var port = Ports.Next();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        builder.Services.AddPermissions().AddSignalR();
        await using var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/stated", () => "open").Needs(Permission.Public);
        app.MapGet("/forgotten", () => "open");
        app.MapGet("/opened", () => "open").Needs(Permission.Call).AllowAnonymous();
        app.MapHub<StatedHub>("/live/stated");
        app.MapHub<ForgottenHub>("/live/forgotten");
        await app.StartAsync(Now);

        Assert.Equal(["/forgotten", "/live/forgotten", "/live/forgotten/negotiate", "/opened"],
            (await WaysIn.OfAsync(app.Services)).Where(way => way.Needs is null).Select(way => way.Address));
        Assert.Equal(["/live/forgotten"], WaysIn.MethodsOf(app.Services).Where(m => m.Needs is null).Select(m => m.Address));

        using var anybody = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new($"http://127.0.0.1:{port}")
        };
        using var stated = await anybody.GetAsync("/stated", Now);
        using var forgotten = await anybody.GetAsync("/forgotten", Now);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Redirect), (stated.StatusCode, forgotten.StatusCode));
        var live = new Uri(anybody.BaseAddress, "/live/");
        Assert.True(await CallAsync(new(live, "stated"), visitor: null, nameof(StatedHub.Look), []));
        Assert.False(await CallAsync(new(live, "stated"), visitor: null, nameof(StatedHub.Change), []));
        Assert.False(await CallAsync(new(live, "forgotten"), visitor: null, nameof(ForgottenHub.Look), []));
    }

    [Needs(Permission.Public)]
    private sealed class StatedHub : Microsoft.AspNetCore.SignalR.Hub
    {
        public void Look() => Context.Items["called"] = true;

        [Needs(Permission.Tickets)]
        public void Change() => Context.Items["called"] = true;
    }

    private sealed class ForgottenHub : Microsoft.AspNetCore.SignalR.Hub
    {
        public void Look() => Context.Items["called"] = true;
    }

    /// <summary>A key opens no page.</summary>
    /// <param name="isBoard">It shows the areas in which the permission holds, so one of the office is enough.</param>
    private static bool May(Visitor visitor, Permission? needed, string? office, bool isPage = false, bool isBoard = false) =>
        needed is { } permission
        && ((isPage && visitor.Token is not null ? Principal.Citizen : visitor.Principal) is var who
            && (isBoard ? who.MayWithin(permission, office!) : who.May(permission, office))
            || (visitor.IsNear && Principal.ThisMachine.May(permission)));

    private static bool IsBoard(WayIn way) => way.Address.StartsWith("/live/board", StringComparison.Ordinal);

    /// <summary>Not signed in, not permitted, sent to the sign-in; or, unless it is for everybody, answered like nothing.</summary>
    private static async Task<bool> IsRefusedAsync(HttpResponseMessage answer, WayIn way) =>
        answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        || answer.Headers.Location?.OriginalString.Contains("/staff/sign-in?to=", StringComparison.Ordinal) is true
        || (answer.StatusCode is HttpStatusCode.NotFound && way.Needs is { } needed && !Principal.Citizen.May(needed)
            && !Inside().IsMatch(await answer.Content.ReadAsStringAsync(Now)));

    /// <summary>The proof that a form comes from the hub's own page, of a clerk's session. To sign out for good would end it.</summary>
    private static async Task<string> FormTokenAsync(Visitor visitor, WayIn way) =>
        visitor.Token is not null || !visitor.Principal.May(Permission.OwnAccount)
            || way.Address.StartsWith("/staff/sign-", StringComparison.Ordinal) ? ""
        : await StaffBrowser.FormTokenAsync(visitor.Client, new("/staff/account", UriKind.Relative));

    /// <returns>False: the connection or the call was refused. A hub that fails throws.</returns>
    private static async Task<bool> CallAsync(Uri address, Visitor? visitor, string method, object?[] arguments)
    {
        await using var connection = new HubConnectionBuilder()
            .WithUrl(address, o =>
            {
                o.AccessTokenProvider = () => Task.FromResult(visitor?.Token);
                o.Headers["Origin"] = address.GetLeftPart(UriPartial.Authority);
                foreach (var cookie in visitor is { Token: null } ? visitor.Jar.GetAllCookies().ToArray() : [])
                {
                    o.Cookies.Add(cookie);
                }
            }).Build();
        try
        {
            await connection.StartAsync(Now);
            await connection.InvokeCoreAsync(method, arguments, Now);
            return true;
        }
        catch (Exception error) when (error is HttpRequestException { StatusCode: not >= HttpStatusCode.InternalServerError }
            or TaskCanceledException || (error is HubException && !error.Message.StartsWith(Unexpected, StringComparison.Ordinal)))
        {
            return false;
        }
    }

    // SignalR's own words for an error that its method did not foresee.
    private const string Unexpected = "An unexpected error occurred";

    /// <summary>An answer about something unknown in an office that was entered: of the API, or of a page.</summary>
    [GeneratedRegex("urn:aufruf:(unknown-|(session|passkey)-unknown|no-such-|(appointment|wish|invitation)-gone)|error-summary")]
    private static partial Regex Inside();
}
