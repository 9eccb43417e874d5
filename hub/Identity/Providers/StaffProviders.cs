using System.Collections.Concurrent;
using Aufruf.Contracts;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Aufruf.Hub.Identity.Providers;

/// <summary>Knows the towns' providers, and asks one whether it answers when somebody wants to go there.</summary>
internal sealed class StaffProviders(IOptionsMonitor<OpenIdConnectOptions> schemes, IOptions<HubOptions> hub, TimeProvider clock,
    ILogger<StaffProviders> log) : IStaffProviders
{
    // A whole office signs in at eight o'clock: one question serves all.
    private static readonly TimeSpan AnswerKept = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, (long At, Task<bool> Answers)> _asked = new();

    public IReadOnlyList<string> Authorities => [.. hub.Value.Providers.Keys.Order(StringComparer.Ordinal)];

    public string? IssuerOf(string authority) => hub.Value.Providers.TryGetValue(authority, out var provider) ? provider.Issuer : null;

    /// <summary>Whether the provider answers now. Its cached description says nothing of that.</summary>
    public Task<bool> AnswersAsync(string authority) => _asked.AddOrUpdate(authority,
        key => (clock.GetTimestamp(), AskAsync(key)),
        (key, last) => last.Answers.IsCompleted && clock.GetElapsedTime(last.At) > AnswerKept
            ? (clock.GetTimestamp(), AskAsync(key)) : last).Answers;

    public async Task<string?> SignOutAddressAsync(string authority, string back)
    {
        if (IssuerOf(authority) is null || !await AnswersAsync(authority))
        {
            return null;
        }

        var scheme = schemes.Get(ProviderSetup.SchemeOf(authority));
        using var patience = new CancellationTokenSource(ProviderSetup.Patience, clock);
        try
        {
            return scheme.ConfigurationManager is { } manager
                && await manager.GetConfigurationAsync(patience.Token) is { EndSessionEndpoint: { Length: > 0 } end }
                    ? QueryHelpers.AddQueryString(end, new Dictionary<string, string?>
                    {
                        ["client_id"] = scheme.ClientId,
                        ["post_logout_redirect_uri"] = back,
                    })
                    : null;
        }
        catch (Exception gone) when (gone is InvalidOperationException or IOException or HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<bool> AskAsync(string authority)
    {
        var scheme = schemes.Get(ProviderSetup.SchemeOf(authority));
        try
        {
            using var answer = await scheme.Backchannel.GetAsync(new Uri(scheme.MetadataAddress ?? ""),
                HttpCompletionOption.ResponseHeadersRead);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception silent) when (silent is HttpRequestException or OperationCanceledException or UriFormatException)
        {
            HubLog.ProviderSilent(log, authority, silent.GetType().Name);
            return false;
        }
    }
}
