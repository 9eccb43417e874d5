using Aufruf.Simulation;
using Aufruf.Simulation.Cases;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Simulated;

/// <summary>Months of cases with crashes, two hubs, sleeping machines and a provider that cheats, each from a seed.</summary>
public sealed class SimulatedCasesTests
{
    [Fact]
    public void Cases_keep_their_promises_through_crashes_two_hubs_clock_jumps_and_a_provider_that_cheats()
    {
        var cases = 0;
        for (var seed = 1UL; cases < Proof.Times(check: 50, full: 10_000); seed++)
        {
            var months = CaseMonths.Run(seed, CaseSimulator.Citizens);
            Assert.True(months.Broken is null, $"./run simulate --cases 1 --seed {seed}: {months.Broken}");
            cases += months.Cases;
        }
    }

    /// <summary>A second press finds that the first one has just ended the key of the draft.</summary>
    [Fact]
    public void A_town_that_once_broke_a_promise_keeps_it() => Assert.Null(CaseMonths.Run(4714, CaseSimulator.Citizens).Broken);

    // A simulator that has never failed has proved nothing: each of these towns is broken on purpose.

    [Fact]
    [Trait("Length", "long")]
    public void A_hub_that_forgets_request_ids_is_noticed() =>
        Notices(Sabotage.HubForgetsRequestIds, "twice", "is not in", "is being received"); // A second sending of one draft.

    [Fact]
    [Trait("Length", "long")]
    public void A_journal_that_acknowledges_before_it_is_durable_is_noticed() =>
        Notices(Sabotage.JournalAnswersEarly, "is not in", "is no case", "not that of the replay", "still open", "ends the clock",
            "was not present", "is gone", "cannot be read"); // The key of a draft ended, and the entry of its number is lost.

    private static void Notices(Sabotage sabotage, params string[] oneOf)
    {
        for (var seed = 1UL; seed <= 20; seed++)
        {
            if (CaseMonths.Run(seed, CaseSimulator.Citizens, sabotage).Broken is { } broken)
            {
                Assert.True(oneOf.Any(part => broken.Contains(part, StringComparison.Ordinal)), $"Noticed, but something else: {broken}");
                return;
            }
        }

        Assert.Fail($"Twenty towns with {sabotage} were called good.");
    }
}
