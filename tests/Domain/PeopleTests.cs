using Aufruf.Domain;
using Aufruf.Domain.Identity;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Identity.PeopleCommand;

namespace Aufruf.Tests.Domain;

/// <summary>The rules of an authority's staff.</summary>
public class PeopleTests
{
    private static readonly DateTimeOffset Now = SmallOffice.Nine;
    private static readonly DateTimeOffset Later = Now.AddHours(1);

    private static People Town { get; } = After(People.Empty, Now, new OfferFirst("link", Later),
        new CreateFirst("link", "bert", "Bert", "secret", "town"), new Invite("anna", "Anna", "link-2", Later, "bert"),
        new SetPassword("anna", "link-2", "secret"));

    /// <summary>Every state of a person, and what each command then does: the names of its events, or the refusal.</summary>
    public static TheoryData<string, string, string> Table => new()
    {
        { "invited", "set-password", "password-set" }, { "invited", "begin", "session-begun" },
        { "ready", "set-password", "link-invalid" }, { "ready", "fail", "sign-in-failed" }, { "ready", "begin", "session-begun" },
        { "ready", "disable", "person-disabled" }, { "ready", "enable", "" }, { "ready", "end", "session-unknown" },
        { "ready", "lock", "session-unknown" }, { "ready", "totp-off", "" }, { "ready", "invite", "person-known" },
        { "ready", "unlock", "sign-in-unlocked" },
        { "in", "end", "session-ended" }, { "in", "lock", "session-locked" }, { "in", "unlock-session", "" },
        { "in", "disable", "person-disabled" }, { "in", "end-all", "session-ended" },
        { "locked-desk", "lock", "" }, { "locked-desk", "unlock-session", "session-unlocked" },
        { "shut-out", "begin", "sign-in-locked" }, { "shut-out", "fail", "sign-in-locked" }, { "shut-out", "unlock", "sign-in-unlocked" },
        { "disabled", "begin", "person-disabled" }, { "disabled", "enable", "person-enabled" }, { "disabled", "disable", "" },
        { "disabled", "set-password", "link-invalid" },
        { "with-totp", "begin", "code-used" }, { "with-totp", "begin-5", "code-used" }, { "with-totp", "begin-6", "session-begun" },
        { "with-totp", "totp-off", "totp-turned-off" },
        { "ready", "add-passkey", "passkey-added" }, { "ready", "enter-by-passkey", "passkey-unknown" },
        { "ready", "remove-passkey", "passkey-unknown" },
        { "with-passkey", "add-passkey", "passkey-known" }, { "with-passkey", "rename-passkey", "passkey-renamed" },
        { "with-passkey", "remove-passkey", "passkey-removed" }, { "with-passkey", "enter-by-passkey", "passkey-used session-begun" },
        { "with-passkey", "unlock-by-passkey", "session-unknown" },
        { "passkey-and-totp", "enter-by-passkey", "passkey-used session-begun" },
        { "disabled", "add-passkey", "person-disabled" },
        { "ready", "key", "key-made" }, { "invited", "key", "key-made" }, { "in", "key", "key-made" }, { "shut-out", "key", "key-made" },
        { "disabled", "key", "person-disabled" }, { "unknown", "key", "person-unknown" },
        { "with-key", "lock", "session-unknown" }, { "with-key", "end", "session-ended" }, { "with-key", "end-all", "session-ended" },
        { "with-key", "disable", "person-disabled" },
        { "unknown", "begin", "person-unknown" }, { "unknown", "disable", "person-unknown" }, { "unknown", "fail", "person-unknown" },
    };

    [Theory, MemberData(nameof(Table))]
    public void Each_command_in_each_state(string state, string command, string expected)
    {
        var decision = StateOf(state).Decide(CommandOf(command, state is "unknown" ? "carla" : "anna"), Now);
        Assert.Equal(expected, decision.Refusal?.Code ?? string.Join(' ', decision.Events.Select(NameOf)));
    }

