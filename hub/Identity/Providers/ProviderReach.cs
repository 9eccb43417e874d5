using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Aufruf.Hub.Identity.Providers;

/// <summary>Asks a provider whether it answers when somebody wants to go there.</summary>
internal sealed class ProviderReach(IOptionsMonitor<OpenIdConnectOptions> schemes, TimeProvider clock, ILogger<ProviderReach> log)
{
    // A whole office signs in at eight o'clock: one question serves all.
    private static readonly TimeSpan AnswerKept = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, (long At, Task<bool> Answers)> _asked = new();

    /// <summary>Whether the provider answers now. Its cached description says nothing of that.</summary>
    /// <param name="name">In the log.</param>
    public Task<bool> AnswersAsync(string scheme, string name) => _asked.AddOrUpdate(scheme,
        key => (clock.GetTimestamp(), AskAsync(key, name)),
        (key, last) => last.Answers.IsCompleted && clock.GetElapsedTime(last.At) > AnswerKept
            ? (clock.GetTimestamp(), AskAsync(key, name)) : last).Answers;

    /// <summary>Null: the provider has no such page, or does not answer.</summary>
    public async Task<string?> SignOutAddressAsync(string scheme, string name, string back)
    {
        if (!await AnswersAsync(scheme, name))
        {
            return null;
        }

        var options = schemes.Get(scheme);
        using var patience = new CancellationTokenSource(ProviderSetup.Patience, clock);
        try
        {
            return options.ConfigurationManager is { } manager
                && await manager.GetConfigurationAsync(patience.Token) is { EndSessionEndpoint: { Length: > 0 } end }
                    ? QueryHelpers.AddQueryString(end, new Dictionary<string, string?>
                    {
                        ["client_id"] = options.ClientId,
                        ["post_logout_redirect_uri"] = back,
                    })
                    : null;
        }
        catch (Exception gone) when (gone is InvalidOperationException or IOException or HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<bool> AskAsync(string scheme, string name)
    {
        var options = schemes.Get(scheme);
        try
        {
            using var answer = await options.Backchannel.GetAsync(new Uri(options.MetadataAddress ?? ""),
                HttpCompletionOption.ResponseHeadersRead);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception silent) when (silent is HttpRequestException or OperationCanceledException or UriFormatException)
        {
            HubLog.ProviderSilent(log, name, silent.GetType().Name);
            return false;
        }
    }
}
