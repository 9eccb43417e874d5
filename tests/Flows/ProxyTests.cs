using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Aufruf.Portal.Staff;
using Aufruf.Tests.Running;
using Microsoft.AspNetCore.SignalR.Client;

namespace Aufruf.Tests.Flows;

/// <summary>The hub behind a proxy: it believes trusted ones only, and knows what came through one.</summary>
public partial class ProxyTests(GuardedHub guarded)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Https_at_the_proxy_is_https_for_redirects_cookies_and_browsers()
    {
        var hub = await guarded.HubAsync();
        using (var answer = await AskAsync(hub, "/staff", ("X-Forwarded-Proto", "https"), ("Host", "aufruf.example")))
        {
            Assert.StartsWith("https://aufruf.example/staff/sign-in", answer.Headers.Location?.ToString(), StringComparison.Ordinal);
            Assert.Equal("max-age=31536000", answer.Headers.GetValues("Strict-Transport-Security").Single());
            Assert.Contains(" wss://aufruf.example;", answer.Headers.GetValues("Content-Security-Policy").Single(),
                StringComparison.Ordinal);
        }

        using (var form = await AskAsync(hub, "/staff/sign-in", ("X-Forwarded-Proto", "https"), ("Host", "aufruf.example")))
        {
            Assert.All(form.Headers.GetValues("Set-Cookie"),
                cookie => Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase));
        }

        using var plain = await AskAsync(hub, "/staff/sign-in");
        Assert.False(plain.Headers.Contains("Strict-Transport-Security"));
        Assert.All(plain.Headers.GetValues("Set-Cookie"),
            cookie => Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Each_caller_behind_the_proxy_has_its_own_limits()
    {
        var hub = await guarded.HubAsync();
        var answers = await Task.WhenAll(Enumerable.Range(1, 250).Select(async n =>
        {
            using var answer = await AskAsync(hub, $"/t/{TestHub.Area}.2026-01-01/x", ("X-Forwarded-For", $"10.0.0.{n}"));
            return answer.StatusCode;
        }));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NotFound, answer));

        // One caller's wrong tries are too many in the end. Others enter.
        for (var n = 0; n < SignInAttempts.Most; n++)
        {
            using var guessed = await AskAsync(hub, "/staff/welcome/alsdorf/nobody/guess", ("X-Forwarded-For", "198.51.100.7"));
            Assert.Equal(HttpStatusCode.NotFound, guessed.StatusCode);
        }

        using var stranger = await StaffBrowser.SignInAsync(hub, new("alsdorf", "nobody"), At("198.51.100.7"));
        Assert.Equal(HttpStatusCode.TooManyRequests, stranger.Last?.StatusCode);
        using var clerk = await StaffBrowser.SignInAsync(hub, StaffPerson.FirstClerk, At("198.51.100.8"));
        Assert.Equal(HttpStatusCode.Found, clerk.Last?.StatusCode);

        static Action<HttpClient> At(string address) => client => client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Real-IP", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("Host", "aufruf.example")]
    public async Task Metrics_and_the_details_of_health_never_leave_through_a_proxy_that_can_be_recognised(string header, string value)
    {
        var hub = await guarded.HubAsync();
        using var metrics = await AskAsync(hub, "/metrics", (header, value));
        Assert.Equal(HttpStatusCode.Unauthorized, metrics.StatusCode);
        using var health = await AskAsync(hub, "/health/ready", (header, value));
        Assert.Matches("""^\{"status":"(Healthy|Degraded)"\}$""", await health.Content.ReadAsStringAsync(Now));
        Assert.Contains("journal", await hub.Anybody.GetStringAsync("/health/ready", Now), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_port_for_them_metrics_and_details_of_health_leave_through_no_proxy_however_bare()
    {
        var port = Ports.Next();
        await using var hub = await TestHub.StartAsync(options: $"--Hub:StatusPort={port}");
        using var metrics = await AskAsync(hub, "/metrics");
        Assert.Equal(HttpStatusCode.Unauthorized, metrics.StatusCode);
        Assert.Matches("""^\{"status":"(Healthy|Degraded)"\}$""", await hub.Anybody.GetStringAsync("/health/ready", Now));
        using var near = new HttpClient { BaseAddress = new($"http://localhost:{port}") };
        Assert.Contains("aufruf_waiting", await near.GetStringAsync("/metrics", Now), StringComparison.Ordinal);
        Assert.Contains("journal", await near.GetStringAsync("/health/ready", Now), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_word_of_a_proxy_that_is_not_trusted_counts_for_nothing()
    {
        await using var hub = await TestHub.StartAsync(options: "--Hub:TrustedProxies=192.0.2.0/24, 198.51.100.1");
        using var answer = await AskAsync(hub, "/staff", ("X-Forwarded-Proto", "https"));
        Assert.StartsWith("http://", answer.Headers.Location?.ToString(), StringComparison.Ordinal);
        for (var n = 0; n < 240; n++)
        {
            using var page = await AskAsync(hub, $"/t/{TestHub.Area}.2026-01-01/x", ("X-Forwarded-For", $"10.0.0.{n}"));
        }

        using var tooMany = await AskAsync(hub, $"/t/{TestHub.Area}.2026-01-01/x", ("X-Forwarded-For", "10.0.1.1"),
            ("Accept", "text/html"), ("Accept-Language", "en"));
        Assert.Equal((HttpStatusCode.TooManyRequests, "text/html"), (tooMany.StatusCode, tooMany.Content.Headers.ContentType?.MediaType));
        Assert.Contains("Please try again in a minute", await tooMany.Content.ReadAsStringAsync(Now), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Hub:PublicUrl=https://aufruf.example/rathaus", "Hub:PublicUrl must be the address of a whole host")]
    [InlineData("--Hub:PublicUrl=ftp://aufruf.example", "Hub:PublicUrl must be the address of a whole host")]
    [InlineData("--Hub:PublicUrl=https://aufruf.example/?a=b", "Hub:PublicUrl must be the address of a whole host")]
    [InlineData("--Hub:TrustedProxies=10.0.0.0/8, proxy.example", "'proxy.example' is neither")]
    public void A_setting_that_cannot_work_is_refused_with_a_sentence(string option, string sentence)
    {
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationBuilder();
        Microsoft.Extensions.Configuration.CommandLineConfigurationExtensions.AddCommandLine(configuration, [option]);
        var wrong = Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() =>
            Aufruf.Hub.HubOptions.Read(configuration.Build()));
        Assert.Contains(sentence, Assert.Single(wrong.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Hub:AllInterfaces=true")]
    [InlineData("--Hub:PublicUrl=https://aufruf.example")]
    public void A_demo_is_for_this_machine_alone(string reachable)
    {
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationBuilder();
        Microsoft.Extensions.Configuration.CommandLineConfigurationExtensions.AddCommandLine(configuration, ["--Hub:Demo=true", reachable]);
        var wrong = Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() =>
            Aufruf.Hub.HubOptions.Read(configuration.Build()));
        Assert.Contains("it is for this machine alone", Assert.Single(wrong.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Hub:AllInterfaces=true", true)]
    [InlineData("--Hub:AllInterfaces=true --Hub:PublicUrl=http://localhost:5280", true)]
    [InlineData("--Hub:AllInterfaces=true --Hub:PublicUrl=https://aufruf.example/", false)]
    [InlineData("", false)]
    public async Task No_QR_code_leads_to_a_phones_own_localhost(string options, bool warns)
    {
        await using var hub = await TestHub.StartAsync(options: options.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(warns, (await hub.TakeAsync()).QrPath is null);
        Assert.Equal(warns, hub.Words.Contains("slips and kiosks show no QR code", StringComparison.Ordinal));
        if (options.Length == 0)
        {
            using var forwarded = await AskAsync(hub, "/", ("X-Forwarded-For", "203.0.113.7"));
            Assert.Null((await hub.TakeAsync()).QrPath); // A proxy stands before it: its own address is of no use.
            Assert.Contains("A proxy passes requests on, but Hub:PublicUrl", hub.Words, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_nginx_example_of_the_readme_carries_pages_live_screens_and_addresses_and_logs_no_secret()
    {
        Assert.SkipUnless(File.Exists("/usr/sbin/nginx") || Environment.GetEnvironmentVariable("AUFRUF_REQUIRE_ALL") == "1",
            "nginx is not installed");
        await using var hub = await TestHub.StartAsync(options: "--Hub:PublicUrl=https://aufruf.example");
        var ticket = await hub.TakeAsync();
        using var folder = new TempFolder();
        var port = Ports.Next();
        await MakeCertificateAsync(folder);
        await File.WriteAllTextAsync(folder.File("nginx.conf"), $$"""
            daemon off; worker_processes 1; pid {{folder.File("pid")}}; error_log {{folder.File("error.log")}};
            events { worker_connections 64; }
            http {
              client_body_temp_path {{folder.File("b")}}; proxy_temp_path {{folder.File("p")}}; fastcgi_temp_path {{folder.File("f")}};
              uwsgi_temp_path {{folder.File("u")}}; scgi_temp_path {{folder.File("s")}};
            {{Example().Replace("443", $"{port}", StringComparison.Ordinal).Replace("5280", $"{hub.Http}", StringComparison.Ordinal)
                .Replace("/etc/ssl/aufruf", folder.Path, StringComparison.Ordinal)
                .Replace("/var/log/nginx", folder.Path, StringComparison.Ordinal)}}
            }
            """, Now);
        using var nginx = Process.Start(new ProcessStartInfo("/usr/sbin/nginx", ["-c", folder.File("nginx.conf")])
        { RedirectStandardError = true })!;
        try
        {
            using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => IsOurs(certificate);
            using var citizen = new HttpClient(handler) { BaseAddress = new Uri($"https://localhost:{port}") };
            citizen.DefaultRequestHeaders.Host = "aufruf.example";
            await hub.UntilAsync(async () => !nginx.HasExited && await AnswersAsync(citizen), "nginx answers", () => nginx.HasExited);

            using var page = await citizen.GetAsync("/staff", Now);
            Assert.StartsWith("https://aufruf.example/staff/sign-in", page.Headers.Location?.ToString(), StringComparison.Ordinal);
            Assert.True(page.Headers.Contains("Strict-Transport-Security"));
            using var metrics = await citizen.GetAsync("/metrics", Now);
            Assert.NotEqual(HttpStatusCode.OK, metrics.StatusCode);
            foreach (var address in (string[])[ticket.StatusPath, $"/api/v1/tickets{ticket.StatusPath[2..]}"])
            {
                using var own = await citizen.GetAsync(address, Now);
                Assert.Equal(HttpStatusCode.OK, own.StatusCode);
            }

            var shown = new TaskCompletionSource();
            await using var board = new HubConnectionBuilder().WithUrl(new Uri(citizen.BaseAddress, $"/live/board?board={TestHub.Board}"),
                Microsoft.AspNetCore.Http.Connections.HttpTransportType.WebSockets, o =>
                {
                    o.AccessTokenProvider = () => Task.FromResult<string?>(hub.DisplayToken);
                    o.HttpMessageHandlerFactory = _ => new HttpClientHandler
                    {
                        ServerCertificateCustomValidationCallback = (_, certificate, _, _) => IsOurs(certificate)
                    };
                    o.WebSocketConfiguration = socket =>
                        socket.RemoteCertificateValidationCallback = (_, certificate, _, _) => IsOurs(certificate);
                }).Build();
            board.On<System.Text.Json.JsonElement>("Snapshot", _ => shown.TrySetResult());
            await board.StartAsync(Now);
            await shown.Task.WaitAsync(TimeSpan.FromSeconds(20), Now);
        }
        finally
        {
            nginx.Kill(entireProcessTree: true);
            await nginx.WaitForExitAsync(Now);
        }

        var log = await File.ReadAllTextAsync(folder.File("aufruf.log"), Now) + await File.ReadAllTextAsync(
            folder.File("aufruf-error.log"), Now);
        Assert.Contains(" GET /t/ 200 ", log, StringComparison.Ordinal);
        Assert.Contains("/live/board", log, StringComparison.Ordinal);
        Assert.DoesNotContain(ticket.StatusPath.Split('/')[^1], log, StringComparison.Ordinal);
        Assert.DoesNotContain(hub.DisplayToken.Split('~')[2], log, StringComparison.Ordinal);
    }

    /// <summary>The server blocks of the example in README.md.</summary>
    private static string Example() => Nginx().Match(File.ReadAllText(Repository.PathOf("hub", "README.md"))) is { Success: true } found
        ? found.Groups[1].Value
        : throw new InvalidDataException("hub/README.md has no nginx example.");

    /// <summary>The certificate made for this test: no authority has signed it.</summary>
    private static bool IsOurs(System.Security.Cryptography.X509Certificates.X509Certificate? certificate) =>
        certificate?.Subject == "CN=aufruf.example";

    private static async Task MakeCertificateAsync(TempFolder folder)
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=aufruf.example", key,
            System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.RSASignaturePadding.Pkcs1);
        var today = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(today.AddDays(-1), today.AddDays(1));
        await File.WriteAllTextAsync(folder.File("fullchain.pem"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(folder.File("key.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    private static async Task<bool> AnswersAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/health/live", Now);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<HttpResponseMessage> AskAsync(TestHub hub, string path, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = hub.Address };
        foreach (var (name, value) in headers)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }

        return await client.GetAsync(path, Now);
    }

    [GeneratedRegex("```nginx\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Nginx();
}
