using Aufruf.Domain;
using Aufruf.Domain.Cases;
using static Aufruf.Domain.Cases.ProcedureCommand;
using static Aufruf.Tests.Domain.Cases.DeclaredProcedures;

namespace Aufruf.Tests.Domain.Cases;

/// <summary>A procedure keeps each of its versions, and takes none with a fault.</summary>
public class PublishedProcedureTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 9, 0, 0, TimeSpan.Zero);

    private static readonly ProcedureVersion First = new(1, JsonOf("dog-deregistration"),
        [.. Directory.GetFiles(Path.Combine(Folder, "library")).Select(File.ReadAllText)], "Alsdorf", ["52477"], "Europe/Berlin");

    private static readonly ProcedureVersion Second = First with
    {
        Number = 2,
        Json = First.Json.Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal),
    };

    private static PublishedProcedure After(PublishedProcedure procedure, ProcedureCommand command)
    {
        var decision = procedure.Decide(command, Now);
        Assert.Null(decision.Refusal);
        return decision.Events.Aggregate(procedure, (state, happened) => state.Apply(happened));
    }

    [Fact]
    public void A_new_version_is_offered_and_open_cases_find_theirs()
    {
        var both = After(After(PublishedProcedure.Empty, new Publish(First, "file:a.json")), new Publish(Second, "file:a.json"));
        Assert.Equal(2, both.Newest!.Number);
        Assert.Equal(1, both.Find(1)!.Read()!.Version);
        Assert.Empty(both.Decide(new Publish(Second, "file:b.json"), Now).Events);
        Assert.Equal(Refusal.ProcedureVersionUsed, both.Decide(new Publish(First, "file:a.json"), Now).Refusal);
        Assert.Equal(Refusal.ProcedureVersionUsed, both.Decide(new Publish(Second with { Town = "Aachen", Postcodes = ["52062"] },
            "file:a.json"), Now).Refusal);
        Assert.Null(After(both, new Withdraw("command:anna")).Newest);
        Assert.Equal(2, After(After(both, new Withdraw("command:anna")), new Publish(Second, "file:a.json")).Newest!.Number);
    }

    [Fact]
    public void A_version_with_a_fault_another_number_or_too_much_is_refused()
    {
        Assert.Equal(Refusal.ProcedureFaulty, PublishedProcedure.Empty.Decide(new Publish(First with { Library = [] }, "x"), Now).Refusal);
        Assert.Equal(Refusal.ProcedureFaulty, PublishedProcedure.Empty.Decide(new Publish(First with { Number = 7 }, "x"), Now).Refusal);
        Assert.Equal(Refusal.ProcedureTooLarge, PublishedProcedure.Empty.Decide(new Publish(First with
        {
            Library = [new(' ', PublishedProcedure.LongestLibrary + 1)],
        }, "x"), Now).Refusal);
    }
}
