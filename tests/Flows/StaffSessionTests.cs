using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Identity;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

/// <summary>The sessions of people at one hub: locked, ended, and never used by another site.</summary>
public sealed class StaffSessionTests(TwoOffices offices) : IClassFixture<TwoOffices>
{
    private static readonly Uri Offices = new("/api/v1/offices", UriKind.Relative);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private InnerHub Hub => offices.Hub;

    [Fact]
    public async Task A_request_that_changes_something_comes_from_our_own_page()
    {
        using var browser = await (await ClerkAsync("origin")).BrowserAsync(Hub);
        Assert.Equal(HttpStatusCode.OK, await OpenAsync(browser, "1"));
        foreach (var (header, value) in ((string, string)[])[("Origin", "https://elsewhere.example"), ("Origin", "null"), ("Origin", ""),
            ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site")])
        {
            browser.DefaultRequestHeaders.Remove("Origin");
            browser.DefaultRequestHeaders.Remove("Sec-Fetch-Site");
            browser.DefaultRequestHeaders.TryAddWithoutValidation(header, value);
            Assert.Equal(HttpStatusCode.Forbidden, await OpenAsync(browser, "1"));
        }

        browser.DefaultRequestHeaders.Remove("Sec-Fetch-Site");
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        Assert.Equal(HttpStatusCode.OK, await OpenAsync(browser, "1"));
    }

    [Fact]
    public async Task A_locked_session_is_refused_until_the_password_comes_and_the_others_go_on()
    {
        var clerk = await ClerkAsync("locked");
        using var desk = await clerk.BrowserAsync(Hub);
        using var other = await clerk.BrowserAsync(Hub);
        Assert.True(await PostAsync(desk, "lock") is HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Locked, await GetAsync(desk));
        Assert.Equal(HttpStatusCode.Locked, await OpenAsync(desk, "1"));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(other));
        using (var page = await desk.GetAsync(new Uri("/staff/account", UriKind.Relative), Now))
        {
            Assert.StartsWith("/staff/locked", page.Headers.Location?.OriginalString, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.Conflict, await PostAsync(desk, "unlock", "guessed password"));
        Assert.Equal(HttpStatusCode.Locked, await GetAsync(desk));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(desk, "unlock", StaffPerson.Password));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(desk));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(desk, "end"));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(desk));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(other));
    }

    [Fact]
    public async Task A_colleague_who_went_home_is_logged_off_and_the_counter_closes()
    {
        using var browser = await (await ClerkAsync("gone-home")).BrowserAsync(Hub);
        Assert.Equal(HttpStatusCode.OK, await ActAsync(browser, "4", "log-in"));
        Assert.Equal(0, await Hub.Services.GetRequiredService<IStaffPeople>().LogOffAsync("alsdorf", "gone-home", "a-charge"));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(browser));
        var queue = Hub.Services.GetRequiredService<Aufruf.Hub.Push.LiveAreas>().Of(TestHub.Area).Now!.Queue;
        Assert.False(queue.At(new("4")).Open);
    }

    [Fact]
    public async Task A_clerk_acts_at_another_counter_only_with_the_permission_and_in_the_own_name()
    {
        using var clerk = await (await ClerkAsync("at-two")).BrowserAsync(Hub);
        using var second = await (await ClerkAsync("wanders")).BrowserAsync(Hub);
        var person = await Hub.HireAsync("alsdorf", "helps", ("in-charge", TestHub.Office));
        using var charge = await person.BrowserAsync(Hub);
        Assert.Equal(HttpStatusCode.OK, await ActAsync(clerk, "2", "log-in"));
        Assert.Equal("counter-taken", await WhyNotAsync(second, "2", new { requestId = Guid.CreateVersion7(), presence = "pause" }));
        Assert.Equal("not-your-counter",
            await WhyNotAsync(second, "2", new { requestId = Guid.CreateVersion7(), presence = "pause", elsewhere = true }));
        Assert.Equal("counter-taken", await WhyNotAsync(charge, "2", new { requestId = Guid.CreateVersion7(), presence = "pause" }));
        Assert.Null(await WhyNotAsync(charge, "2", new { requestId = Guid.CreateVersion7(), presence = "pause", elsewhere = true }));
        Assert.Equal("at-two", Hub.Services.GetRequiredService<Aufruf.Hub.Push.LiveAreas>().Of(TestHub.Area).Now!.Queue.At(new("2"))
            .Clerk?.Value);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_sign_in_and_a_right_one_is_answered_like_a_wrong_one()
    {
        var accounts = Hub.Services.GetRequiredService<IStaffAccounts>();
        await ClerkAsync("guessed");
        for (var guess = 0; guess < 5; guess++)
        {
            Assert.Null((await accounts.EnterAsync("alsdorf", "guessed", $"guess {guess}")).Session);
        }

        Assert.Null((await accounts.EnterAsync("alsdorf", "guessed", StaffPerson.Password)).Session);
        await Hub.Services.GetRequiredService<IStaffPeople>().HandleAsync("alsdorf", new PeopleCommand.Unlock("guessed", "a-admin"));
        Assert.NotNull((await accounts.EnterAsync("alsdorf", "guessed", StaffPerson.Password)).Session);
    }

    [Fact]
    public async Task A_code_of_the_app_is_good_once()
    {
        var accounts = Hub.Services.GetRequiredService<IStaffAccounts>();
        await ClerkAsync("with-app");
        var session = (await accounts.EnterAsync("alsdorf", "with-app", StaffPerson.Password)).Session!;
        var offer = accounts.OfferTotp(session);
        var totp = new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes(offer.Key));
        var (code, next) = (CodeAt(0), CodeAt(30)); // Half a minute may end between two lines.
        Assert.False(await accounts.TurnOnTotpAsync(session, offer.Offer, "000000"));
        Assert.True(await accounts.TurnOnTotpAsync(session, offer.Offer, code));

        var half = (await accounts.EnterAsync("alsdorf", "with-app", StaffPerson.Password)).Half!;
        Assert.Null((await accounts.EnterCodeAsync(half, code)).Session); // It has turned the second factor on.
        Assert.NotNull((await accounts.EnterCodeAsync(half, next)).Session);
        Assert.Null((await accounts.EnterCodeAsync(half, next)).Session);
        Assert.Null((await accounts.EnterCodeAsync(half + "x", next)).Session);

        string CodeAt(int seconds) => totp.ComputeTotp(Hub.Clock.GetUtcNow().UtcDateTime.AddSeconds(seconds));
    }

    [Fact]
    public async Task A_role_holds_in_the_own_authority_only()
    {
        var people = Hub.Services.GetRequiredService<IStaffPeople>();
        Assert.Equal("place-unknown", (await people.HandleAsync("alsdorf",
            new PeopleCommand.Grant("a-clerk", "clerk", GuardedHub.OtherOffice, "a-admin")))?.Code);
    }

    [Fact]
    public void The_secret_of_a_session_stands_nowhere_in_the_journal()
    {
        var person = Hub.Services.GetRequiredService<PeopleCache>().Of("alsdorf").Find("a-clerk")!;
        Assert.StartsWith("AQAAAAI", person.PasswordHash, StringComparison.Ordinal); // Identity's form 3, with SHA-512.
        Assert.All(person.Sessions.Keys, hash => Assert.Equal(43, hash.Length));
    }

    private Task<StaffPerson> ClerkAsync(string name) => Hub.HireAsync("alsdorf", name, ("clerk", TestHub.Office));

    private static async Task<HttpStatusCode> GetAsync(HttpClient browser)
    {
        using var answer = await browser.GetAsync(Offices, Now);
        return answer.StatusCode;
    }

    private static Task<HttpStatusCode> OpenAsync(HttpClient browser, string counter) => ActAsync(browser, counter, "open");

    private static async Task<HttpStatusCode> ActAsync(HttpClient browser, string counter, string action)
    {
        using var answer = await browser.PostAsJsonAsync($"/api/v1/areas/{TestHub.Area}/counters/{counter}/{action}",
            new { requestId = Guid.CreateVersion7() }, Now);
        return answer.StatusCode;
    }

    private static async Task<string?> WhyNotAsync(HttpClient browser, string counter, object request)
    {
        using var answer = await browser.PostAsJsonAsync($"/api/v1/areas/{TestHub.Area}/counters/{counter}/presence", request, Now);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Now))?["reason"]?.GetValue<string>();
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient browser, string what, string? password = null)
    {
        using var answer = await browser.PostAsJsonAsync($"/api/v1/session/{what}", new { password }, Now);
        return answer.StatusCode;
    }
}
