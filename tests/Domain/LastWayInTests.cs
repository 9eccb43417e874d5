using Aufruf.Domain;
using Aufruf.Domain.Identity;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Identity.PeopleCommand;

namespace Aufruf.Tests.Domain;

/// <summary>Whatever administrators do, somebody with an own password can administer the people of the authority.</summary>
public class LastWayInTests
{
    private const string Issuer = "https://login.town.example";

    private static readonly DateTimeOffset Now = SmallOffice.Nine;
    private static readonly string[] Names = ["bert", "anna", "carla", "dora"];
    private static readonly string[] Roles = ["administrator", "clerk", "keepers"];
    private static readonly string[] Places = ["town", "town.hall"];

    [Fact]
    public void An_administrator_who_has_no_password_yet_or_comes_by_the_provider_does_not_count()
    {
        var invited = After(Town(), new Invite("anna", "Anna", "link", Now.AddDays(1), "bert"),
            new Grant("anna", "administrator", "town", "bert"));
        Assert.Equal(Refusal.LastAdministrator, invited.Decide(new TakeAway("bert", "administrator", "town", "anna"), Now).Refusal);
        Assert.Equal(Refusal.LastAdministrator, invited.Decide(new Disable("bert", "anna"), Now).Refusal);
        Assert.Null(invited.Decide(new Disable("anna", "bert"), Now).Refusal);
        var ready = After(invited, new SetPassword("anna", "link", "secret"));
        Assert.Null(ready.Decide(new TakeAway("bert", "administrator", "town", "anna"), Now).Refusal);

        var provided = After(Town(), new MapClaim("chiefs", "administrator", "town", "bert"), Enter("carla"),
            new Grant("carla", "administrator", "town", "bert"));
        Assert.Equal(Refusal.LastAdministrator, provided.Decide(new Disable("bert", "carla"), Now).Refusal);
        var unmapped = After(provided, new UnmapClaim("chiefs", "administrator", "town", "carla"));
        Assert.Equal(Refusal.LastAdministrator, unmapped.Decide(new Disable("bert", "carla"), Now).Refusal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_thousand_changes_of_people_roles_and_provider_rows_never_lock_the_town_out(int seed)
    {
        var random = new Random(seed);
        var (town, taken) = (Town(), 0);
        for (var step = 0; step < 1_000; step++)
        {
            var decision = town.Decide(Any(random, step), Now);
            taken += decision.Refusal is null ? 0 : 1;
            town = decision.Events.Aggregate(town, (known, happened) => known.Apply(happened));
            Assert.Contains(town.ByName.Values, person => person is { IsEnabled: true, PasswordHash: not null }
                && Principal.Of("town", person, town).May(Permission.People, "town"));
        }

        Assert.InRange(taken, 10, 900); // Some are refused, and most are not.
    }

    private static PeopleCommand Any(Random random, int step)
    {
        var (by, name) = (Pick(random, Names), Pick(random, Names));
        var (role, place) = (Pick(random, Roles), Pick(random, Places));
        return random.Next(12) switch
        {
            0 => new Invite(name, "Somebody", $"link-{name}", Now.AddDays(1), by),
            1 => new SetPassword(name, $"link-{name}", "secret"),
            2 or 3 => new Grant(name, role, place, by),
            4 or 5 => new TakeAway(name, role, place, by),
            6 => new Disable(name, by),
            7 => new Enable(name, by),
            8 => new MapClaim("chiefs", role, place, by),
            9 => new UnmapClaim("chiefs", role, place, by),
            10 => random.Next(2) == 0 ? new AwaitProvider(name, by) : Enter(name) with { Session = $"session-{step}" },
            _ => random.Next(2) == 0 ? new RemoveRole("keepers", by)
                : new DefineRole("keepers", SmallOffice.Both("Personalamt", "Staff office"), [Permission.People], by),
        };
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];

    private static People Town() => After(People.Empty, new OfferFirst("first", Now.AddDays(1)),
        new CreateFirst("first", "bert", "Bert", "secret", "town"));

    private static EnterByProvider Enter(string name) =>
        new(new(Issuer, "sub-" + name), name, "Somebody", ["chiefs"], $"session-{name}", null, Now.AddHours(10), null);

    private static People After(People people, params PeopleCommand[] commands) => commands.Aggregate(people, (state, command) =>
    {
        var decision = state.Decide(command, Now);
        Assert.Null(decision.Refusal);
        return decision.Events.Aggregate(state, (known, happened) => known.Apply(happened));
    });
}
