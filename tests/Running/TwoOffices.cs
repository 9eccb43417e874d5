using System.Net.Http.Headers;
using System.Net.Http.Json;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Identity;
using Aufruf.Tests.Flows;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Running;

/// <summary>One who tries ways: with the bearer token, and with a session of the pages where the sign-in lets them in.</summary>
internal sealed record Visitor(string Name, Principal Principal, string? Token, bool IsNear, HttpClient Client);

/// <summary>A hub with two offices, visitors of every kind from both, and a ticket of the first.</summary>
public sealed class TwoOffices : IAsyncLifetime
{
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
                var visitor = Add($"{kind} of {office}", Principal.Of(kind, office, holder), secret.Token, isNear: false);
                await StaffBrowser.SignInAsync(visitor.Client, secret.Token);
            }
        }

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

    private Visitor Add(string name, Principal principal, string? token, bool isNear)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Hub.Address };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (!isNear)
        {
            client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        }

        _visitors.Add(new(name, principal, token, isNear, client));
        return _visitors[^1];
    }
}
