using System.Text.Json;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using CsCheck;
using static Aufruf.Domain.Cases.CaseCommand;
using static Aufruf.Tests.Domain.Cases.CitizenCaseTests;

namespace Aufruf.Tests.Domain.Cases;

/// <summary>Properties of every course of every case.</summary>
public class CitizenCaseProperties
{
    /// <summary>Random courses: every answer is an event or a refusal, replay gives the same state, and no case gets stuck.</summary>
    [Fact]
    public void Any_course_of_a_case_can_be_replayed_and_goes_on() => Gen.Select(Gen.Int[1, 1_000_000], Gen.Int[0, 255])
        .Sample((seed, bits) =>
    {
        bool Bit(int n) => (bits >> n & 1) == 1;
        var plan = Plan with
        {
            PaymentDays = Bit(0) ? 14 : null,
            BeginsAlone = Bit(1),
            DecidesAlone = Bit(2),
            FourEyes = Bit(3),
            MayHear = Bit(4),
            RemedyMonths = Bit(5) ? 1 : null,
            ToArchive = Bit(6),
            DestroysAlone = Bit(7),
        };
        RandomCitizen random = new(seed, new(2026, 1, 1), DeclaredProcedures.Alsdorf);
        var (c, replayed, now) = (CitizenCase.Empty, CitizenCase.Empty, Nine);
        ClerkId? decidedBy = null;
        for (var step = 0; step < 120; step++)
        {
            var command = step == 0 ? new Submit("1", plan, "s", CaseActor.Citizen)
                : random.Below(6) == 0 && c.Until is { } until ? At(until, new EndClock(c.Clock)) : random.Command(c, plan, now);
            var decision = c.Decide(command, now);
            Assert.True(decision.Refusal is null || decision.Events.Count == 0);
            c = decision.Events.Aggregate(c, (state, happened) => state.Apply(happened));
            replayed = decision.Events.Select(Read).Aggregate(replayed, (state, happened) => state.Apply(happened));
            Assert.True(c.GoesOn, $"{c.State} after {command}");
            decidedBy = decision.Events.OfType<CaseEvent.DecisionTaken>().LastOrDefault()?.By.Clerk ?? decidedBy;
            Assert.DoesNotContain(decision.Events.OfType<CaseEvent.DecisionApproved>(), e => e.By.Clerk == decidedBy);
        }

        Assert.Equal(Written(c), Written(replayed));

        EndClock At(DateTimeOffset until, EndClock end)
        {
            now = until > now ? until : now;
            return end;
        }
    }, iter: 400);

    /// <summary>Every command in every state: an answer, and never a failure.</summary>
    [Fact]
    public void Every_command_in_every_state_is_carried_out_or_refused_with_a_sentence()
    {
        var received = CitizenCase.Empty.Decide(new Submit("1", Plan, "s", CaseActor.Citizen), Nine).Events
            .Aggregate(CitizenCase.Empty, (state, happened) => state.Apply(happened));
        foreach (var state in Enum.GetValues<CaseState>())
        {
            foreach (var role in Enum.GetValues<CaseRole>())
            {
                CaseActor by = new(role, new("anna"), null);
                var c = received with { State = state, PostedOn = new(2026, 1, 1) };
                foreach (var command in Enum.GetValues<CaseStep>().Select(CaseCommand (step) => new TakeStep(step, by, "sealed")).Concat(
                [
                    new Submit("2", Plan, "s", by), new AddMissing(Plan, "s", by), new Settle(),
                    new Decide(DecisionOutcome.Granted, by, null),
                    new Approve(by), new Post(new(2026, 1, 1), Nine, null, by), new EndClock(state.Clock()), new ClaimTask("look", by),
                    new ReleaseTask("look", by), new TakeOverTask("look", by), new FinishTask("look", by, null),
                    new NoteMessage("m", false),
                    new AddDocument("d", "h", by), new AddParticipant("p", "q"), new ProposeDestruction(by),
                ]))
                {
                    var decision = c.Decide(command, Nine.AddYears(20));
                    Assert.True(decision.Refusal is null || Refusal.Known.ContainsKey(decision.Refusal.Code));
                    var moved = decision.Events.Aggregate(c, (s, happened) => s.Apply(happened));
                    Assert.True(command is not TakeStep step || decision.Events.Count == 0 || state.Allows(step.Step, role));
                    Assert.True(decision.Events.Count > 0 || moved == c);
                }
            }
        }
    }

    private static CaseEvent Read(CaseEvent happened) => JsonSerializer.Deserialize<CaseEvent>(
        JsonSerializer.Serialize(happened, DomainJson.Options), DomainJson.Options)!;

    private static string Written(CitizenCase c) => JsonSerializer.Serialize(c, DomainJson.Options);
}
