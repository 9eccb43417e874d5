using Aufruf.Contracts;
using Aufruf.Domain.Towns;
using Aufruf.Portal.Content;

namespace Aufruf.Portal.Hubs;

/// <summary>Asks a hub for colours and logo of the town whose pages these are.</summary>
internal sealed class HubThemes(HubLink hubs, ContentFolder content) : ITownThemes
{
    // No page waits longer for a picture: it shows the built-in sign.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>A page without a hub shows the built-in sign.</summary>
    public async Task<LogoSign?> LogoOfAsync(string authority)
    {
        try
        {
            return authority != content.Now.Authority ? null
                : await hubs.AskAsync<ITownThemesGrain, LogoSign?>(authority, themes => themes.LogoOfAsync(authority))
                    .WaitAsync(Patience);
        }
        catch (Exception error) when (error is HubAwayException or TimeoutException)
        {
            return null;
        }
    }

    public Task<byte[]?> PictureAsync(string authority, string name) => authority != content.Now.Authority
        ? Task.FromResult<byte[]?>(null)
        : hubs.AskAsync<ITownThemesGrain, byte[]?>(authority, themes => themes.PictureAsync(authority, name));

    public Task<Theme> OfAsync(string authority) => authority != content.Now.Authority ? Task.FromResult(Theme.Usual)
        : hubs.AskAsync<ITownThemesGrain, Theme>(authority, themes => themes.OfAsync(authority));
}
