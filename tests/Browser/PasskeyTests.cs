using System.Net;
using System.Text;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Identity;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Aufruf.Tests.Browser;

/// <summary>Passkeys from the account page to the sign-in and the locked desk, with Chromium's own virtual device.</summary>
public sealed class PasskeyTests(Chromium chromium, TwoOffices offices) : IClassFixture<TwoOffices>
{
    private InnerHub Hub => offices.Hub;

    [Fact]
    public async Task A_clerk_adds_two_passkeys_signs_in_unlocks_the_desk_and_loses_one()
    {
        await using var window = await OpenAsync();
        await ClerkAsync("keys");
        var device = await VirtualPasskeys.PlugIntoAsync(window);
        await SignInByPasswordAsync(window, "keys");
        await AddAsync(window, "Dienst-Laptop");
        await window.SaysAsync("#passkeys .grants", "Dienst-Laptop");
        await window.HasNoBarrierAsync("account with a passkey");
        await window.PictureAsync("account-passkey");
        await window.At("#passkeys [name=name]").FillAsync("Laptop am Empfang");
        await window.At("#passkeys button", "Umbenennen").ClickAsync();
        await window.SaysAsync("#passkeys .grants", "Laptop am Empfang");

        // The same device has no second key for one account; another one has.
        await AddAsync(window, "Noch einmal", isDone: false);
        await window.SeesAsync("#passkeys [role=alert]");
        await window.HasNoBarrierAsync("refused passkey");
        var stick = await VirtualPasskeys.PlugIntoAsync(window, "usb");
        await AddAsync(window, "Stick");
        Assert.Equal(["Laptop am Empfang", "Stick"], KeysOf("keys").Select(key => key.Label));

        await SignOutAsync(window);
        await window.HasNoBarrierAsync("sign-in with a passkey");
        await window.PictureAsync("sign-in-passkey");
        await stick.UnplugAsync();
        await window.At("#passkey-enter").ClickAsync();
        await window.SaysAsync("h1", "Übersicht");
        Assert.Contains(Person("keys").Sessions.Values, session => session.Way is SignInWay.Passkey);

        await window.GoAsync(Hub.Address, $"/desk/?area={TestHub.Area}&counter=3");
        await window.IsAsync("data-mode", "idle");
        await window.At("#lock").ClickAsync();
        await window.SaysAsync(".narrow h1", "Arbeitsplatz gesperrt");
        await window.HasNoBarrierAsync("locked with a passkey");
        await window.At("#passkey-enter").ClickAsync();
        await window.IsAsync("data-mode", "idle");

        // The laptop is lost: an administrator removes its key, and it opens nothing more. The password does.
        Assert.Null(await People.HandleAsync("alsdorf", new PeopleCommand.RemovePasskey("keys",
            KeysOf("keys").First(key => key.Label != "Stick").Id, Kept: null, "a-admin")));
        await window.SaysAsync(".narrow h1", "Anmelden");
        await RefusesAsync(window);
        await SignInByPasswordAsync(window, "keys");
        await window.GoAsync(Hub.Address, "/staff/account");
        await window.At("#passkeys button", "Entfernen").ClickAsync();
        await window.SaysAsync("[role=status]", "Der Passkey ist entfernt.");
        Assert.Empty(KeysOf("keys"));
        Assert.Single(await device.KeysAsync());
        window.ComplainedOfNothing(exceptTheNetwork: true);
    }

    [Fact]
    public async Task A_passkey_of_one_clerk_never_opens_the_account_of_another()
    {
        await using var window = await OpenAsync();
        await ClerkAsync("one");
        await ClerkAsync("other");
        var device = await VirtualPasskeys.PlugIntoAsync(window);
        await SignInByPasswordAsync(window, "one");
        await AddAsync(window, "Laptop");
        await SignOutAsync(window);

        // The key says that it belongs to the other account.
        var key = (await device.KeysAsync())[0];
        var handle = new PasskeyOwner("alsdorf", Person("other")).Handle;
        await device.ForgetAsync();
        await device.PutInAsync(new
        {
            credentialId = key.GetProperty("credentialId").GetString(),
            isResidentCredential = true,
            rpId = "localhost",
            privateKey = key.GetProperty("privateKey").GetString(),
            userHandle = Convert.ToBase64String(Encoding.UTF8.GetBytes(handle)),
            signCount = 50,
        });
        await RefusesAsync(window);
        Assert.Empty(Person("other").Sessions);

        // The other one locks the desk. The key of the first unlocks nothing.
        await SignInByPasswordAsync(window, "other");
        await LockAsync(window);
        Assert.Equal(0, await window.At("#passkey-enter").CountAsync());
        Assert.All(Person("other").Sessions.Values, session => Assert.True(session.IsLocked));
    }

