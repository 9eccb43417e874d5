using Aufruf.Domain;
using Aufruf.Domain.Cases;
using static Aufruf.Domain.Cases.CaseCommand;

namespace Aufruf.Tests.Domain.Cases;

/// <summary>One case, from the application to its destruction.</summary>
public class CitizenCaseTests
{
    internal static readonly DateTimeOffset Nine = new(2026, 11, 27, 8, 0, 0, TimeSpan.Zero);

    internal static readonly CasePlan Plan = new("test", 1, new(2026, 11, 27), ["rates@2026-01-01"], null, false, "checks", 14,
        21, WhenMissing.DeemWithdrawn, false, "decides", 60, true, true, 28, 1, "ao-122", 10, false, false,
        [new("look", CaseState.Received, "inspects", 5), new("after", CaseState.Decided, "checks", 10)]);

    private static readonly CaseActor Anna = Clerk("anna"), Bert = Clerk("bert");

    private CitizenCase _case = CitizenCase.Empty;
    private DateTimeOffset _now = Nine;

    [Fact]
    public void A_case_runs_from_the_application_to_its_destruction()
    {
        Do(new Submit("1-2026-000001", Plan, "sealed", CaseActor.Citizen));
        Assert.Equal((CaseState.Received, Nine.AddDays(14)), (_case.State, _case.Until));
        Assert.Equal([CaseTask.Complete, "look"], _case.Tasks.Keys.Order());
        Do(new TakeStep(CaseStep.Begin, Anna, null));
        Assert.Equal((CaseState.InProgress, Nine.AddDays(60)), (_case.State, _case.Until));
        Refused(new Decide(DecisionOutcome.Granted, Anna, null), Refusal.TasksOpen);
        Do(new FinishTask("look", Bert, null));
        Do(new Decide(DecisionOutcome.Granted, Anna, null));
        Assert.Equal(CaseState.InProgress, _case.SeenState); // A decision that may be taken back is not said to the citizen.
        Refused(new Post(new(2026, 11, 27), Nine, null, CaseActor.Engine), Refusal.ApprovalMissing);
        Do(new Approve(Second("bert")));
        Assert.Equal(CaseState.Decided, _case.SeenState);
        Do(new Post(new(2026, 11, 27), Nine.AddDays(4), Nine.AddDays(35), CaseActor.Engine));
        Clock(CaseClock.Announcement, CaseState.Announced);
        Clock(CaseClock.Remedy, CaseState.Closed);
        Clock(CaseClock.Keeping, CaseState.Retained);
        Assert.Equal(2037, _now.Year);
        Refused(new TakeStep(CaseStep.Destroy, Second("bert"), null), Refusal.ApprovalMissing);
        Do(new ProposeDestruction(Bert));
        Refused(new TakeStep(CaseStep.Destroy, Second("bert"), null), Refusal.SamePerson);
        Do(new TakeStep(CaseStep.Destroy, Second("anna"), null));
        Assert.Equal((CaseState.Destroyed, ""), (_case.State, _case.Answers));
        Assert.Empty(_case.Documents);
        Assert.True(_case.GoesOn);
    }

    [Fact]
    public void The_end_of_a_visit_stands_in_the_case_once_and_an_end_that_was_taken_back_too()
    {
        var visit = CaseVisit.Parse($"town.rathaus.hall.2026-11-27/{Guid.CreateVersion7()}")!;
        Assert.Equal(visit, CaseVisit.Parse($"{visit}"));
        Assert.Null(CaseVisit.Parse("town.hall/7"));
        Refused(new NoteVisit(visit, "A042", VisitEnd.Served, new("anna")), Refusal.CaseNotSent);
        Received();
        Assert.Empty(_case.Decide(new NoteVisit(visit, "A042", VisitEnd.GoesOn, null), _now).Events); // It has not ended yet.
        Do(new NoteVisit(visit, "A042", VisitEnd.Served, new("anna")));
        Assert.Empty(_case.Decide(new NoteVisit(visit, "A042", VisitEnd.Served, new("anna")), _now).Events);
        Do(new NoteVisit(visit, "A042", VisitEnd.GoesOn, null));
        Do(new NoteVisit(visit, "A042", VisitEnd.PapersMissing, new("anna")));
        Assert.Equal(VisitEnd.PapersMissing, _case.Visits[visit.Ticket]);
    }

    [Fact]
    public void A_paid_service_that_needs_nobody_is_decided_at_once()
    {
        Do(new Submit("1", Plan with { PaymentDays = 14, BeginsAlone = true, DecidesAlone = true, FourEyes = false, Tasks = [] }, "s",
            CaseActor.Citizen));
        Assert.Equal((CaseState.AwaitingPayment, Nine.AddDays(15)), (_case.State, _case.Until));
        Do(new Settle());
        Assert.Equal((CaseState.Decided, DecisionOutcome.Granted), (_case.State, _case.Outcome));
        Assert.Null(_case.DecidedBy);
    }

