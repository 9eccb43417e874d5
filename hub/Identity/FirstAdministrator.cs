using Aufruf.Contracts;
using Aufruf.Domain.Identity;

namespace Aufruf.Hub.Identity;

/// <summary>While an authority has nobody, each start of a hub offers a new link for the administrator. The last one counts.</summary>
internal sealed class FirstAdministrator(PeopleGate people, TimeProvider clock)
{
    public static readonly TimeSpan GoodFor = TimeSpan.FromHours(24);

    /// <returns>The path of the link; null: there is somebody.</returns>
    public async Task<string?> OfferAsync(string authority)
    {
        if ((await people.ReadAsync(authority)).ByName.Count > 0)
        {
            return null;
        }

        var code = SessionPass.NewCode();
        await people.HandleAsync(authority, new PeopleCommand.OfferFirst(SessionPass.HashOf(code), clock.GetUtcNow() + GoodFor));
        return $"/staff/first/{authority}/{code}";
    }
}