    [Fact]
    public void A_substitute_is_a_colleague_for_a_time_and_gives_the_place_back()
    {
        var away = After(Town, Now, new NameSubstitute("anna", "bert", Now.AddDays(14), "anna"));
        Assert.Equal("bert", away.Find("anna")!.SubstituteAt(Now.AddDays(13)));
        Assert.Null(away.Find("anna")!.SubstituteAt(Now.AddDays(14)));
        Assert.Empty(away.Decide(new NameSubstitute("anna", "bert", Now.AddDays(14), "anna"), Now).Events);
        Assert.Null(After(away, Now, new NameSubstitute("anna", null, null, "bert")).Find("anna")!.Absence);
        Assert.Empty(Town.Decide(new NameSubstitute("anna", null, null, "anna"), Now).Events);
        Assert.Equal(Refusal.SubstituteSame, Town.Decide(new NameSubstitute("anna", "anna", Now.AddDays(1), "anna"), Now).Refusal);
        Assert.Equal(Refusal.PersonUnknown, Town.Decide(new NameSubstitute("anna", "carla", Now.AddDays(1), "anna"), Now).Refusal);
        Assert.Equal(Refusal.SubstituteTime, Town.Decide(new NameSubstitute("anna", "bert", Now, "anna"), Now).Refusal);
        Assert.Equal(Refusal.SubstituteTime, Town.Decide(new NameSubstitute("anna", "bert", Now.AddDays(400), "anna"), Now).Refusal);
    }

    private static People StateOf(string state) => state switch
    {
        "invited" => After(Town, Now, new OfferLink("anna", "link-3", Later, "bert")),
        "in" => After(Town, Now, Begin("anna", "one")),
        "with-key" => After(Town, Now, Key("one", Now.AddDays(1))),
        "locked-desk" => After(Town, Now, Begin("anna", "one"), new LockSession("anna", "one")),
        "shut-out" => After(Town, Now, [.. Enumerable.Repeat(new CountFailure("anna"), 5)]),
        "disabled" => After(Town, Now, new OfferLink("anna", "link-3", Later, "bert"), new Disable("anna", "bert")),
        "with-passkey" => After(Town, Now, Add("anna", "key")),
        "passkey-and-totp" => After(Town, Now, Add("anna", "key"), new TurnOnTotp("anna", "sealed", 5)),
        "with-totp" => After(Town, Now, new TurnOnTotp("anna", "sealed", 5)),
        _ => Town,
    };

    private static PeopleCommand CommandOf(string command, string name) => command switch
    {
        "set-password" => new SetPassword(name, "link-3", "other"),
        "begin" => Begin(name, "one"),
        "key" => Key("key", Later) with { Name = name },
        "begin-5" => new BeginSession(name, "one", SignInWay.PasswordAndCode, Later, 5),
        "begin-6" => new BeginSession(name, "one", SignInWay.PasswordAndCode, Later, 6),
        "fail" => new CountFailure(name),
        "unlock" => new Unlock(name, "bert"),
        "end" => new EndSession(name, "one", name),
        "end-all" => new EndAllSessions(name, null, "bert"),
        "lock" => new LockSession(name, "one"),
        "unlock-session" => new UnlockSession(name, "one"),
        "disable" => new Disable(name, "bert"),
        "enable" => new Enable(name, "bert"),
        "add-passkey" => Add(name, "key"),
        "rename-passkey" => new RenamePasskey(name, "key", "Stick"),
        "remove-passkey" => new RemovePasskey(name, "key", null, "bert"),
        "enter-by-passkey" => Enter(name, "key", Now.AddSeconds(-5), count: 2),
        "unlock-by-passkey" => new UnlockByPasskey(name, new("key", 2, false, Now.AddSeconds(-5)), "one"),
        "totp-off" => new TurnOffTotp(name, "bert"),
        "invite" => new Invite(name, "Anna", "x", Later, "bert"),
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };

    private static MakeKey Key(string session, DateTimeOffset until, string label = "program") =>
        new("anna", session, label, until, "anna");

