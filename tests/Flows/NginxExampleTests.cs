using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Aufruf.Tests.Running;
using Microsoft.AspNetCore.SignalR.Client;

namespace Aufruf.Tests.Flows;

/// <summary>The nginx example of hub/README.md, run by a true nginx before a true hub.</summary>
[Trait("Needs", "process")]
public sealed partial class NginxExampleTests
{
    private const string Secret = "c0de-that-stands-in-no-log";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_carries_pages_live_screens_and_addresses_and_logs_no_secret()
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

            Assert.DoesNotContain("nginx", await UploadAsync(citizen, megabytes: 2), StringComparison.Ordinal);
            Assert.Contains("kleinere", await UploadAsync(citizen, megabytes: 20), StringComparison.OrdinalIgnoreCase);

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

            var secrets = (await WaysIn.OfAsync(hub.Services)).Where(way => SecretPart().IsMatch(way.Address)).ToArray();
            Assert.True(secrets.Length > 40, $"{secrets.Length} addresses with a secret");
            foreach (var way in secrets)
            {
                var address = TriedWays.Filled(way with { Address = SecretPart().Replace(way.Address, Secret) }, ticket.StatusPath);
                foreach (var spelt in Spellings(address))
                {
                    using var guess = new HttpRequestMessage(HttpMethod.Parse(way.Verb), Exactly(citizen.BaseAddress, spelt));
                    guess.Headers.Referrer = new Uri(citizen.BaseAddress, address);
                    using var answer = await citizen.SendAsync(guess, Now);
                    Assert.True((int)answer.StatusCode < 500, $"{guess.RequestUri}: {answer.StatusCode}");
                }
            }
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
        Assert.DoesNotContain(Secret, log, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(hub.DisplayToken.Split('~')[2], log, StringComparison.Ordinal);
    }

    /// <summary>An address as people, programs and mail scanners write it.</summary>
    private static string[] Spellings(string address) =>
    [
        address, address.ToUpperInvariant(), address + "/", address + "%zz", address + "%00",
        "/" + address.Replace("/", "//", StringComparison.Ordinal), $"/%{(int)address[1]:X2}{address[2..]}", $"/.{address}",
        $"/x/..{address}", "/" + address[1..].Replace("/", "%2F", StringComparison.Ordinal),
        $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}code={Secret}",
    ];

    /// <summary>Sent as it stands: a client puts such addresses in order otherwise.</summary>
    private static Uri Exactly(Uri site, string address) => new($"{site.GetLeftPart(UriPartial.Authority)}{address}",
        new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    /// <summary>A citizen sends a file of this size to a form, and reads the answer.</summary>
    private static async Task<string> UploadAsync(HttpClient citizen, int megabytes)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(new byte[megabytes * 1_000_000]), "proof", "proof.pdf" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/case/no-such/form/proof") { Content = form };
        request.Headers.Accept.ParseAdd("text/html");
        request.Headers.AcceptLanguage.ParseAdd("de");
        using var answer = await citizen.SendAsync(request, Now);
        return await answer.Content.ReadAsStringAsync(Now);
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

    [GeneratedRegex("```nginx\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Nginx();

    [GeneratedRegex(@"\{(code|secret|token)\}")]
    private static partial Regex SecretPart();
}
