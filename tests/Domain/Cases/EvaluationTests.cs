using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Domain.Cases.Expressions;
using CsCheck;
using static Aufruf.Tests.Domain.Cases.DeclaredProcedures;

namespace Aufruf.Tests.Domain.Cases;

/// <summary>All that follows from a citizen's answers. The amounts are examples of a by-law page.</summary>
public class EvaluationTests
{
    [Fact]
    public void The_first_dog_costs_eight_twelfths_of_96_euros()
    {
        var first = Evaluate(Dogs, DogAnswers);
        Assert.Empty(first.Faults);
        Assert.True(first.IsComplete);
        Assert.Equal("2026-05-01", first.Values["start"].ToString());
        Assert.Equal(("96.00", "64.00"), (first.Values["yearly"].ToString(), first.Values["due"].ToString()));
        Assert.Equal((2026, 6_400L), first.Claims(CaseState.Decided).Select(c => (c.Year!.Value, c.Cents)).Single());
        Assert.Empty(first.Tasks);
        Assert.False(first.Plan().FourEyes);
    }

    [Fact]
    public void The_second_dog_costs_more_and_the_first_one_is_rated_again()
    {
        var second = Evaluate(Dogs, With(("others", "1")));
        Assert.Equal(("120.00", "80.00"), (second.Values["yearly"].ToString(), second.Values["due"].ToString()));
        Assert.Equal(["rerate"], second.Tasks.Select(task => task.Id));
    }

    [Fact]
    public void A_listed_breed_costs_660_euros_and_has_no_relief()
    {
        var listed = Evaluate(Dogs, With(("breed", "pit-bull"), ("chip", "276098102345678"), ("relief", "benefit")));
        Assert.Empty(listed.Faults);
        Assert.Equal(("660.00", "440.00"), (listed.Values["yearly"].ToString(), listed.Values["due"].ToString()));
        Assert.DoesNotContain("relief", listed.Pages.SelectMany(page => page.Fields));
        Assert.Equal(["lhundg"], listed.Tasks.Select(task => task.Id));
        Assert.True(listed.Plan().FourEyes);
    }

    [Fact]
    public void A_dog_since_last_year_gives_one_claim_for_each_calendar_year()
    {
        var earlier = Evaluate(Dogs, With(("whelped", "2025-01-10"), ("since", "2025-09-20")));
        Assert.Equal([(2025, 2_400L), (2026, 9_600L)], earlier.Claims(CaseState.Decided).Select(c => (c.Year!.Value, c.Cents)));
    }

    [Fact]
    public void A_hidden_answer_is_absent_and_comes_back()
    {
        var answers = With(("breed", "pit-bull"), ("chip", "276098102345678"), ("large", "true"));
        Assert.Contains("chip", Evaluate(Dogs, answers).Values.Keys);
        answers["breed"] = "labrador";
        answers["large"] = "false";
        Assert.DoesNotContain("chip", Evaluate(Dogs, answers).Values.Keys);
        Assert.DoesNotContain("chip", Evaluate(Dogs, answers).Pages.SelectMany(page => page.Fields));
        answers["large"] = "true";
        Assert.Contains("chip", Evaluate(Dogs, answers).Values.Keys);
    }

    [Fact]
    public void A_hidden_wrong_answer_holds_nobody_up() =>
        Assert.True(Evaluate(Dogs, With(("iban", "nonsense"))).IsComplete);

    [Fact]
    public void The_end_of_a_line_counts_as_one_sign_as_in_the_browser()
    {
        var lines = string.Concat(Enumerable.Repeat("a\r\n", 14)) + "b"; // 29 of 40 signs; 43 as they are sent.
        Assert.Empty(Evaluate(Dogs, With(("call", lines))).Faults);
    }

    [Theory]
    [InlineData("1.250", null)]
    [InlineData("1250,5", 125_050L)]
    [InlineData("0,125", null)]
    public void An_amount_has_at_most_two_places_so_that_a_thousand_is_never_one(string typed, long? cents) =>
        Assert.Equal(cents, (Reading.Read(new Field("fee", FieldType.Money, []), typed).Value as Value.Money)?.Cents);

    [Theory]
    [InlineData("iban", "DE89370400440532013001", "not-an-iban", "debit", "true")]
    [InlineData("born", "2027-01-01", "too-large")]
    [InlineData("born", "31.2.2000", "not-a-date")]
    [InlineData("whelped", "", "required")]
    [InlineData("since", "2026-01-01", "too-small")]
    [InlineData("others", "21", "too-large")]
    [InlineData("others", "1,5", "not-a-number")]
    [InlineData("others", "1.000", "not-a-number")]
    [InlineData("large", "perhaps", "not-a-choice")]
    [InlineData("breed", "cat", "not-a-choice")]
    [InlineData("chip", "123", "wrong-pattern", "large", "true")]
    [InlineData("call", "A name that is far too long for any dog of the town", "too-long")]
    [InlineData("mail", "anna@", "not-an-email")]
    [InlineData("address.town", "Aachen", "not-our-town")]
    [InlineData("address.postcode", "5247", "not-a-postcode")]
    [InlineData("name.family", "Πέτρου", "not-latin")]
    [InlineData("proof", "x.exe", "not-a-file", "relief", "benefit")]
    [InlineData("proof", "0000000000000000000000000000000000000000000000000000000000000000;10;text/html;a.html", "file-type",
        "relief", "benefit")]
    [InlineData("proof", "0000000000000000000000000000000000000000000000000000000000000000;99999999;image/jpeg;a.jpg", "file-size",
        "relief", "benefit")]
    public void A_wrong_answer_is_named_at_its_field(string field, string answer, string code, string? other = null, string? value = null)
    {
        var answers = With((field, answer));
        if (other is not null)
        {
            answers[other] = value!;
        }

        var found = Evaluate(Dogs, answers);
        Assert.Equal(code, Assert.Single(found.Faults, f => field.StartsWith(f.Field, StringComparison.Ordinal)).Code);
        Assert.False(found.IsComplete);
        Assert.All(found.Faults, fault => Assert.NotEqual(fault.Sentence["de"], fault.Sentence["en"]));
    }

