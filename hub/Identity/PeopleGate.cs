using Aufruf.Contracts;
using Aufruf.Domain.Identity;
using Aufruf.Grains.Subscriptions;

namespace Aufruf.Hub.Identity;

/// <summary>The way to the people of an authority: commands to their grain, and the copy here after them.</summary>
internal sealed class PeopleGate(PeopleCache people, Announcements<People, PeopleEvent> announcements, IGrainFactory grains)
{
    public People Of(string authority) => people.Of(authority);

    public IEnumerable<string> Authorities => people.Authorities;

    public SignedIn? Find(SessionPass session) => people.Find(session);

    /// <summary>The people as the journal has them: another hub may have written just now.</summary>
    public async Task<People> ReadAsync(string authority)
    {
        await announcements.CatchUpAsync(People.StreamOf(authority));
        return people.Of(authority);
    }

    public async Task<Refusal?> HandleAsync(string authority, PeopleCommand command)
    {
        var answer = await grains.GetGrain<IPeopleGrain>(People.StreamOf(authority)).Handle(new RequestId(Guid.CreateVersion7()), command);
        await announcements.CatchUpAsync(People.StreamOf(authority)); // Its grain may live in another hub.
        return answer.Refusal;
    }
}
