using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Gateway;
using Aufruf.Hub.Offices;

namespace Aufruf.Hub.Identity;

/// <summary>The people of an authority, for its administrators.</summary>
internal sealed class StaffPeople(PeopleGate people, OfficeDirectory offices, IQueues queues, TimeProvider clock) : IStaffPeople
{
    private static readonly TimeSpan LinkGoodFor = TimeSpan.FromDays(7);

    public People Of(string authority) => people.Of(authority);

    public IReadOnlyList<RolePlace> PlacesOf(string authority, string language) =>
    [
        .. OfficesOf(authority).Take(1).Select(office => new RolePlace(authority, office.Authority.Name.In(language))),
        .. OfficesOf(authority).SelectMany(office => office.Areas.Select(area =>
                new RolePlace($"{office.Key}.{area.Id}", $"{office.Name.In(language)}: {area.Name.In(language)}"))
            .Prepend(new(office.Key, office.Name.In(language)))),
    ];

    /// <summary>A role holds in places of the own authority only.</summary>
    public Task<Refusal?> HandleAsync(string authority, PeopleCommand command) =>
        (command as PeopleCommand.Grant)?.Place is var place && (place ?? (command as PeopleCommand.MapClaim)?.Place) is { } named
        && PlacesOf(authority, "de").All(known => known.Key != named)
            ? Task.FromResult<Refusal?>(Refusal.PlaceUnknown) : people.HandleAsync(authority, command);

    public async Task<(Refusal? Refusal, string? Link)> InviteAsync(string authority, string name, string? displayName, string by)
    {
        var code = SessionPass.NewCode();
        var (hash, until) = (SessionPass.HashOf(code), clock.GetUtcNow() + LinkGoodFor);
        var refusal = await people.HandleAsync(authority, displayName is null ? new PeopleCommand.OfferLink(name, hash, until, by)
            : new PeopleCommand.Invite(name, displayName, hash, until, by));
        return refusal is null ? (null, $"/staff/welcome/{authority}/{name}/{code}") : (refusal, null);
    }

    public async Task<int> LogOffAsync(string authority, string name, string by)
    {
        await people.HandleAsync(authority, new PeopleCommand.EndAllSessions(name, null, by));
        var stay = 0;
        foreach (var office in OfficesOf(authority))
        {
            foreach (var key in office.Areas.Select(area => office.QueueOf(area, clock.GetUtcNow())))
            {
                if ((await queues.ViewAsync(key)).Queue.SeatOf(new(name)) is { Open: true } seat)
                {
                    var answer = await queues.HandleAsync(key, new RequestId(Guid.CreateVersion7()),
                        new QueueCommand.CloseCounter(seat.Id) { By = new(by), Elsewhere = true });
                    stay += answer.Refusal is null ? 0 : 1;
                }
            }
        }

        return stay;
    }

    private IEnumerable<Office> OfficesOf(string authority) =>
        offices.All.Where(office => office.Authority.Id == authority).OrderBy(office => office.Key, StringComparer.Ordinal);
}
