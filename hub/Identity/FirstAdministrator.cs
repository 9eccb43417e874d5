using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Grains;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Identity;

/// <summary>While an authority has nobody, each start of a hub offers a new link for the administrator. The last one counts.</summary>
internal sealed class FirstAdministrator(PeopleGate people, OfficeDirectory offices, IJournal journal, TimeProvider clock)
{
    public static readonly TimeSpan GoodFor = TimeSpan.FromHours(24);

    /// <summary>The people of every authority are read; the links of those that have nobody.</summary>
    /// <remarks>A hub without offices and people has one link, on which the administrator names the town.</remarks>
    public async Task<IReadOnlyList<(string Authority, string Link)>> OfferAllAsync(CancellationToken cancellationToken)
    {
        await foreach (var stream in journal.StreamsAsync(People.StreamKind, cancellationToken))
        {
            await people.ReadAsync(stream[(People.StreamKind.Length + 1)..]);
        }

        var links = new List<(string, string)>();
        var towns = offices.All.Select(office => office.Authority.Id).Distinct().ToList();
        foreach (var authority in towns.Count == 0 && !people.Authorities.Any() ? [People.NewTown] : towns)
        {
            if (await OfferAsync(authority) is { } link)
            {
                links.Add((authority, link));
            }
        }

        return links;
    }

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