    [Fact]
    public void That_which_is_not_paid_in_time_lapses()
    {
        Do(new Submit("1", Plan with { PaymentDays = 14 }, "s", CaseActor.Citizen));
        Refused(new EndClock(CaseClock.Payment), Refusal.ClockMoved);
        Clock(CaseClock.Payment, CaseState.Lapsed);
        Refused(new Settle(), Refusal.CaseEnded);
    }

    [Fact]
    public void The_time_for_the_decision_stands_still_while_the_citizen_has_to_add_something()
    {
        Received();
        Refused(new TakeStep(CaseStep.AskForMore, Anna, null), Refusal.ReasonMissing);
        Do(new TakeStep(CaseStep.AskForMore, Anna, "sealed"));
        Assert.Equal(Nine.AddDays(22), _case.Until); // The whole 21st day counts.
        _now = Nine.AddDays(10);
        Refused(new AddMissing(Plan with { Version = 2 }, "s", CaseActor.Citizen), Refusal.LawPinned);
        Do(new AddMissing(Plan with { FourEyes = false }, "more", CaseActor.Citizen));
        Assert.Equal(("more", Nine.AddDays(70)), (_case.Answers, _case.DecideUntil));
        Do(new TakeStep(CaseStep.Begin, Anna, null));
        Assert.Equal(Nine.AddDays(70), _case.Until);
    }

    [Theory]
    [InlineData(WhenMissing.DeemWithdrawn, CaseState.DeemedWithdrawn)]
    [InlineData(WhenMissing.DecideOnFile, CaseState.InProgress)]
    public void A_citizen_who_adds_nothing_loses_the_application_or_is_decided_on_file(WhenMissing missing, CaseState state)
    {
        Do(new Submit("1", Plan with { WhenMissing = missing }, "s", CaseActor.Citizen));
        Do(new TakeStep(CaseStep.AskForMore, Anna, "sealed"));
        Clock(CaseClock.Missing, state);
        Assert.True(state is not CaseState.InProgress || _case.Until == Nine.AddDays(82));
    }

    [Fact]
    public void Of_two_clerks_one_gets_the_task()
    {
        Received();
        Do(new ClaimTask("look", Anna));
        Refused(new ClaimTask("look", Bert), Refusal.TaskHeld);
        Refused(new FinishTask("look", Bert, null), Refusal.TaskHeld);
        Refused(new ReleaseTask("look", Bert), Refusal.TaskHeld);
        Refused(new TakeOverTask("look", Bert), Refusal.TaskHeld);
        Do(new TakeOverTask("look", Bert with { For = new("anna") }));
        Refused(new FinishTask("look", Anna, null), Refusal.TaskHeld);
        Do(new ReleaseTask("look", Bert));
        Do(new ClaimTask("look", Anna));
        Do(new FinishTask("look", Anna, "sealed"));
        Refused(new ClaimTask("look", Bert), Refusal.TaskGone);
        Do(new ClaimTask(CaseTask.Complete, Bert));
        Refused(new TakeStep(CaseStep.Begin, Anna, null), Refusal.TaskHeld);
        Do(new TakeStep(CaseStep.Begin, Bert, null));
    }

    [Fact]
    public void Four_eyes_are_never_of_one_person()
    {
        Decided(Anna);
        Refused(new ClaimTask(CaseTask.Second, Second("anna")), Refusal.SamePerson);
        Refused(new TakeOverTask(CaseTask.Second, Second("anna") with { For = new("bert") }), Refusal.SamePerson);
        Refused(new Approve(Second("anna")), Refusal.SamePerson);
        Refused(new Approve(Second("anna") with { For = new("bert") }), Refusal.SamePerson);
        Refused(new Approve(Bert), Refusal.StepOfAnother);
        Refused(new TakeStep(CaseStep.Return, Second("anna"), "sealed"), Refusal.SamePerson);
        Do(new TakeStep(CaseStep.Return, Second("bert"), "sealed"));
        Assert.Null(_case.DecidedBy);
        Do(new Decide(DecisionOutcome.Granted, Bert with { For = new("anna") }, null));
        Refused(new Approve(Second("bert")), Refusal.SamePerson);
        Do(new Approve(Second("anna")));
        Assert.Equal(new("anna"), _case.ApprovedBy);
        Assert.Equal(["after", CaseTask.Leave], _case.Tasks.Values.Where(task => task.IsOpen).Select(task => task.Id).Order());
    }

