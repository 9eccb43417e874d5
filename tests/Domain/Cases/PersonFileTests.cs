using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using static Aufruf.Domain.Cases.PersonFileCommand;
using static Aufruf.Tests.Domain.Cases.DeclaredProcedures;

namespace Aufruf.Tests.Domain.Cases;

/// <summary>A person's file has own cases and the looks at them, until each case is destroyed.</summary>
public class PersonFileTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 9, 0, 0, TimeSpan.Zero);

    private PersonFile _file = PersonFile.Empty;

    [Fact]
    public void A_look_at_an_own_case_stands_once_an_hour_and_goes_with_its_case()
    {
        Assert.Empty(Do(new NoteLook(new("1", new("anna"), Now)))); // It is no case of this person.
        Do(new AddCase("1"));
        Assert.Empty(Do(new AddCase("1")));
        Do(new NoteLook(new("1", new("anna"), Now)));
        Assert.Empty(Do(new NoteLook(new("1", new("anna"), Now.AddMinutes(59)))));
        Assert.Single(Do(new NoteLook(new("1", new("bert"), Now.AddMinutes(59)))));
        Assert.Single(Do(new NoteLook(new("1", new("anna"), Now.AddMinutes(60)))));
        Do(new AddCase("2"));
        Do(new NoteLook(new("2", new("anna"), Now)));
        Do(new DropCase("1"));
        Assert.Empty(Do(new DropCase("1")));
        Assert.Equal(["2"], _file.Looks.Select(look => look.Number));
        Assert.Equal(["2"], _file.Cases.Keys);
    }

    [Fact]
    public void The_oldest_looks_leave_the_file_and_cases_have_a_limit()
    {
        for (var n = 0; n < PersonFile.MostCases; n++)
        {
            Do(new AddCase($"{n}"));
        }

        for (var n = 0; n <= PersonFile.MostLooks; n++)
        {
            Do(new NoteLook(new($"{n}", new("anna"), Now)));
        }

        Assert.Equal(("1", PersonFile.MostLooks), (_file.Looks[0].Number, _file.Looks.Count));
        Assert.Equal(Refusal.PersonFileFull, _file.Decide(new AddCase("one more"), Now).Refusal);
    }

    [Fact]
    public void A_draft_is_in_the_file_until_it_is_dropped_or_its_time_is_over_and_open_drafts_have_a_limit()
    {
        Do(new AddDraft("over", Now));
        Assert.Empty(Do(new AddDraft("over", Now)));
        for (var n = 0; n < PersonFile.MostDrafts; n++)
        {
            Do(new AddDraft($"{n}", Now.AddDays(30)));
        }

        Assert.DoesNotContain("over", _file.Drafts.Keys);
        Assert.Equal(Refusal.TooManyOwnDrafts, _file.Decide(new AddDraft("one more", Now.AddDays(30)), Now).Refusal);
        Do(new DropDraft("0"));
        Assert.Empty(Do(new DropDraft("0")));
        Do(new AddDraft("one more", Now.AddDays(30)));
    }

    [Theory]
    [InlineData("  \"trust\": \"substantial\",\n", "", "no-trust")]
    [InlineData("\"identity\": \"account\"", "\"identity\": \"none\"", "trust-alone")]
    [InlineData("\"fim\": \"G60000083\"", "\"fim\": \"F60000234\"", "source-lacks")]
    [InlineData("\"from\": \"register\"", "\"from\": \"account\"", "source-lacks")]
    [InlineData("\"trust\": \"substantial\"", "\"trust\": \"some\"", "not-a-choice")]
    public void A_declaration_with_an_account_names_its_level_and_asks_the_account_for_what_it_has(string text, string instead, string code)
    {
        var json = JsonOf("residence-certificate");
        Assert.Contains(text, json, StringComparison.Ordinal);
        Assert.Contains(Linter.Check(json.Replace(text, instead, StringComparison.Ordinal), OfTheHouse, Today, Alsdorf),
            fault => fault.Code == code && fault.Remedy["de"].Length > 0);
    }

    private PersonFileEvent[] Do(PersonFileCommand command)
    {
        var decision = _file.Decide(command, Now);
        Assert.Null(decision.Refusal);
        _file = decision.Events.Aggregate(_file, (state, happened) => state.Apply(happened));
        return [.. decision.Events];
    }
}
