using System.Net;
using System.Text.Json.Nodes;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Identity.Providers;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Running;

/// <summary>A hub whose town has a provider, and an administrator of its own.</summary>
public sealed class ProvidedHub : IAsyncLifetime
{
    private InnerHub? _hub;
    private InnerProvider? _provider;

    internal InnerHub Hub => _hub!;

    internal InnerProvider Provider => _provider!;

    internal IStaffPeople People => Hub.Services.GetRequiredService<IStaffPeople>();

    internal Aufruf.Domain.Identity.People Known => Hub.Services.GetRequiredService<PeopleCache>().Of("alsdorf");

    public async ValueTask InitializeAsync()
    {
        _provider = await InnerProvider.StartAsync();
        _hub = await TestHub.StartAsync(options: Provider.Settings);
        await PrepareAsync(Hub);
        // The first answer of a provider on a busy machine may outlast the patience of a sign-in page.
        while (!await Hub.Services.GetRequiredService<StaffProviders>().AnswersAsync("alsdorf"))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        await Provider.DisposeAsync();
    }

    /// <summary>An administrator, and two rows of the town's table.</summary>
    internal static async Task PrepareAsync(InnerHub hub)
    {
        await hub.HireAsync("alsdorf", "kern", ("administrator", "alsdorf"));
        var people = hub.Services.GetRequiredService<IStaffPeople>();
        Assert.Null(await people.HandleAsync("alsdorf", new PeopleCommand.MapClaim("service", "clerk", TestHub.Office, "kern")));
        Assert.Null(await people.HandleAsync("alsdorf", new PeopleCommand.MapClaim("lead", "in-charge", TestHub.Office, "kern")));
    }

    /// <summary>The next one who comes, with groups.</summary>
    internal void Comes(string name, params string[] groups)
    {
        Provider.Account = AccountOf(name, groups);
        (Provider.Alter, Provider.Signed) = (null, "RS256");
    }

    internal static JsonObject AccountOf(string name, params string[] groups) => new()
    {
        ["sub"] = $"sub-of-{name}",
        ["sid"] = $"sid-of-{name}",
        ["preferred_username"] = $"{name}@Town.example",
        ["name"] = $"Die Person {name}",
        ["realm_access"] = new JsonObject { ["roles"] = new JsonArray([.. groups.Select(group => (JsonNode)group)]) },
    };
}

/// <summary>A browser that goes to the provider and back, without a screen.</summary>
internal sealed class ProviderBrowser : IDisposable
{
    private readonly HttpClient _client;

    public ProviderBrowser(Uri hub)
    {
        Cookies = new CookieContainer();
        _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = hub };
    }

    public CookieContainer Cookies { get; }

    /// <summary>Goes there and back.</summary>
    /// <returns>The last address: "/staff/entered" after a sign-in.</returns>
    public async Task<Uri> EnterAsync(string to = "/staff", Func<Uri, Uri>? answerAt = null)
    {
        var at = new Uri(_client.BaseAddress!, $"/staff/provider/alsdorf?to={Uri.EscapeDataString(to)}");
        for (var steps = 0; steps < 10; steps++)
        {
            using var answer = await _client.GetAsync(at);
            if (answer.Headers.Location is not { } next)
            {
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                return at;
            }

            at = new Uri(at, next);
            at = at.AbsolutePath.EndsWith("/answer", StringComparison.Ordinal) && answerAt is not null ? answerAt(at) : at;
        }

        throw new InvalidOperationException($"Without end: {at}");
    }

    /// <summary>Why it came to nothing; null: the person is in.</summary>
    /// <remarks>A busy machine may need more than the five seconds of a sign-in. So a silent provider is asked again.</remarks>
    public async Task<string?> WhyNotAsync(string to = "/staff")
    {
        var said = WhyIn(await EnterAsync(to));
        for (var tries = 0; tries < 3 && said == "down"; tries++)
        {
            said = WhyIn(await EnterAsync(to));
        }

        return said;
    }

    public static string? WhyIn(Uri page) => page.AbsolutePath == "/staff/entered" ? null
        : QueryHelpers.ParseQuery(page.Query)["why"].ToString();

    public Task<HttpResponseMessage> GetAsync(string page, Uri? hub = null) => _client.GetAsync(new Uri(hub ?? _client.BaseAddress!, page));

    public async Task<HttpStatusCode> LookAsync(string page = "/staff/account", Uri? hub = null)
    {
        using var answer = await GetAsync(page, hub);
        return answer.StatusCode;
    }

    public async Task<string> ReadAsync(string page)
    {
        using var answer = await GetAsync(page);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    public async Task<HttpResponseMessage> PostAsync(string page, string to)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create(StaffBrowser.FormToken,
            await StaffBrowser.FormTokenAsync(_client, new Uri(_client.BaseAddress!, page)))]);
        return await _client.PostAsync(new Uri(_client.BaseAddress!, to), form);
    }

    public Task<HttpResponseMessage> LockAsync()
    {
        _client.DefaultRequestHeaders.Remove("Origin");
        _client.DefaultRequestHeaders.Add("Origin", _client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        return _client.PostAsync(new Uri("/api/v1/session/lock", UriKind.Relative), null);
    }

    public void Dispose() => _client.Dispose();
}
