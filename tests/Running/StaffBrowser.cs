using System.Net;
using System.Text.RegularExpressions;

namespace Aufruf.Tests.Running;

/// <summary>A clerk's browser on the staff's pages, without a screen: cookies and forms.</summary>
internal sealed partial class StaffBrowser : IDisposable
{
    /// <summary>The hidden field of every form.</summary>
    public const string FormToken = "__RequestVerificationToken";

    private readonly HttpClient _client;

    private StaffBrowser(TestHub hub, Action<HttpClient>? with)
    {
        _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = hub.Address
        };
        At = hub.Address;
        with?.Invoke(_client);
    }

    /// <summary>The hub that it reaches.</summary>
    public Uri At { get; set; }

    /// <summary>The answer to the last form.</summary>
    public HttpResponseMessage? Last { get; private set; }

    /// <summary>Signs a person in by name and password; without a name the first clerk.</summary>
    public static async Task<StaffBrowser> SignInAsync(TestHub hub, StaffPerson? person = null, Action<HttpClient>? with = null,
        string password = StaffPerson.Password)
    {
        var browser = new StaffBrowser(hub, with);
        browser.Last = await (person ?? StaffPerson.FirstClerk).SignInAsync(browser._client, password);
        return browser;
    }

    /// <summary>The value of the hidden field in a page's forms.</summary>
    public static async Task<string> FormTokenAsync(HttpClient client, Uri page) =>
        FormTokenOf(await client.GetStringAsync(page));

    public static string FormTokenOf(string page) => Hidden().Match(page).Groups[1].Value;

    /// <summary>OK with a session; otherwise the way to the sign-in.</summary>
    public async Task<HttpStatusCode> LookAsync()
    {
        using var answer = await _client.GetAsync(new Uri(At, $"/staff/{TestHub.Office}/reports"));
        return answer.StatusCode;
    }

    /// <summary>A page or a file, as text.</summary>
    public async Task<string> ReadAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await _client.GetAsync(new Uri(At, path));
        Assert.Equal(expected, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Sends a form of a page, and shows the page after it.</summary>
    /// <param name="to">The address of the form; null: that of the page.</param>
    public async Task<string> SubmitAsync(string page, string? to, params (string Name, string Value)[] fields)
    {
        await PostAsync(page, new Uri(At, to ?? page).ToString(), fields);
        return Last!.Headers.Location is { } next ? await ReadAsync(next.OriginalString)
            : WebUtility.HtmlDecode(await Last.Content.ReadAsStringAsync());
    }

    /// <param name="at">The hub that gets the form; the same when null.</param>
    public Task SignOutAsync(Uri? at = null) =>
        PostAsync($"/staff/{TestHub.Office}/reports", new Uri(at ?? At, "/staff/sign-out").ToString());

    public Task<HttpResponseMessage> GetAsync(string page) => _client.GetAsync(new Uri(At, page));

    public void Dispose() => _client.Dispose();

    /// <summary>Sends a form with the token of a page that has one.</summary>
    public async Task PostAsync(string page, string to, params (string Name, string Value)[] fields) =>
        await SendAsync(to, await FormTokenAsync(_client, new Uri(At, page)), fields);

    /// <summary>Sends a form of a page that was opened before.</summary>
    public async Task SendAsync(string to, string token, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Append((FormToken, token))
            .Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        Last = await _client.PostAsync(new Uri(At, to), content);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Hidden();
}