    [Fact]
    public void A_decision_against_the_application_comes_after_a_hearing()
    {
        Received();
        Do(new FinishTask("look", Bert, null));
        Do(new TakeStep(CaseStep.Begin, Anna, null));
        Refused(new Decide(DecisionOutcome.Refused, Anna, null), Refusal.ReasonMissing);
        Refused(new Decide(DecisionOutcome.Refused, Anna, "sealed"), Refusal.HearingMissing);
        Do(new TakeStep(CaseStep.Hear, Anna, "sealed"));
        Clock(CaseClock.Comment, CaseState.InProgress);
        Do(new Decide(DecisionOutcome.Refused, Anna, "sealed"));
        Assert.Equal(DecisionOutcome.Refused, _case.Outcome);
    }

    [Fact]
    public void Post_that_came_back_is_sent_again_and_an_objection_opens_the_case()
    {
        Decided(Anna);
        Do(new Approve(Second("bert")));
        Do(new Post(new(2026, 11, 27), Nine.AddDays(4), Nine.AddDays(35), CaseActor.Engine));
        Do(new TakeStep(CaseStep.ReturnPost, Anna, null));
        Assert.Equal((CaseState.Decided, new("bert")), (_case.State, _case.ApprovedBy));
        Do(new Post(new(2026, 12, 4), Nine.AddDays(11), Nine.AddDays(45), CaseActor.Engine));
        Clock(CaseClock.Announcement, CaseState.Announced);
        Do(new TakeStep(CaseStep.Object, CaseActor.Citizen, "sealed"));
        Assert.Equal((CaseState.InProgress, true, _now.AddDays(60)), (_case.State, _case.CameBack, _case.Until));
        Assert.Null(_case.Outcome);
    }

    [Fact]
    public void A_late_case_stands_on_the_list_and_people_go_on()
    {
        Received();
        _now = Nine.AddDays(14);
        Do(new EndClock(CaseClock.Completeness));
        Assert.True(_case.IsLate && _case.GoesOn);
        Do(new TakeStep(CaseStep.Begin, Anna, null));
        Assert.False(_case.IsLate);
    }

    [Fact]
    public void The_archive_is_asked_first()
    {
        Do(new Submit("1", Plan with { ToArchive = true, RetainYears = 1 }, "s", CaseActor.Citizen));
        Do(new TakeStep(CaseStep.Withdraw, CaseActor.Citizen, null));
        Clock(CaseClock.Keeping, CaseState.Offered);
        Do(new TakeStep(CaseStep.HandOver, Clerk("anna") with { Role = CaseRole.Archive }, null));
        Assert.Equal(CaseState.HandedOver, _case.State);
    }

    [Fact]
    public void A_document_is_never_changed_and_a_repeat_changes_nothing()
    {
        Received();
        Do(new AddDocument("notice", "hash", Anna));
        Assert.Empty(_case.Decide(new AddDocument("notice", "hash", Anna), _now).Events);
        Refused(new AddDocument("notice", "other", Anna), Refusal.DocumentFixed);
        Do(new NoteMessage("m1", true));
        Assert.Empty(_case.Decide(new NoteMessage("m1", true), _now).Events);
        Do(new AddParticipant("key", "applicant"));
        Refused(new NoteMessage(new('m', 300), true), Refusal.CaseFull);
    }

    [Fact]
    public void Before_it_is_sent_there_is_no_case() => Refused(new Settle(), Refusal.CaseNotSent);

    private static CaseActor Clerk(string name) => new(CaseRole.Clerk, new(name), null);

    private static CaseActor Second(string name) => new(CaseRole.Second, new(name), null);

    private void Received() => Do(new Submit("1", Plan, "s", CaseActor.Citizen));

    private void Decided(CaseActor by)
    {
        Received();
        Do(new FinishTask("look", Bert, null));
        Do(new TakeStep(CaseStep.Begin, by, null));
        Do(new Decide(DecisionOutcome.Granted, by, null));
    }

    private void Clock(CaseClock clock, CaseState next)
    {
        Assert.Equal(clock, _case.Clock);
        _now = _case.Until!.Value;
        Do(new EndClock(clock));
        Assert.Equal(next, _case.State);
    }

    private void Do(CaseCommand command)
    {
        var decision = _case.Decide(command, _now);
        Assert.True(decision.Refusal is null && decision.Events.Count > 0, $"{command}: {decision.Refusal}");
        _case = decision.Events.Aggregate(_case, (state, happened) => state.Apply(happened));
    }

    private void Refused(CaseCommand command, Refusal refusal)
    {
        var decision = _case.Decide(command, _now);
        Assert.Equal(refusal, decision.Refusal);
        Assert.Empty(decision.Events);
    }
}
