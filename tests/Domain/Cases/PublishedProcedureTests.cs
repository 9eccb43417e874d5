using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Offices;
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
        Assert.Equal(2, After(After(both, new Withdraw("command:anna")), new Publish(Second, "command:anna")).Newest!.Number);
    }

    [Fact]
    public void A_draft_is_saved_by_one_after_the_other_and_its_version_comes_into_force()
    {
        var saved = After(PublishedProcedure.Empty, new SaveDraft("{", [], 0, "staff:anna"));
        Assert.Equal(("{", "staff:anna", 1), (saved.Draft!.Json, saved.Draft.By, saved.Revision));
        Assert.Equal(Refusal.DraftChanged, saved.Decide(new SaveDraft("{}", [], 0, "staff:bert"), Now).Refusal);
        Assert.Equal(Refusal.DraftChanged, saved.Decide(new DiscardDraft(0, "staff:bert"), Now).Refusal);
        Assert.Equal(Refusal.DraftChanged, saved.Decide(new Publish(First, "staff:bert", 0), Now).Refusal);
        Assert.Empty(saved.Decide(new SaveDraft("{", [], 1, "staff:bert"), Now).Events);
        var inForce = After(saved, new Publish(First, "staff:anna", 1));
        Assert.Equal((1, null), (inForce.Newest!.Number, inForce.Draft));
        Assert.Equal(Refusal.NoDraft, inForce.Decide(new Publish(First, "staff:anna", 1), Now).Refusal);
        // An old form does not meet the next draft by chance.
        var next = After(After(inForce, new SaveDraft("a", [], 1, "staff:anna")), new DiscardDraft(2, "staff:anna"));
        Assert.Equal(Refusal.DraftChanged, next.Decide(new SaveDraft("b", [], 1, "staff:bert"), Now).Refusal);
        Assert.Equal(Refusal.ProcedureTooLarge, next.Decide(new SaveDraft(new(' ', 200_001), [], 2, "staff:bert"), Now).Refusal);
    }

    [Fact]
    public void A_file_neither_replaces_nor_brings_back_that_which_an_administrator_decided()
    {
        var withdrawn = After(After(PublishedProcedure.Empty, new Publish(First, PublishedProcedure.ByFile("a.json"))),
            new Withdraw("staff:anna"));
        Assert.Null(After(withdrawn, new Publish(First, PublishedProcedure.ByFile("a.json"))).Newest);
        Assert.Equal(2, After(withdrawn, new Publish(Second, PublishedProcedure.ByFile("a.json"))).Newest!.Number);
        var ours = After(After(withdrawn, new Publish(Second, "staff:anna")), new Publish(First, PublishedProcedure.ByFile("a.json")));
        Assert.Equal(2, ours.Newest!.Number);
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