    [Fact]
    public async Task A_device_that_does_not_check_its_owner_opens_nothing_even_when_the_page_asks_for_less()
    {
        await using var window = await OpenAsync();
        await ClerkAsync("unchecked");
        var device = await VirtualPasskeys.PlugIntoAsync(window);
        await SignInByPasswordAsync(window, "unchecked");
        await AddAsync(window, "Laptop");
        await SignOutAsync(window);

        await device.ChecksOwnerAsync(isRight: false);
        await RefusesAsync(window);
        await window.Page.RouteAsync("**/session/**challenge", async route =>
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(new()
            {
                Response = answer,
                Body = (await answer.TextAsync()).Replace("\"required\"", "\"discouraged\"", StringComparison.Ordinal),
            });
        });
        var asked = window.Page.WaitForResponseAsync(answer => answer.Url.EndsWith("/session/passkey", StringComparison.Ordinal));
        await RefusesAsync(window);
        Assert.Equal(409, (await asked).Status); // The device answered, and the hub refused.
    }

    [Fact]
    public async Task An_answer_that_was_read_on_the_way_is_good_once_and_only_with_the_cookie_of_its_browser()
    {
        await using var window = await OpenAsync();
        await ClerkAsync("overheard");
        await VirtualPasskeys.PlugIntoAsync(window);
        await SignInByPasswordAsync(window, "overheard");
        await AddAsync(window, "Laptop");
        await SignOutAsync(window);
        var (answer, cookie) = ("", "");
        await window.Page.RouteAsync("**/session/passkey", async route =>
        {
            answer = route.Request.PostData!;
            cookie = (await route.Request.AllHeadersAsync())["cookie"];
            await route.ContinueAsync();
        });
        await window.At("#passkey-enter").ClickAsync();
        await window.SaysAsync("h1", "Übersicht");

        Assert.Contains("aufruf-passkey=", cookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, await SayAgainAsync(answer, cookie));
        Assert.Equal(HttpStatusCode.Conflict, await SayAgainAsync(answer, null));
    }

    [Fact]
    public async Task A_disabled_clerk_and_a_wrong_guesser_read_the_same_sentence_and_a_locked_sign_in_lets_the_passkey_in()
    {
        await using var window = await OpenAsync();
        await ClerkAsync("guessed-at");
        await VirtualPasskeys.PlugIntoAsync(window);
        await SignInByPasswordAsync(window, "guessed-at");
        await AddAsync(window, "Laptop");
        await SignOutAsync(window);
        for (var guess = 0; guess < 5; guess++)
        {
            await People.HandleAsync("alsdorf", new PeopleCommand.CountFailure("guessed-at"));
        }

        await window.At("#passkey-enter").ClickAsync();
        await window.SaysAsync("h1", "Übersicht");
        await SignOutAsync(window);
        await People.HandleAsync("alsdorf", new PeopleCommand.Disable("guessed-at", "a-admin"));
        await RefusesAsync(window);
    }

    [Fact]
    public async Task A_new_passkey_needs_the_password_and_the_page_of_the_right_address()
    {
        await using var window = await OpenAsync();
        await ClerkAsync("walks-by");
        await VirtualPasskeys.PlugIntoAsync(window);
        await SignInByPasswordAsync(window, "walks-by");
        await AddAsync(window, "Laptop", "ein falsches passwort", isDone: false);
        await window.SaysAsync("#passkeys [role=alert]", "Das Passwort ist falsch");
        Assert.Empty(KeysOf("walks-by"));

        // The numeric address of the same hub is another site: no button, and no key would work there.
        await window.GoAsync(new($"http://127.0.0.1:{Hub.Http}"), "/staff/sign-in");
        await window.SeesAsync("#password");
        Assert.False(await window.At("#passkey-enter").IsVisibleAsync());
    }

    /// <summary>A town has named the one address of its staff: an answer given to another page is refused.</summary>
    [Fact]
    public async Task An_answer_to_a_page_at_another_address_is_refused()
    {
        await using var hub = await TestHub.StartAsync(options: ["--Hub:StaffUrl=http://localhost:9"]);
        var person = await hub.HireAsync("alsdorf", "elsewhere", ("clerk", TestHub.Office));
        await using var window = await OpenAsync();
        await VirtualPasskeys.PlugIntoAsync(window);
        await SignInByPasswordAsync(window, person.Name, hub);
        await AddAsync(window, "Laptop", isDone: false, at: hub);
        await window.SaysAsync("#passkeys [role=alert]", "Dieser Passkey lässt sich hier nicht verwenden.");
    }

    [Fact]
    public async Task Without_a_script_the_password_stays_and_no_button_does_nothing()
    {
        await using var window = await chromium.OpenAsync(1280, 900, o => (o.Locale, o.JavaScriptEnabled) = ("de", false));
        await window.GoAsync(Hub.Address, "/staff/sign-in");
        await window.SeesAsync("#password");
        Assert.False(await window.At("#passkey-enter").IsVisibleAsync());
    }

    private IStaffPeople People => Hub.Services.GetRequiredService<IStaffPeople>();

    private Task<Window> OpenAsync() => chromium.OpenAsync(1280, 900, o => o.Locale = "de");

    private Person Person(string name) => People.Of("alsdorf").Find(name)!;

    private IEnumerable<Passkey> KeysOf(string name) => Person(name).Passkeys.Values.OrderBy(key => key.AddedAt);

    private Task<StaffPerson> ClerkAsync(string name) => Hub.HireAsync("alsdorf", name, ("clerk", TestHub.Office));

    private async Task SignInByPasswordAsync(Window window, string name, TestHub? at = null)
    {
        await window.GoAsync((at ?? Hub).Address, "/staff/sign-in");
        await window.At("#name").FillAsync($"{name}@alsdorf");
        await window.At("#password").FillAsync(StaffPerson.Password);
        await window.At("main form button").First.ClickAsync();
        await window.SaysAsync("h1", "Übersicht");
    }

    private async Task AddAsync(
        Window window, string label, string password = StaffPerson.Password, bool isDone = true, TestHub? at = null)
    {
        await window.GoAsync((at ?? Hub).Address, "/staff/account");
        await window.At("#passkeyname").FillAsync(label);
        await window.At("#confirm").FillAsync(password);
        await window.At("#passkey-form button").ClickAsync();
        if (isDone)
        {
            await window.SaysAsync("[role=status]", "Der Passkey ist hinzugefügt.");
        }
    }

    private static async Task SignOutAsync(Window window)
    {
        await window.At("header form button").ClickAsync();
        await window.SaysAsync(".narrow h1", "Anmelden");
    }

    private async Task LockAsync(Window window)
    {
        await window.GoAsync(Hub.Address, $"/desk/?area={TestHub.Area}&counter=4");
        await window.IsAsync("data-mode", "idle");
        await window.At("#lock").ClickAsync();
        await window.SaysAsync(".narrow h1", "Arbeitsplatz gesperrt");
    }

    /// <summary>The same sentence whatever was wrong.</summary>
    private static async Task RefusesAsync(Window window)
    {
        await window.At("#passkey-enter").ClickAsync();
        await Assertions.Expect(window.At(".passkey [role=alert]"))
            .ToHaveTextAsync(new System.Text.RegularExpressions.Regex("Versuchen Sie es noch einmal, oder nehmen Sie Ihr Passwort"));
    }

    private async Task<HttpStatusCode> SayAgainAsync(string answer, string? cookie)
    {
        using var thief = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = Hub.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/session/passkey")
        {
            Content = new StringContent(answer, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Origin", Hub.Address.GetLeftPart(UriPartial.Authority));
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        using var said = await thief.SendAsync(request, TestContext.Current.CancellationToken);
        return said.StatusCode;
    }
}
