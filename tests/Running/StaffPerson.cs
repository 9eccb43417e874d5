using System.Text.RegularExpressions;
using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Running;

/// <summary>Somebody of the staff with a password, and the way in by the pages.</summary>
internal sealed partial record StaffPerson(string Authority, string Name)
{
    public const string Password = "rathaus im regen 7";

    /// <summary>Comes by a one-time link, as an invited person does.</summary>
    public static async Task<StaffPerson> NewAsync(InnerHub hub, string authority, string name, params (string Role, string Place)[] roles)
    {
        var people = hub.Services.GetRequiredService<IStaffPeople>();
        var (refusal, link) = await people.InviteAsync(authority, name, $"Die Person {name}", "test");
        Assert.Null(refusal);
        foreach (var (role, place) in roles)
        {
            Assert.Null(await people.HandleAsync(authority, new PeopleCommand.Grant(name, role, place, "test")));
        }

        Assert.Null(await hub.Services.GetRequiredService<IStaffAccounts>()
            .SetPasswordAsync(authority, name, link!.Split('/')[^1], Password));
        return new(authority, name);
    }

    /// <summary>A browser with a session at the hub, which says where its requests come from.</summary>
    public async Task<HttpClient> BrowserAsync(InnerHub hub)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = hub.Address };
        client.DefaultRequestHeaders.Add("Origin", hub.Address.GetLeftPart(UriPartial.Authority));
        await SignInAsync(client);
        return client;
    }

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
