using Aufruf.Domain.Identity;
using Aufruf.Hub.Identity;
using KnownPeople = Aufruf.Domain.Identity.People;

namespace Aufruf.Simulation.Cases;

/// <summary>Four people who work on cases. Their roles and substitutes change while they work.</summary>
internal sealed class CaseStaff
{
    private const string By = "chief", Unsteady = "carla";

    public static readonly string[] Names = ["anna", "bert", Unsteady, "dora"];

    private readonly CaseTown _town;
    private KnownPeople _people = KnownPeople.Empty;
    private long _version;

    public CaseStaff(CaseTown town)
    {
        _town = town;
        string[] roles = [.. CaseLaw.All.SelectMany(known => known.Is.Tasks.Select(task => task.Role)
                .Append(known.Is.Flow.Complete.Role).Append(known.Is.Flow.Decide.Role))
            .OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        foreach (var role in roles)
        {
            Do(new PeopleCommand.DefineRole(role, new() { ["de"] = role, ["en"] = role }, [Permission.Cases], By));
        }

        foreach (var name in Names)
        {
            Do(new PeopleCommand.Invite(name, name, new string('0', 64), town.Clock.Now.AddDays(1), By));
            foreach (var role in name == "dora" ? roles : [Role.CaseWork.Id])
            {
                Do(new PeopleCommand.Grant(name, role, CaseTown.Authority, By));
            }
        }
    }

    public PeopleCache NewCache(TimeProvider clock)
    {
        PeopleCache cache = new(clock);
        cache.Announce(KnownPeople.StreamOf(CaseTown.Authority), _version, _people, null);
        return cache;
    }

    /// <summary>Somebody is away or back, or loses a role or gets it again.</summary>
    public void Change()
    {
        var chance = _town.Chance;
        switch (chance.Below(4))
        {
            case 0:
                Do(new PeopleCommand.NameSubstitute(chance.Of(Names), chance.Of(Names), _town.Clock.Now.AddDays(3), By));
                break;
            case 1:
                Do(new PeopleCommand.NameSubstitute(chance.Of(Names), null, null, By));
                break;
            case 2:
                Do(new PeopleCommand.TakeAway(Unsteady, Role.CaseWork.Id, CaseTown.Authority, By));
                break;
            default:
                Do(new PeopleCommand.Grant(Unsteady, Role.CaseWork.Id, CaseTown.Authority, By));
                break;
        }
    }

    /// <summary>A refusal, such as a substitute of oneself, changes nothing.</summary>
    private void Do(PeopleCommand command)
    {
        _people = _people.Decide(command, _town.Clock.Now).Events.Aggregate(_people, (people, happened) => people.Apply(happened));
        _version++;
        foreach (var hub in _town.Machines is null ? [] : _town.Up)
        {
            hub.Get<PeopleCache>().Announce(KnownPeople.StreamOf(CaseTown.Authority), _version, _people, null);
        }
    }
}
