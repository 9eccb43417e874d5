using System.Net.Http.Headers;
using System.Net.Http.Json;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Identity;
using Aufruf.Portal.Staff;
using Aufruf.Tests.Flows;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Running;

/// <summary>One who tries ways: with the bearer token of a screen, a device or a program, or with a person's session.</summary>
internal sealed record Visitor(string Name, Principal Principal, string? Token, bool IsNear, HttpClient Client)
{
    /// <summary>Of the session of a person without a token.</summary>
    public System.Net.CookieContainer Jar { get; init; } = new();
}

/// <summary>A hub with two offices, visitors of every kind from both, and a ticket of the first.</summary>
public sealed class TwoOffices : IAsyncLifetime
{
    /// <summary>The person of the first authority whom visitors try to change.</summary>
    public const string Administered = "a-other";

    private readonly List<Visitor> _visitors = [];

    internal InnerHub Hub { get; } = new(null, []);

    internal IReadOnlyList<Visitor> Visitors => _visitors;

    /// <summary>The address of a ticket's page: "/t/{queue}/{code}".</summary>
    internal string Ticket { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(Hub.OfficeFile, await File.ReadAllTextAsync(TestHub.DemoOffice));
        await File.WriteAllTextAsync(Path.Combine(Hub.Offices, $"{GuardedHub.OtherOffice}.json"), TestOffice.WithCounters(3, "fremd"));
        await Hub.StartAgainAsync();
        Add("nobody", Principal.Citizen, token: null, isNear: true);
        Add("nobody, from afar", Principal.Citizen, token: null, isNear: false);
        foreach (var office in (string[])[TestHub.Office, GuardedHub.OtherOffice])
        {
            foreach (var kind in Enum.GetValues<CredentialKind>())
            {
                var holder = kind is not CredentialKind.Device ? $"try-{kind}" : office == TestHub.Office ? "box-3" : "knopf-3";
                var secret = await Hub.Services.GetRequiredService<CredentialIssuer>().IssueAsync(office, kind, holder);
                Add($"{kind} of {office}", Principal.Of(kind, office, holder), secret.Token, isNear: false);
            }
        }

        await AddPeopleAsync();
        var kiosk = Visitors.First(visitor => visitor.Principal.May(Permission.TakeTicket, TestHub.Office));
        using var answer = await kiosk.Client.PostAsJsonAsync($"/api/v1/kiosks/{TestHub.Kiosk}/tickets",
            new { requestId = Guid.CreateVersion7(), service = "ausweis", language = "de" });
        Ticket = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Taken>())!.StatusPath;
    }

    public async ValueTask DisposeAsync()
    {
        _visitors.ForEach(visitor => visitor.Client.Dispose());
        await Hub.DisposeAsync();
    }

    /// <summary>People with each role, in an office or an area of each authority, each with a session of their own.</summary>
    private async Task AddPeopleAsync()
    {
        (string Name, string Authority, string Role, string Place)[] all =
        [
            ("a-clerk", "alsdorf", "clerk", TestHub.Office), ("a-area", "alsdorf", "clerk", TestHub.Area),
            ("a-charge", "alsdorf", "in-charge", TestHub.Office), ("a-admin", "alsdorf", "administrator", "alsdorf"),
            ("a-audit", "alsdorf", "auditor", "alsdorf"), ("b-clerk", "fremd", "clerk", GuardedHub.OtherOffice),
            ("b-area", "fremd", "clerk", $"{GuardedHub.OtherOffice}.halle"), ("b-admin", "fremd", "administrator", "fremd"),
            ("a-house", "alsdorf", "administrator", TestHub.Office), ("b-audit", "fremd", "auditor", "fremd"),
            ("a-cases", "alsdorf", "case-work", "alsdorf"),
        ];
        foreach (var (name, authority, role, place) in all)
        {
            var person = await Hub.HireAsync(authority, name, (role, place));
            var people = Hub.Services.GetRequiredService<PeopleCache>().Of(authority);
            var visitor = Add($"{role} of {place}", Principal.Of(authority, people.Find(name)!, people), token: null, isNear: false);
            visitor.Client.DefaultRequestHeaders.Add("Origin", Hub.Address.GetLeftPart(UriPartial.Authority));
            visitor.Jar.Add(Hub.Address, new System.Net.Cookie(StaffAccess.Cookie, await Hub.SessionAsync(person)));
        }

        foreach (var office in (string[])[TestHub.Office, GuardedHub.OtherOffice])
        {
            var (authority, name) = (office.Split('.')[0], "with-key");
            var key = await Hub.HireInChargeAsync(office, name);
            var people = Hub.Services.GetRequiredService<PeopleCache>().Of(authority);
            Add($"key of {office}", Principal.Of(authority, people.Find(name)!, people), key, isNear: false);
        }

        // Administrators disable this one and log them off, so no visitor is this person.
        await Hub.HireAsync("alsdorf", Administered, ("clerk", TestHub.Office));
    }

    private Visitor Add(string name, Principal principal, string? token, bool isNear)
    {
        var cookies = new System.Net.CookieContainer();
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies })
        {
            BaseAddress = Hub.Address
        };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (!isNear)
        {
            // Wrong tokens of the one address slow down its passwords.
            client.DefaultRequestHeaders.Add("X-Forwarded-For", token is null ? "203.0.113.8" : "203.0.113.7");
        }

        _visitors.Add(new(name, principal, token, isNear, client)
        {
            Jar = cookies
        });
        return _visitors[^1];
    }
}