    [Fact]
    public void A_key_has_a_name_and_ends_within_a_year()
    {
        foreach (var wrong in (MakeKey[])[Key("k", Now), Key("k", Now.AddDays(367)), Key("k", Later, ""), Key("k", Later, " "),
            Key("k", Later, "a\nb"), Key("k", Later, new('x', 61))])
        {
            Assert.Equal(Refusal.KeyMalformed, Town.Decide(wrong, Now).Refusal);
        }

        var key = After(Town, Now, Key("k", Now.AddDays(366))).Find("anna")!.Sessions["k"];
        Assert.Equal((SignInWay.Key, "program", Now.AddDays(366)), (key.Way, key.Label, key.Until));
    }

    [Fact]
    public void Twenty_keys_are_enough_those_that_are_over_make_room_and_signing_in_ends_none()
    {
        var full = After(Town, Now, [.. Enumerable.Range(0, 20).Select(n => Key($"key-{n}", n == 0 ? Later : Now.AddDays(9)))]);
        Assert.Equal(Refusal.TooManyKeys, full.Decide(Key("more", Later), Now).Refusal);
        var later = After(full, Later, Key("more", Later.AddDays(1)));
        Assert.False(later.Find("anna")!.Sessions.ContainsKey("key-0"));
        var busy = After(full, Now, [.. Enumerable.Range(0, 25).Select(n => Begin("anna", $"in-{n}"))]);
        Assert.Equal((20, 20), (busy.Find("anna")!.Sessions.Values.Count(s => s.Way is SignInWay.Key),
            busy.Find("anna")!.Sessions.Values.Count(s => s.Way is not SignInWay.Key)));
    }

    [Fact]
    public void In_a_demo_the_first_administrator_works_at_the_desk_and_on_cases_too()
    {
        var town = After(People.Empty, Now, new OfferFirst("link", Later),
            new CreateFirst("link", "bert", "Bert", "secret", "town") { Works = true });
        Assert.Equal([new("administrator", "town"), new("in-charge", "town"), new("case-work", "town")], town.Find("bert")!.Grants);
    }

    [Fact]
    public void The_first_administrator_comes_once_by_a_link_that_is_still_good()
    {
        var offered = After(People.Empty, Now, new OfferFirst("link", Later));
        Assert.Equal(Refusal.LinkInvalid, offered.Decide(new CreateFirst("other", "bert", "Bert", "s", "town"), Now).Refusal);
        Assert.Equal(Refusal.LinkInvalid, offered.Decide(new CreateFirst("link", "bert", "Bert", "s", "town"), Later).Refusal);
        Assert.Equal(Refusal.LinkInvalid, Town.Decide(new CreateFirst("link", "carla", "Carla", "s", "town"), Now).Refusal);
        Assert.Empty(Town.Decide(new OfferFirst("new", Later), Now).Events);
        Assert.Equal([new RoleGrant("administrator", "town")], Town.Find("bert")!.Grants);
    }

    [Fact]
    public void The_last_administrator_of_the_authority_stays()
    {
        var one = After(Town, Now, new Grant("anna", "administrator", "town.rathaus", "bert")); // Of one office only.
        Assert.Equal(Refusal.LastAdministrator, one.Decide(new Disable("bert", "bert"), Now).Refusal);
        Assert.Equal(Refusal.LastAdministrator, one.Decide(new TakeAway("bert", "administrator", "town", "bert"), Now).Refusal);
        var two = After(one, Now, new Grant("anna", "administrator", "town", "bert"));
        Assert.Null(two.Decide(new Disable("bert", "anna"), Now).Refusal);
        Assert.Equal(Refusal.LastAdministrator,
            After(two, Now, new Disable("anna", "bert")).Decide(new TakeAway("bert", "administrator", "town", "bert"), Now).Refusal);
    }

    [Fact]
    public void Each_lock_of_the_sign_in_is_twice_as_long_up_to_an_hour()
    {
        var (people, now, lengths) = (Town, Now, new List<double>());
        for (var round = 0; round < 6; round++)
        {
            people = After(people, now, [.. Enumerable.Repeat(new CountFailure("anna"), 5)]);
            var until = people.Find("anna")!.Failures.LockedUntil!.Value;
            lengths.Add((until - now).TotalMinutes);
            Assert.True(people.Find("anna")!.IsLockedAt(until.AddTicks(-1)));
            now = until;
            Assert.False(people.Find("anna")!.IsLockedAt(now));
        }

        Assert.Equal([5, 10, 20, 40, 60, 60], lengths);
        Assert.Equal(0, After(people, now, Begin("anna", "one")).Find("anna")!.Failures.Locks);
    }