    [Fact]
    public void The_next_page_is_the_first_one_with_an_open_question()
    {
        Assert.Equal("keeper", Evaluate(Dogs, []).NextPage!.Id);
        var answers = DogAnswers;
        answers.Remove("since");
        Assert.Equal("dog", Evaluate(Dogs, answers).NextPage!.Id);
    }

    [Fact]
    public void Nothing_that_is_typed_makes_the_evaluation_fail() => Gen.Select(Gen.Int[0, 30], Gen.String[Gen.Char, 0, 40]).Array[1, 6]
        .Sample(typed =>
        {
            var answers = DogAnswers;
            foreach (var (at, text) in typed)
            {
                answers[answers.Keys.Concat(["iban", "proof", "chip"]).ElementAt(at % (answers.Count + 3))] = text;
            }

            var found = Evaluate(Dogs, answers);
            Assert.Equal(found.IsComplete, found.Faults.All(f => found.Procedure.Values.Any(v => v.Id == f.Field)));
        }, iter: 3_000);

    [Fact]
    public void A_repeated_group_has_its_own_answers_for_each_entry()
    {
        var family = Of(Family);
        var answers = new Dictionary<string, string>
        {
            ["children.1.name"] = "Zoë",
            ["children.1.born"] = "2020-05-01",
            ["children.2.name"] = "Ali",
            ["children.2.born"] = "2023-05-01",
            ["children.2.school"] = "hidden: too young",
        };
        var found = Evaluate(family, answers);
        Assert.Equal(["children.1.name", "children.1.born", "children.1.school", "children.2.name", "children.2.born", "parent.job"],
            found.Pages.Single().Fields);
        Assert.Equal(["children.1.school", "parent.job"], found.Faults.Select(f => f.Field));
        answers["children.1.school"] = "Grundschule";
        answers["parent.job"] = "Weberin";
        found = Evaluate(family, answers);
        Assert.True(found.IsComplete);
        Assert.Equal("2", found.Values["children"].ToString());
        Assert.Equal("20.00", found.Values["fee"].ToString());
        Assert.Equal("Ali", found.Values["children.2.name"].ToString());
        answers["children.4.name"] = "Too many";
        Assert.Contains(Evaluate(family, answers).Faults, f => f is { Field: "children", Code: "too-many" });
    }

    private const string Family = """
        { "procedure": "family", "version": 1, "validFrom": "2026-01-01", "title": { "de": "Kinder", "en": "Children" },
          "unit": "a1", "filePlan": "1", "article": "family",
          "pages": [ { "id": "all", "title": { "de": "Kinder", "en": "Children" }, "fields": [
            { "id": "children", "type": "repeat", "min": "1", "max": "3", "label": { "de": "Kinder", "en": "Children" }, "fields": [
              { "id": "name", "type": "latin", "label": { "de": "Name", "en": "Name" } },
              { "id": "born", "type": "date", "max": "today", "label": { "de": "Geboren", "en": "Born" } },
              { "id": "school", "type": "latin", "if": "age(children.born) >= 6", "label": { "de": "Schule", "en": "School" } } ] },
            { "id": "parent", "type": "group", "label": { "de": "Eltern", "en": "Parents" }, "fields": [
              { "id": "job", "type": "text", "if": "size(children) > 0", "label": { "de": "Beruf", "en": "Job" } } ] } ] } ],
          "values": [ { "id": "fee", "type": "money", "is": "size(children) * euro(10)" } ],
          "flow": { "complete": { "automatic": "true" }, "decide": { "automatic": "true", "decides": false },
            "retain": { "years": 1, "from": "closed", "then": "destroy" } } }
        """;

    [Theory]
    [InlineData("04011000-1234512345-06", true)]
    [InlineData("04011000-1234512345-07", false)]
    [InlineData("992-90009-96", true)]
    [InlineData("992-90009-69", false)]
    [InlineData("", false)]
    public void A_Leitweg_id_has_the_right_check_digits(string id, bool isRight) => Assert.Equal(isRight,
        Aufruf.Domain.Cases.Expressions.Reading.Read(new Field("id", FieldType.LeitwegId, []), id).Fault is null);

    [Fact]
    public void A_character_that_is_not_possible_is_named_at_its_field()
    {
        Assert.Equal("Π", Assert.Single(Evaluate(Dogs, With(("name.family", "Πέτρου"))).Faults).Sign);
        Assert.Equal("😀", Assert.Single(Evaluate(Dogs, With(("address.street", "Weg 😀"))).Faults).Sign);
        Assert.True(Evaluate(Dogs, With(("name.family", "Mu\u0308ller"), ("address.extra", "c/o Ærø [2]"))).IsComplete);
    }

    private static Dictionary<string, string> With(params (string Field, string Answer)[] changes)
    {
        var answers = DogAnswers;
        foreach (var (field, answer) in changes)
        {
            answers[field] = answer;
        }

        return answers;
    }
}
