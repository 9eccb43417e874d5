using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Aufruf.Hub.Identity.Providers;

/// <summary>A provider's addresses and keys, as it described them last.</summary>
/// <remarks>The usual one reads new keys behind its caller, and refuses the first token with a new key. Here the caller waits.</remarks>
internal sealed class ProviderDescription(OpenIdConnectOptions scheme, TimeProvider clock)
    : BaseConfigurationManager, IConfigurationManager<OpenIdConnectConfiguration>
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(12);

    // Anybody can show a token with an unknown key.
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private OpenIdConnectConfiguration? _known;
    private Task<OpenIdConnectConfiguration>? _reading;
    private long _readAt;
    private long? _askedAt;
    private bool _isAsked;

    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        var (known, reading) = Begin();
        try
        {
            return await reading.WaitAsync(cancel);
        }
        catch (Exception silent) when (known is not null && silent is IOException or InvalidOperationException)
        {
            return known!;
        }
    }

    public override async Task<BaseConfiguration> GetBaseConfigurationAsync(CancellationToken cancel) =>
        await GetConfigurationAsync(cancel);

    /// <summary>A key is unknown: the next one who asks waits until the description is read again, at most once a minute.</summary>
    /// <remarks>Within that minute the question is forgotten: it must not spend a later minute, when a new key may come.</remarks>
    public override void RequestRefresh()
    {
        lock (_gate)
        {
            _isAsked |= _askedAt is not { } asked || clock.GetElapsedTime(asked) > Pause;
        }
    }

    private (OpenIdConnectConfiguration? Known, Task<OpenIdConnectConfiguration> Reading) Begin()
    {
        lock (_gate)
        {
            if (_reading is null || (_reading.IsCompleted && (_known is null || _isAsked || clock.GetElapsedTime(_readAt) > Kept)))
            {
                (_readAt, _reading, _isAsked) = (clock.GetTimestamp(), ReadAsync(_isAsked), false);
            }

            return (_known, _reading);
        }
    }

    // A question without an answer begins no pause: the next one with an unknown key asks again.
    private async Task<OpenIdConnectConfiguration> ReadAsync(bool isAsked)
    {
        var described = await OpenIdConnectConfigurationRetriever.GetAsync(scheme.MetadataAddress,
            new HttpDocumentRetriever(scheme.Backchannel) { RequireHttps = scheme.RequireHttpsMetadata }, CancellationToken.None);
        lock (_gate)
        {
            _askedAt = isAsked ? clock.GetTimestamp() : _askedAt;
            return _known = described;
        }
    }
}
