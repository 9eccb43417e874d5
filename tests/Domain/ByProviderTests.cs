using Aufruf.Domain.Identity;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Identity.PeopleCommand;

namespace Aufruf.Tests.Domain;

/// <summary>The rules of people who come by the town's provider.</summary>
public class ByProviderTests
{
    private const string Issuer = "https://login.town.example";

    private static readonly DateTimeOffset Now = SmallOffice.Nine;

    private static People Town { get; } = After(People.Empty, new OfferFirst("link", Now.AddHours(1)),
        new CreateFirst("link", "bert", "Bert", "secret", "town"), new MapClaim("service", "clerk", "town.hall", "bert"));

    [Fact]
    public void The_town_has_its_own_administrator_before_anybody_comes_by_the_provider() =>
        Assert.Equal("no-administrator-yet", People.Empty.Decide(Enter("anna"), Now).Refusal?.Code);

    [Fact]
    public void The_account_is_the_person_whatever_the_name_becomes()
    {
        var town = After(Town, Enter("anna", "service"), Enter("anna.schmitz", "service") with { Account = new(Issuer, "sub-anna") });
        Assert.Equal(["anna", "bert"], town.ByName.Keys);
        Assert.Equal(2, town.Find("anna")!.Sessions.Count);
        Assert.Equal("provider-name-taken", town.Decide(Enter("anna") with { Account = new(Issuer, "another") }, Now).Refusal?.Code);
        Assert.Equal("provider-name-taken",
            town.Decide(Enter("anna") with { Account = new("https://other.example", "sub-anna") }, Now).Refusal?.Code);
    }

    [Fact]
    public void An_administrator_by_a_claim_is_not_the_last_one()
    {
        var town = After(Town, new MapClaim("chiefs", "administrator", "town", "bert"), Enter("anna", "chiefs"));
        Assert.True(Principal.Of("town", town.Find("anna")!, town).May(Permission.People, "town"));
        Assert.Equal("last-administrator", town.Decide(new TakeAway("bert", "administrator", "town", "anna"), Now).Refusal?.Code);
    }

    [Fact]
    public void Another_account_of_the_provider_takes_the_place_of_the_first_only_when_an_administrator_says_so()
    {
        var town = After(Town, Enter("anna", "service"), new AwaitProvider("anna", "bert"));
        Assert.Empty(town.Find("anna")!.Sessions);
        Assert.Empty(town.GrantsOf(town.Find("anna")!));
        town = After(town, Enter("anna") with { Account = new(Issuer, "second") });
        Assert.Equal("second", town.Find("anna")!.Provider?.Subject);
        Assert.Equal("provider-name-taken", town.Decide(Enter("anna", "service"), Now).Refusal?.Code);
    }

    [Fact]
    public void Wrong_passwords_neither_keep_the_account_of_the_town_out_nor_are_they_forgiven_by_it()
    {
        var town = After(Town, [Enter("anna"), .. Enumerable.Repeat(new CountFailure("anna"), 5), Enter("anna")]);
        Assert.True(town.Find("anna")!.IsLockedAt(Now));
    }

    [Fact]
    public void An_order_of_one_provider_ends_no_session_of_another_and_none_by_password()
    {
        var town = After(Town, Enter("anna") with { Sid = "one" },
            new BeginSession("anna", "by-password", SignInWay.Password, Now.AddHours(1), null),
            new EndByProvider("https://other.example", "sub-anna", "one", "order-1"),
            new EndByProvider(Issuer, "sub-anna", "two", "order-2"));
        Assert.Equal(2, town.Find("anna")!.Sessions.Count);
        town = After(town, new EndByProvider(Issuer, "sub-anna", null, "order-3"));
        Assert.Equal(["by-password"], town.Find("anna")!.Sessions.Keys);
    }

    [Theory]
    [InlineData("", "clerk", "town", "mapping-malformed")]
    [InlineData("a\nb", "clerk", "town", "mapping-malformed")]
    [InlineData("a", "chief", "town", "role-unknown")]
    [InlineData("service", "clerk", "town.hall", "")]
    public void The_table_refuses_rows_that_say_nothing(string value, string role, string place, string expected)
    {
        var decision = Town.Decide(new MapClaim(value, role, place, "bert"), Now);
        Assert.Equal(expected, decision.Refusal?.Code ?? string.Concat(decision.Events.Select(e => e.ToString())));
    }

    [Fact]
    public void The_table_and_the_kept_orders_have_an_end()
    {
        var town = After(Town, [.. Enumerable.Range(0, 199).Select(row => new MapClaim($"group-{row}", "clerk", "town", "bert"))]);
        Assert.Equal("too-many-claims", town.Decide(new MapClaim("one-more", "clerk", "town", "bert"), Now).Refusal?.Code);
        Assert.Equal("", Town.Decide(new UnmapClaim("unknown", "clerk", "town", "bert"), Now).Refusal?.Code ?? "");
        town = After(town, new EndByProvider(Issuer, "sub", null, "order"));
        town = town.Decide(new EndByProvider(Issuer, "sub", null, "later"), Now.AddHours(1)).Events
            .Aggregate(town, (t, e) => t.Apply(e));
        Assert.Equal(["later"], town.UsedLogouts.Keys);
    }

    private static EnterByProvider Enter(string name, params string[] values) =>
        new(new(Issuer, "sub-" + name), name, "Die Person " + name, values,
            $"session-{name}-{values.Length}", null, Now.AddHours(10), null);

    private static People After(People people, params PeopleCommand[] commands) => commands.Aggregate(people, (state, command) =>
    {
        var decision = state.Decide(command, Now);
        Assert.Null(decision.Refusal);
        return decision.Events.Aggregate(state, (s, e) => s.Apply(e));
    });
}
