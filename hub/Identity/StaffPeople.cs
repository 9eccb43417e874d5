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
        IsElsewhere(authority, command) ? Task.FromResult<Refusal?>(Refusal.PlaceUnknown) : people.HandleAsync(authority, command);

    public Task<(Refusal? Refusal, string? Link)> HireAsync(string authority, string name, string displayName, RoleGrant role, string by) =>
        LinkAsync(authority, name, (hash, until) =>
            [new PeopleCommand.Invite(name, displayName, hash, until, by), new PeopleCommand.Grant(name, role.Role, role.Place, by)]);

    public Task<(Refusal? Refusal, string? Link)> OfferLinkAsync(string authority, string name, string by) =>
        LinkAsync(authority, name, (hash, until) => [new PeopleCommand.OfferLink(name, hash, until, by)]);

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

    private async Task<(Refusal? Refusal, string? Link)> LinkAsync(string authority, string name,
        Func<string, DateTimeOffset, PeopleCommand[]> stepsOf)
    {
        var code = SessionPass.NewCode();
        var steps = stepsOf(SessionPass.HashOf(code), clock.GetUtcNow() + LinkGoodFor);
        var refusal = Rehearse(authority, steps);
        for (var next = 0; refusal is null && next < steps.Length; next++)
        {
            refusal = await people.HandleAsync(authority, steps[next]);
        }

        return refusal is null ? (null, $"/staff/welcome/{authority}/{name}/{code}") : (refusal, null);
    }

    /// <summary>The refusal of the first step that would fail, before any is taken.</summary>
    private Refusal? Rehearse(string authority, IEnumerable<PeopleCommand> steps)
    {
        var known = people.Of(authority);
        foreach (var step in steps)
        {
            var decision = known.Decide(step, clock.GetUtcNow());
            if ((IsElsewhere(authority, step) ? Refusal.PlaceUnknown : decision.Refusal) is { } refusal)
            {
                return refusal;
            }

            known = decision.Events.Aggregate(known, (now, happened) => now.Apply(happened));
        }

        return null;
    }

    private bool IsElsewhere(string authority, PeopleCommand command) => command switch
    {
        PeopleCommand.Grant c => !IsPlace(authority, c.Place),
        PeopleCommand.MapClaim c => !IsPlace(authority, c.Place),
        _ => false,
    };

    private bool IsPlace(string authority, string place) => PlacesOf(authority, "de").Any(known => known.Key == place);

    private IEnumerable<Office> OfficesOf(string authority) =>
        offices.All.Where(office => office.Authority.Id == authority).OrderBy(office => office.Key, StringComparer.Ordinal);
}
