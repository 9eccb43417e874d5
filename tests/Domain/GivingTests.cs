using Aufruf.Domain;
using Aufruf.Domain.Identity;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Identity.PeopleCommand;

namespace Aufruf.Tests.Domain;

/// <summary>Rights never grow by giving them: only an administrator gives what they do not have.</summary>
public class GivingTests
{
    private static readonly DateTimeOffset Now = SmallOffice.Nine;
    private static readonly DateTimeOffset Later = Now.AddHours(1);

    /// <summary>Bert administers the town, Ida one office. Petra keeps people, by an own role. Anna is a clerk.</summary>
    private static People Town { get; } = After(People.Empty, new OfferFirst("link", Later),
        new CreateFirst("link", "bert", "Bert", "secret", "town"), Person("ida"), Person("petra"), Person("anna"),
        new Grant("ida", "administrator", "town.rathaus", "bert"),
        new DefineRole("staff-office", Name, [Permission.People, Permission.Reports], "bert"),
        new Grant("petra", "staff-office", "town", "bert"), new Grant("anna", "clerk", "town.rathaus", "bert"));

    private static Aufruf.Domain.Offices.Texts Name => SmallOffice.Both("Personalamt", "Staff office");

    public static TheoryData<string, PeopleCommand, bool> Table => new()
    {
        { "the administrator gives any role", new Grant("anna", "administrator", "town", "bert"), true },
        { "one of an office gives any role there", new Grant("anna", "in-charge", "town.rathaus", "ida"), true },
        { "and in its areas", new Grant("anna", "clerk", "town.rathaus.hall", "ida"), true },
        { "but none in the whole town", new Grant("anna", "clerk", "town", "ida"), false },
        { "and none in another office", new Grant("anna", "clerk", "town.library", "ida"), false },
        { "the staff office gives its own role", new Grant("anna", "staff-office", "town", "petra"), true },
        { "but not that of a clerk", new Grant("petra", "clerk", "town", "petra"), false },
        { "nor that of an administrator", new Grant("petra", "administrator", "town", "petra"), false },
        { "it takes none away that it has not", new TakeAway("anna", "clerk", "town.rathaus", "petra"), false },
        { "it defines a role of its own rights", new DefineRole("readers", Name, [Permission.Reports], "petra"), true },
        { "but of no others", new DefineRole("readers", Name, [Permission.Configure], "petra"), false },
        { "and its own role gets no more", new DefineRole("staff-office", Name, [Permission.Configure], "petra"), false },
        { "one of an office defines no role of the town", new DefineRole("readers", Name, [Permission.Devices], "ida"), false },
        { "no new link opens the administrator's account", new OfferLink("bert", "link", Later, "petra"), false },
        { "no new link opens the clerk's either", new OfferLink("anna", "link", Later, "petra"), false },
        { "nor is the administrator disabled", new Disable("bert", "petra"), false },
        { "nor loses a factor", new TurnOffTotp("bert", "petra"), false },
        { "everybody keeps the own factor", new TurnOffTotp("petra", "petra"), true },
        { "a role that is held stays", new RemoveRole("staff-office", "bert"), false },
        { "and a fixed one too", new RemoveRole("clerk", "bert"), false },
    };

    [Theory, MemberData(nameof(Table))]
    public void Rights_are_given_and_taken_by_those_who_have_them(string sentence, PeopleCommand command, bool isDone)
    {
        var refusal = Town.Decide(command, Now).Refusal;
        Assert.True(refusal is null == isDone, $"{sentence}: {refusal}");
        Assert.True(isDone || command is RemoveRole || refusal == Refusal.BeyondOwnRights, $"{sentence}: {refusal}");
    }

    [Fact]
    public void An_own_role_that_nobody_holds_is_removed()
    {
        var town = After(Town, new TakeAway("petra", "staff-office", "town", "bert"), new RemoveRole("staff-office", "bert"));
        Assert.Null(town.Role("staff-office"));
    }

    [Fact]
    public void A_right_to_change_holds_the_right_to_see()
    {
        var town = After(Town, new DefineRole("planner", Name, [Permission.Plans], "bert"), new Grant("anna", "planner", "town", "bert"));
        Assert.True(Principal.Of("town", town.Find("anna")!, town).May(Permission.SeePlans, "town.library"));
    }

    private static Invite Person(string name) => new(name, name, "link", Later, "bert");

    private static People After(People people, params PeopleCommand[] commands) => commands.Aggregate(people,
        (state, command) => state.Decide(command, Now).Events.Aggregate(state, (known, happened) => known.Apply(happened)));
}
