using System.Text.RegularExpressions;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Domain.Cases.Expressions;
using Aufruf.Tests.House;
using static Aufruf.Tests.Domain.Cases.DeclaredProcedures;

namespace Aufruf.Tests.Domain.Cases;

/// <summary>All procedures of the house run on the one engine, and the engine knows none of them.</summary>
public partial class ProceduresTests
{
    public static TheoryData<string> All => [.. Files.Select(file => Path.GetFileNameWithoutExtension(file))];

    [Theory, MemberData(nameof(All))]
    public void A_procedure_has_no_finding_and_two_hundred_citizens_come_through(string procedure)
    {
        Assert.Empty(Linter.Check(JsonOf(procedure), OfTheHouse, Today, Alsdorf));
        Assert.Equal(procedure, Of(JsonOf(procedure)).Id);
        Assert.Empty(LabelRules.RemarksOn(Of(JsonOf(procedure))));
    }

    [Theory, MemberData(nameof(All))]
    public void Fees_and_days_say_that_they_are_examples(string procedure) =>
        Assert.StartsWith("An example", Of(JsonOf(procedure)).Note, StringComparison.Ordinal);

    [Fact]
    public void The_procedures_of_the_seed_are_there() => Assert.Equal(
        ["birth-certificate", "death-certificate", "dog-deregistration", "dog-registration", "dog-relief-change", "flag-lending",
            "flag-sale", "marriage-certificate", "partnership-certificate", "register-information", "registration-certificate",
            "residence-certificate"],
        Files.Select(file => Path.GetFileNameWithoutExtension(file)));

    [Fact]
    public void A_procedure_that_nobody_planned_is_one_more_file()
    {
        var json = TestFile("resident-parking");
        Assert.Empty(Linter.Check(json, OfTheHouse, Today, Alsdorf));
        var permit = Evaluate(Of(json), ParkingAnswers);
        Assert.Empty(permit.Faults);
        Assert.Equal(("21.00", "2027-05-31"), (permit.Values["fee"].ToString(), permit.Values["until"].ToString()));
        Assert.Equal(2_100, permit.Claims(CaseState.AwaitingPayment).Single().Cents);
        Assert.Equal(["permit"], permit.Documents(CaseState.Decided).Select(d => d.Id));
        // The own car needs nobody: paid, and decided at once.
        var c = CitizenCase.Empty;
        foreach (var command in (CaseCommand[])[new CaseCommand.Submit("1", permit.Plan(), "sealed", CaseActor.Citizen),
            new CaseCommand.Settle()])
        {
            c = c.Decide(command, DateTimeOffset.UnixEpoch).Events.Aggregate(c, (state, happened) => state.Apply(happened));
        }

        Assert.Equal((CaseState.Decided, DecisionOutcome.Granted), (c.State, c.Outcome!.Value));
    }

    [Fact]
    public void Certificates_cost_the_first_copy_in_full_and_half_for_each_further_one()
    {
        var birth = Of(JsonOf("birth-certificate"));
        var values = birth.Values.Single(v => v.Id == "fee");
        Assert.Equal("30.00", values.Is.Evaluate(new(name => name == "copies" ? new Value.Number(3) : null, Today, birth.Tables, Alsdorf))!
            .ToString());
    }

    [Theory]
    [InlineData("electronic", "file", 0)]
    [InlineData("paper", "letter", 900)]
    public void A_residence_certificate_is_free_as_a_file_and_paid_on_paper(string form, string document, long cents)
    {
        var found = Evaluate(Of(JsonOf("residence-certificate")), new(DogAnswers) { ["form"] = form, ["registered"] = "true" });
        Assert.True(found.IsComplete);
        Assert.Equal(cents, found.Claims(CaseState.AwaitingPayment).Sum(claim => claim.Cents));
        Assert.Equal(cents == 0, found.Plan().PaymentDays is null);
        Assert.Equal([document], found.Documents(CaseState.Decided).Select(d => d.Id));
    }

    [Fact]
    public void No_word_of_a_procedure_stands_in_the_engine() => Assert.Empty(
        from file in HouseFiles.All
        where Path.GetExtension(file) is ".cs" or ".cshtml" || file.StartsWith("portal/Texts/", StringComparison.Ordinal)
        where ((string[])["grains/", "hub/", "portal/"]).Any(room => file.StartsWith(room, StringComparison.Ordinal))
        from line in HouseFiles.Lines(file)
        where ProcedureWord().IsMatch(line) || Ids.Any(id => line.Contains(id, StringComparison.OrdinalIgnoreCase))
        select $"{file}: {line.Trim()}");

    /// <summary>Of procedures, their stock and their claims' templates, as the declarations have them. A single common word is none.
    /// </summary>
    private static IReadOnlyList<string> Ids { get; } = [.. Files.Select(file => Of(JsonOf(Path.GetFileNameWithoutExtension(file))))
        .SelectMany(known => (string[])[known.Id, .. known.Stock.Select(stock => stock.Item),
            .. known.Documents.Select(document => document.Template)])
        .Where(id => id.Contains('-', StringComparison.Ordinal)).Distinct()];

    private static Dictionary<string, string> ParkingAnswers => new(DogAnswers)
    {
        ["zone"] = "a",
        ["plate"] = "AC-AB 123",
        ["ownCar"] = "true",
        ["from"] = "2026-12-01",
        ["months"] = "6",
    };

    [GeneratedRegex(@"\b(dogs?|hunde?|hundesteuer|flagge\w*|flag-\w+|breeds?|resident-?parking|anwohner\w*"
        + @"|birth-?certificate|geburtsurkunde|invoice)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex ProcedureWord();
}
