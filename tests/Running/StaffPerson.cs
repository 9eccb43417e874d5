using System.Net;
using System.Text.RegularExpressions;
using Aufruf.Hub.Identity;
using Aufruf.Portal.Staff;

namespace Aufruf.Tests.Running;

/// <summary>Somebody of the staff with a password, and the way in by the pages.</summary>
internal sealed partial record StaffPerson(string Authority, string Name)
{
    public const string Password = "rathaus im regen 7";

    /// <summary>One for all: to hash a password takes a tenth of a second.</summary>
    public static string PasswordHash => Hashed.Value;

    private static readonly Lazy<string> Hashed = new(() =>
    {
        using var passwords = new Passwords();
        return passwords.HashAsync(Password).GetAwaiter().GetResult();
    });

    /// <summary>A browser with a session at the hub, which says where its requests come from.</summary>
    public async Task<HttpClient> BrowserAsync(TestHub hub)
    {
        var cookies = new CookieContainer();
        cookies.Add(hub.Address, new Cookie(StaffAccess.Cookie, await hub.SessionAsync(this)));
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies })
        {
            BaseAddress = hub.Address
        };
        client.DefaultRequestHeaders.Add("Origin", hub.Address.GetLeftPart(UriPartial.Authority));
        return client;
    }

    public static StaffPerson FirstClerk { get; } = new("alsdorf", TestHub.FirstClerk);

    /// <summary>The answer to name and password on the page.</summary>
    public async Task<HttpResponseMessage> SignInAsync(HttpClient client, string password = Password)
    {
        var page = await client.GetStringAsync(new Uri("/staff/sign-in", UriKind.Relative));
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["name"] = $"{Name}@{Authority}",
            ["password"] = password,
            [StaffBrowser.FormToken] = Hidden().Match(page).Groups[1].Value,
        });
        return await client.PostAsync(new Uri("/staff/sign-in", UriKind.Relative), form);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Hidden();
}
