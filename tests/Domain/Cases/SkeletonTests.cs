using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Portal.Texts;
using static Aufruf.Domain.Cases.CaseState;

namespace Aufruf.Tests.Domain.Cases;

/// <summary>The table of states that all procedures share.</summary>
public class SkeletonTests
{
    /// <summary>Every step that is allowed. All others are refused.</summary>
    private const string Allowed = """
        Draft: Submit Citizen|Clerk > Submitted; Erase Citizen|Engine > Erased
        Submitted: AskForPayment Engine > AwaitingPayment; Receive Engine > Received
        Submitted: Withdraw Citizen|Clerk > Withdrawn
        AwaitingPayment: Receive Engine > Received; Lapse Engine > Lapsed; Withdraw Citizen|Clerk > Withdrawn
        Received: Reject Clerk > Rejected; AskForMore Clerk|Engine > Supplement; Begin Clerk|Engine > InProgress
        Received: Withdraw Citizen|Clerk > Withdrawn
        Supplement: AddMissing Citizen|Clerk > Received; DecideOnFile Engine > InProgress
        Supplement: DeemWithdrawn Engine > DeemedWithdrawn; Withdraw Citizen|Clerk > Withdrawn
        InProgress: Reject Clerk > Rejected; AskForMore Clerk|Engine > Supplement; Hear Clerk > Hearing
        InProgress: Decide Clerk|Engine > Decided; Withdraw Citizen|Clerk > Withdrawn
        Hearing: EndHearing Citizen|Clerk|Engine > InProgress; Withdraw Citizen|Clerk > Withdrawn
        Decided: Return Second > InProgress; Dispatch Clerk|Engine > Dispatched
        Dispatched: Announce Engine > Announced; ReturnPost Clerk > Decided
        Announced: ReturnPost Clerk > Decided; Close Engine > Closed; Object Citizen|Clerk > InProgress
        Closed: Object Citizen|Clerk > InProgress; Reopen Clerk > InProgress; Retain Engine > Retained
        Retained: Offer Second|Engine > Offered; Destroy Second|Engine > Destroyed
        Offered: HandOver Archive|Clerk > HandedOver; Destroy Second|Engine > Destroyed
        Withdrawn: Retain Engine > Retained
        Lapsed: Retain Engine > Retained
        DeemedWithdrawn: Retain Engine > Retained
        Rejected: Retain Engine > Retained
        """;

    private static readonly Dictionary<(CaseState, CaseStep, CaseRole), CaseState> Table = (
        from line in Allowed.Split('\n')
        let parts = line.Split(": ")
        from row in parts[1].Split("; ")
        let words = row.Split(' ')
        from role in words[1].Split('|')
        select ((Enum.Parse<CaseState>(parts[0]), Enum.Parse<CaseStep>(words[0]), Enum.Parse<CaseRole>(role)),
            Enum.Parse<CaseState>(words[3])))
        .ToDictionary(row => row.Item1, row => row.Item2);

    [Fact]
    public void Every_step_of_everybody_in_every_state_is_allowed_or_refused_with_a_sentence()
    {
        foreach (var (state, step, role) in from s in Enum.GetValues<CaseState>()
                                            from t in Enum.GetValues<CaseStep>()
                                            from r in Enum.GetValues<CaseRole>()
                                            select (s, t, r))
        {
            var next = state.After(step, role, out var refusal);
            Assert.True(next == (Table.TryGetValue((state, step, role), out var expected) ? expected : null),
                $"{state} {step} {role}: {next}");
            Assert.Equal(next is null, refusal is not null);
            Assert.Equal(next is not null, state.Allows(step, role));
            Assert.True(refusal is null || Refusal.Known.ContainsKey(refusal.Code));
        }
    }

    [Fact]
    public void A_step_that_only_another_person_may_take_says_so()
    {
        Assert.Null(Received.After(CaseStep.Begin, CaseRole.Citizen, out var refusal));
        Assert.Equal(Refusal.StepOfAnother, refusal);
        Assert.Null(Received.After(CaseStep.Close, CaseRole.Engine, out refusal));
        Assert.Equal(Refusal.CaseNotBegun, refusal);
    }

    [Fact]
    public void Every_state_leads_to_an_end()
    {
        foreach (var state in Enum.GetValues<CaseState>())
        {
            HashSet<CaseState> reached = [state];
            while (Table.Where(row => reached.Contains(row.Key.Item1)).Select(row =>
                row.Value).Except(reached).ToList() is { Count: > 0 } more)
            {
                reached.UnionWith(more);
            }

            Assert.Contains(reached, s => s.IsEnd());
        }
    }

    [Fact]
    public void No_state_waits_without_a_clock_or_people()
    {
        Assert.All(Enum.GetValues<CaseState>(), state =>
            Assert.True(state.IsEnd() || state.Clock() is not CaseClock.None || state is Submitted or Retained, state.ToString()));
        // The step at the end of each clock is one that the engine may take.
        Assert.All(Enum.GetValues<CaseState>().Where(state => state.Clock() is not CaseClock.None), state =>
            Assert.All(Enum.GetValues<WhenMissing>(), missing => Assert.True(state.Clock().AtEnd(missing) is not { } step
                || state.Allows(step, CaseRole.Engine), state.ToString())));
    }

    [Fact]
    public void Every_state_of_a_case_has_a_sentence_for_the_citizen_in_every_language() => Assert.All(
        Enum.GetValues<CaseState>().Except([Draft, Erased]), state => Assert.All(PortalTexts.OfCitizens, texts =>
            Assert.EndsWith(".", texts[$"case.state.{state.ToString().ToLowerInvariant()}"], StringComparison.Ordinal)));
}
