using Aufruf.Contracts;
using Aufruf.Domain.Towns;
using Aufruf.Portal.Content;

namespace Aufruf.Portal.Hubs;

/// <summary>Asks a hub for the colours of the town whose pages these are.</summary>
internal sealed class HubThemes(HubLink hubs, ContentFolder content) : ITownThemes
{
    public Task<Theme> OfAsync(string authority) => authority != content.Now.Authority ? Task.FromResult(Theme.Usual)
        : hubs.AskAsync<ITownThemesGrain, Theme>(authority, themes => themes.OfAsync(authority));
}
