using System.Net;
using System.Text.RegularExpressions;

namespace Aufruf.Tests.Running;

/// <summary>A citizen's browser without a screen or a script: it follows links, and fills in the forms of pages.</summary>
internal sealed partial class CitizenBrowser : IDisposable
{
    private readonly HttpClient _client;
    private (string Field, string Name, byte[] Content)? _file;

    private readonly bool _hasAccount;

    /// <param name="hasAccount">It keeps cookies, and says which site a form stands on. Otherwise no page may set a cookie.</param>
    public CitizenBrowser(Uri portal, bool hasAccount = false)
    {
        _hasAccount = hasAccount;
        _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = hasAccount, CookieContainer = Cookies })
        {
            BaseAddress = portal,
        };
        if (hasAccount)
        {
            _client.DefaultRequestHeaders.Add("Origin", portal.GetLeftPart(UriPartial.Authority));
        }

        _client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        _client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de");
    }

    public CookieContainer Cookies { get; } = new();

    /// <summary>The page that is open.</summary>
    public string Page { get; private set; } = "";

    public HttpStatusCode Status { get; private set; }

    /// <summary>Path and query of the page.</summary>
    public string At { get; private set; } = "/";

    /// <summary>The addresses of the page's links, files left out.</summary>
    public IReadOnlyList<string> Links => [.. Link().Matches(Page).Select(link => WebUtility.HtmlDecode(link.Groups[1].Value))];

    public Task GoAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    /// <summary>A page that another window still shows.</summary>
    public void Show(string page) => Page = page;

    public Task HeadAsync(string path) => SendAsync(HttpMethod.Head, path, null);

    /// <summary>Sends the page's form with its hidden fields, its first free time, and these fields.</summary>
    public Task SubmitAsync(params (string Name, string Value)[] fields) => SubmitToAsync(null, fields);

    /// <summary>The same form with a file, as a browser sends it.</summary>
    public Task UploadAsync(string field, string name, byte[] content, params (string Name, string Value)[] fields)
    {
        Assert.Contains("enctype=\"multipart/form-data\"", Page, StringComparison.Ordinal);
        _file = (field, name, content);
        return SubmitToAsync(null, fields);
    }

    /// <param name="to">The address that a button names; null: the form's own.</param>
    public Task SubmitToAsync(string? to, params (string Name, string Value)[] fields)
    {
        var form = Form().Match(Page);
        Assert.True(form.Success, $"{At} has no form: {Status}");
        var all = Hidden().Matches(form.Value)
            .Select(field => (Name: field.Groups[1].Value, Value: WebUtility.HtmlDecode(field.Groups[2].Value)))
            .Where(field => fields.All(own => own.Name != field.Name) || IsAsked(form.Value, field.Name)).Concat(fields);
        return SendAsync(HttpMethod.Post, to ?? WebUtility.HtmlDecode(form.Groups[1].Value), [.. all]);
    }

    /// <summary>A question of the page has the name of a hidden field: a browser sends both.</summary>
    private static bool IsAsked(string form, string name) => Regex.Count(form, $" name=\"{Regex.Escape(name)}\"")
        > Hidden().Matches(form).Count(field => field.Groups[1].Value == name);

    /// <summary>The value of a free time on the page.</summary>
    public string Slot(int index) => Time().Matches(Page)[index].Groups[1].Value;

    public void Dispose() => _client.Dispose();

    private async Task SendAsync(HttpMethod verb, string path, (string Name, string Value)[]? fields)
    {
        for (var hops = 0; ; hops++)
        {
            using var request = new HttpRequestMessage(verb, path);
            request.Headers.ExpectContinue = _file is not null; // A body that is too large is refused before it is sent.
            request.Content = fields is null ? null : ContentOf(fields);
            using var answer = await _client.SendAsync(request);
            Assert.False(!_hasAccount && answer.Headers.Contains("Set-Cookie"), $"{path} sets a cookie.");
            (At, Status, Page) = (path, answer.StatusCode, await answer.Content.ReadAsStringAsync());
            if (answer.Headers.Location is not { } next)
            {
                return;
            }

            Assert.True(hops < 10, $"{path} leads on and on.");
            (verb, fields) = answer.StatusCode is HttpStatusCode.TemporaryRedirect ? (verb, fields)
                : (verb == HttpMethod.Head ? verb : HttpMethod.Get, null);
            path = next.OriginalString;
        }
    }

    private HttpContent ContentOf((string Name, string Value)[] fields)
    {
        if (_file is not { } file)
        {
            return new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        }

        _file = null;
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        form.Add(new ByteArrayContent(file.Content), file.Field, file.Name);
        return form;
    }

    [GeneratedRegex("""<a [^>]*href="(/[^"]*)"(?![^>]*download)""")]
    private static partial Regex Link();

    [GeneratedRegex("""<form [^>]*method="post"[^>]*action="([^"]*)".*?</form>""", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]*)">""")]
    private static partial Regex Hidden();

    [GeneratedRegex("""name="slot" value="([^"]+)">""")]
    private static partial Regex Time();
}
