using System.Net;
using System.Text;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Web;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Flows;

/// <summary>Every answer of the hub carries the headers that keep other sites, scripts and styles out; every body has a limit.</summary>
public sealed class SafetyHeadersTests(TwoOffices offices) : IClassFixture<TwoOffices>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_answer_has_a_policy_without_inline_scripts_and_styles()
    {
        var wrong = new List<string>();
        foreach (var way in (await WaysIn.OfAsync(offices.Hub.Services)).Append(new(WayInKind.Page, "GET", "/no/such/page", null)))
        {
            // A person changes nothing here: an ended key is of no use to the next test.
            var changes = way.Verb is not "GET";
            foreach (var visitor in offices.Visitors.Where(v =>
                v.Token is null && (!changes || v.Jar.Count == 0)))
            {
                using var request = new HttpRequestMessage(HttpMethod.Parse(way.Verb), TriedWays.Filled(way, offices.Ticket));
                request.Headers.Accept.ParseAdd("text/html");
                using var answer = await visitor.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Now);
                if (WhyNotSafe(answer) is { } why)
                {
                    wrong.Add($"{way.Verb} {way.Address} for {visitor.Name}, {answer.StatusCode}: {why}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    private static readonly string[] NoBody = ["/credentials/", "/session/end", "/session/lock", "/passkey/challenge",
        "/people/{name}/link", "/people/{name}/log-off", "/people/{name}/passkeys/", "/people/{name}/sessions/",
        "/people/{name}/{action}", "/roles/{role}/remove",
        "/payments/{authority}/hint"]; // A town without a payment provider reads none.

    private static readonly string[] LargeForms = ["/staff/{authority}/town/logo", "/staff/{authority}/procedures/{procedure}"];

    [Fact]
    public async Task No_request_of_any_way_in_may_be_larger_than_its_limit()
    {
        var wrong = new List<string>();
        foreach (var way in (await WaysIn.OfAsync(offices.Hub.Services)).Where(way => way.Verb is "POST"
            && way.Kind is WayInKind.Endpoint or WayInKind.Page && way.Needs is not Permission.ReturnMail
            && !NoBody.Any(part => way.Address.Contains(part, StringComparison.Ordinal))))
        {
            // A whole office may be checked, and all mails of a town. A logo and a declaration are sent in forms.
            var size = way.Address.EndsWith("/settings/draft/check", StringComparison.Ordinal) ? 2_200_000
                : way.Address.EndsWith("/draft/check", StringComparison.Ordinal) ? 1_100_000
                : LargeForms.Any(page => way.Address.Split('?')[0] == page) ? 4_300_000 : 70_000;
            var isForm = way.Kind is WayInKind.Page || way.Address.Contains("/backchannel-logout/", StringComparison.Ordinal);
            var visitor = offices.Visitors.First(v => v.Principal.May(way.Needs!.Value, TestHub.Office));
            using var request = new HttpRequestMessage(HttpMethod.Post, TriedWays.Filled(way, offices.Ticket))
            {
                Content = isForm ? new FormUrlEncodedContent([new("x", new('x', size))])
                    : new StringContent($"{{\"x\":\"{new string('x', size)}\"}}", Encoding.UTF8, "application/json"),
            };
            using var answer = await visitor.Client.SendAsync(request, Now);
            if (answer.StatusCode is not HttpStatusCode.RequestEntityTooLarge)
            {
                wrong.Add($"{way.Address}: {answer.StatusCode}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_form_with_files_is_refused_unread_from_somebody_who_has_not_signed_in()
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = offices.Hub.Address };
        using var form = new WatchedForm();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/staff/alsdorf/cases/new/code/form/page") { Content = form };
        request.Headers.ExpectContinue = true;
        using var answer = await browser.SendAsync(request, Now);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("/staff/sign-in", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.False(form.IsRead);
    }

    [Fact]
    public async Task A_session_cookie_belongs_to_this_host_alone_over_https()
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = offices.Hub.Address,
            DefaultRequestHeaders = { { "X-Forwarded-Proto", "https" } },
        };
        using var form = await browser.GetAsync("/staff/sign-in", Now);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/staff/sign-in")
        {
            Content = new FormUrlEncodedContent([new("name", "a-clerk@alsdorf"), new("password", StaffPerson.Password),
                new(StaffBrowser.FormToken, StaffBrowser.FormTokenOf(await form.Content.ReadAsStringAsync(Now)))]),
            Headers = { { "Cookie", form.Headers.GetValues("Set-Cookie").Single().Split(';')[0] } },
        };
        using var entered = await browser.SendAsync(request, Now);
        var cookie = Assert.Single(entered.Headers.GetValues("Set-Cookie"), c => c.Contains("aufruf-staff", StringComparison.Ordinal));
        Assert.StartsWith(HostCookies.Prefix, cookie, StringComparison.Ordinal);
        Assert.All((string[])["secure", "httponly", "samesite=strict", "path=/"],
            word => Assert.Contains(word, cookie, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);

        // Also the proof that the form is the hub's own, and a neighbour's cookie under the plain name proves nothing.
        var proof = form.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith($"{HostCookies.Prefix}aufruf-form=", proof, StringComparison.Ordinal);
        Assert.All((string[])["secure", "httponly", "path=/"], word => Assert.Contains(word, proof, StringComparison.OrdinalIgnoreCase));
        using var planted = new HttpRequestMessage(HttpMethod.Post, "/staff/sign-in")
        {
            Content = new FormUrlEncodedContent([new("name", "a-clerk@alsdorf"), new("password", StaffPerson.Password),
                new(StaffBrowser.FormToken, StaffBrowser.FormTokenOf(await form.Content.ReadAsStringAsync(Now)))]),
            Headers = { { "Cookie", proof.Split(';')[0].Replace(HostCookies.Prefix, "", StringComparison.Ordinal) } },
        };
        using var refused = await browser.SendAsync(planted, Now);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task A_credential_in_a_loop_is_slowed_down_with_a_sentence_and_another_goes_on()
    {
        await using var hub = await TestHub.StartAsync(options: "--Hub:RequestsPerMinute=20");
        HttpResponseMessage? last = null;
        for (var n = 0; n < 21; n++)
        {
            last?.Dispose();
            last = await hub.Clerk.GetAsync($"/api/v1/offices/{TestHub.Office}/offers", Now);
            Assert.Equal(n < 20 ? HttpStatusCode.OK : HttpStatusCode.TooManyRequests, last.StatusCode);
        }

        using var refused = last!;
        Assert.Equal("60", refused.Headers.GetValues("Retry-After").Single());
        Assert.Contains("urn:aufruf:too-many", await refused.Content.ReadAsStringAsync(Now), StringComparison.Ordinal);
        Assert.StartsWith("A", (await hub.TakeAsync()).Number, StringComparison.Ordinal);
    }

    private static string? WhyNotSafe(HttpResponseMessage answer)
    {
        var policy = Header(answer, "Content-Security-Policy");
        return policy.Contains("unsafe-inline", StringComparison.Ordinal) || policy.Contains("unsafe-eval", StringComparison.Ordinal)
            || !((string[])["script-src 'self';", "style-src 'self';", "object-src 'none'", "base-uri 'none'", "form-action 'self'",
                "frame-ancestors 'none'"]).All(part => policy.Contains(part, StringComparison.Ordinal)) ? policy
            : Header(answer, "X-Content-Type-Options") != "nosniff" ? "X-Content-Type-Options"
            : Header(answer, "Referrer-Policy") != "no-referrer" ? "Referrer-Policy"
            : Header(answer, "X-Frame-Options") != "DENY" ? "X-Frame-Options"
            : Header(answer, "Cross-Origin-Opener-Policy") != "same-origin" ? "Cross-Origin-Opener-Policy"
            : Header(answer, "Permissions-Policy").Length == 0 ? "Permissions-Policy"
            : null;
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : "";

    /// <summary>A form that knows whether the hub has asked for its body.</summary>
    private sealed class WatchedForm : HttpContent
    {
        public WatchedForm() => Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "part") } };

        public bool IsRead { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            IsRead = true;
            return Task.CompletedTask;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 10_000_000;
            return true;
        }
    }
}