    [Fact]
    public void Wrong_passwords_far_apart_lock_nothing()
    {
        var (people, now) = (Town, Now);
        for (var failure = 0; failure < 20; failure++, now = now.AddMinutes(16))
        {
            people = After(people, now, new CountFailure("anna"));
        }

        Assert.False(people.Find("anna")!.IsLockedAt(now));
    }

    [Fact]
    public void A_new_password_ends_the_other_sessions_and_a_link_ends_all()
    {
        var people = After(Town, Now, Begin("anna", "one"), Begin("anna", "two"));
        Assert.Equal(["two"], After(people, Now, new ChangePassword("anna", "new", "two")).Find("anna")!.Sessions.Keys);
        var linked = After(people, Now, new OfferLink("anna", "l", Later, "bert"), new SetPassword("anna", "l", "new"));
        Assert.Empty(linked.Find("anna")!.Sessions);
        Assert.Null(linked.Find("anna")!.Link);
    }

    [Fact]
    public void The_oldest_of_too_many_sessions_ends()
    {
        var people = Town;
        for (var n = 0; n < 21; n++)
        {
            people = After(people, Now.AddSeconds(n), Begin("anna", $"s{n:00}"));
        }

        Assert.Equal(20, people.Find("anna")!.Sessions.Count);
        Assert.DoesNotContain("s00", people.Find("anna")!.Sessions.Keys);
    }

    [Theory]
    [InlineData("", "Anna")]
    [InlineData("Anna", "Anna")]
    [InlineData("anna@town", "Anna")]
    [InlineData("-anna", "Anna")]
    [InlineData("anna/bert", "Anna")]
    [InlineData("anna", " ")]
    [InlineData("anna", "An\u0007na")]
    public void A_name_that_a_session_or_the_log_cannot_hold_is_refused(string name, string display) =>
        Assert.Equal(Refusal.PersonMalformed, People.Empty.Decide(new Invite(name, display, "l", Later, "bert"), Now).Refusal);

    [Fact]
    public void A_town_defines_roles_of_permissions_that_people_can_have()
    {
        var names = SmallOffice.Both("Empfang", "Front desk");
        Assert.Equal(Refusal.RoleMalformed, Town.Decide(new DefineRole("clerk", names, [Permission.Tickets], "bert"), Now).Refusal);
        Assert.Equal(Refusal.RoleMalformed, Town.Decide(new DefineRole("x", names, [Permission.Operate], "bert"), Now).Refusal);
        var town = After(Town, Now, new DefineRole("front", names, [Permission.Tickets], "bert"),
            new Grant("anna", "front", "town", "bert"));
        Assert.True(Principal.Of("town", town.Find("anna")!, town).May(Permission.Tickets, "town.rathaus"));
        Assert.Equal(Refusal.RoleUnknown, Town.Decide(new Grant("anna", "no-such", "town", "bert"), Now).Refusal);
    }

    private static AddPasskey Add(string name, string id) => new(name, new(id, "Laptop", "public", 1, [], false, false));

    private static EnterByPasskey Enter(string name, string key, DateTimeOffset challenge, uint count) =>
        new(name, new(key, count, false, challenge), $"session {challenge.Ticks}", Later);

    private static BeginSession Begin(string name, string session) => new(name, session, SignInWay.Password, Later, null);

    private static string NameOf(PeopleEvent happened) => typeof(PeopleEvent).GetCustomAttributes(inherit: false)
        .OfType<System.Text.Json.Serialization.JsonDerivedTypeAttribute>().Single(a => a.DerivedType == happened.GetType())
        .TypeDiscriminator!.ToString()!;

    private static People After(People people, DateTimeOffset now, params PeopleCommand[] commands) => commands.Aggregate(people,
        (state, command) => state.Decide(command, now).Events.Aggregate(state, (known, happened) => known.Apply(happened)));
}
