using System.Net;
using Aufruf.Portal.Staff;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Flows;

/// <summary>The hub behind a proxy: it believes trusted ones only, and knows what came through one.</summary>
public class ProxyTests(GuardedHub guarded)
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

    private static async Task<HttpResponseMessage> AskAsync(TestHub hub, string path, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = hub.Address };
        foreach (var (name, value) in headers)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }

        return await client.GetAsync(path, Now);
    }
}
