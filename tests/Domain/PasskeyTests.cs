using Aufruf.Domain;
using Aufruf.Domain.Identity;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Identity.PeopleCommand;

namespace Aufruf.Tests.Domain;

/// <summary>The rules of passkeys: each opens one account, and each answer is good once.</summary>
public class PasskeyTests
{
    private static readonly DateTimeOffset Now = SmallOffice.Nine;
    private static readonly DateTimeOffset Later = Now.AddHours(1);

    private static People Town { get; } = After(People.Empty, new OfferFirst("link", Later),
        new CreateFirst("link", "bert", "Bert", "secret", "town"), new Invite("anna", "Anna", "link-2", Later, "bert"),
        new SetPassword("anna", "link-2", "secret"), Add("anna", "laptop"));

    [Theory]
    [InlineData(0, 0, "")] // A key that many devices share does not count.
    [InlineData(5, 6, "")]
    [InlineData(5, 5, "passkey-answered")]
    [InlineData(5, 0, "passkey-answered")]
    [InlineData(5, 4, "passkey-answered")]
    public void The_count_of_a_device_that_counts_grows_with_each_answer(uint first, uint second, string expected)
    {
        var town = After(Town, Enter("laptop", 1, first));
        var decision = town.Decide(Enter("laptop", 2, second), Now);
        Assert.Equal(expected, decision.Refusal?.Code ?? "");
    }

    [Fact]
    public void A_challenge_is_answered_once_and_those_before_it_never_again()
    {
        var town = After(Town, Enter("laptop", 5, 0));
        Assert.Equal(Refusal.PasskeyAnswered, town.Decide(Enter("laptop", 5, 0), Now).Refusal);
        Assert.Equal(Refusal.PasskeyAnswered, town.Decide(Enter("laptop", 4, 0), Now).Refusal);
        Assert.Null(town.Decide(Enter("laptop", 6, 0), Now).Refusal);
    }

    [Fact]
    public void A_key_opens_the_account_of_its_person_only()
    {
        Assert.Equal(Refusal.PasskeyUnknown, Town.Decide(Enter("laptop", 1, 0) with { Name = "bert" }, Now).Refusal);
        Assert.Equal(Refusal.PasskeyKnown, Town.Decide(Add("bert", "laptop"), Now).Refusal);
    }

    [Fact]
    public void A_disabled_person_does_not_enter_and_a_removed_key_does_not_open()
    {
        Assert.Equal(Refusal.PersonDisabled, After(Town, new Disable("anna", "bert")).Decide(Enter("laptop", 1, 0), Now).Refusal);
        Assert.Equal(Refusal.PasskeyUnknown,
            After(Town, new RemovePasskey("anna", "laptop", null, "bert")).Decide(Enter("laptop", 1, 0), Now).Refusal);
    }

    [Fact]
    public void Guessed_passwords_lock_no_passkey_out_and_a_passkey_forgives_no_guess()
    {
        var town = After(Town, [.. Enumerable.Repeat(new CountFailure("anna"), 5)]);
        town = After(town, Enter("laptop", 1, 0));
        Assert.Single(town.Find("anna")!.Sessions);
        Assert.True(town.Find("anna")!.IsLockedAt(Now));
        Assert.Equal(Refusal.SignInLocked,
            town.Decide(new BeginSession("anna", "two", SignInWay.Password, Later, null), Now).Refusal);
    }

    [Fact]
    public void With_a_lost_key_go_the_sessions_that_keys_began_except_the_one_that_removes_it()
    {
        var town = After(Town, new BeginSession("anna", "by-password", SignInWay.Password, Later, null), Enter("laptop", 1, 0),
            Enter("laptop", 2, 0));
        var kept = town.Find("anna")!.Sessions.Keys.First(session => session != "by-password");
        Assert.Equal(new[] { "by-password", kept }.Order(StringComparer.Ordinal),
            After(town, new RemovePasskey("anna", "laptop", kept, "anna")).Find("anna")!.Sessions.Keys);
        var removed = After(town, new RemovePasskey("anna", "laptop", null, "bert")).Find("anna")!;
        Assert.Equal(["by-password"], removed.Sessions.Keys);
        Assert.NotNull(removed.PasswordHash); // The other way in stays.
    }

    [Fact]
    public void A_locked_desk_opens_by_a_key_once()
    {
        var town = After(Town, new BeginSession("anna", "desk", SignInWay.Password, Later, null), new LockSession("anna", "desk"),
            new UnlockByPasskey("anna", new("laptop", 0, false, Now), "desk"), new LockSession("anna", "desk"));
        Assert.Equal(Refusal.PasskeyAnswered,
            town.Decide(new UnlockByPasskey("anna", new("laptop", 0, false, Now), "desk"), Now).Refusal);
    }

    [Fact]
    public void A_person_has_ten_keys_each_with_a_name()
    {
        var town = After(Town, [.. Enumerable.Range(2, 9).Select(n => Add("anna", $"key-{n}"))]);
        Assert.Equal(10, town.Find("anna")!.Passkeys.Count);
        Assert.Equal(Refusal.TooManyPasskeys, town.Decide(Add("anna", "key-11"), Now).Refusal);
        foreach (var label in (string[])["", " ", "a\u0007b", new('x', 61)])
        {
            Assert.Equal(Refusal.PasskeyMalformed, Town.Decide(new RenamePasskey("anna", "laptop", label), Now).Refusal);
        }

        Assert.Equal(Refusal.PasskeyMalformed, Town.Decide(Add("anna", new('x', 1_365)), Now).Refusal);
    }

    private static AddPasskey Add(string name, string id) => new(name, new(id, "Laptop", "public", 0, [], false, false));

    /// <param name="key">Its id.</param>
    /// <param name="second">Of the challenge.</param>
    private static EnterByPasskey Enter(string key, int second, uint count) =>
        new("anna", new(key, count, false, Now.AddSeconds(second)), $"session-{second}", Later);

    private static People After(People people, params PeopleCommand[] commands) => commands.Aggregate(people,
        (state, command) => state.Decide(command, Now).Events.Aggregate(state, (known, happened) => known.Apply(happened)));
}
