using Aufruf.Domain;
using Aufruf.Domain.Cases;
using static Aufruf.Domain.Cases.CaseCommand;
using static Aufruf.Tests.Domain.Cases.CitizenCaseTests;

namespace Aufruf.Tests.Domain.Cases;

/// <summary>Messages, notes, forwarded tasks, and the time of an objection.</summary>
public sealed class CaseWritingTests
{
    private static readonly CaseActor Anna = new(CaseRole.Clerk, new("anna"), null), Bert = new(CaseRole.Clerk, new("bert"), null);

    private CitizenCase _case = CitizenCase.Empty;
    private DateTimeOffset _now = Nine;

    [Fact]
    public void A_message_of_the_citizen_is_a_task_until_it_is_read_or_answered()
    {
        Do(new Submit("1-2026-000001", Plan, "sealed", CaseActor.Citizen));
        Do(new NoteMessage("m1", true) { Text = "sealed" });
        Do(new NoteMessage("m2", true) { Text = "sealed" });
        Assert.Equal(("checks", Nine.AddDays(5)), (_case.Tasks[CaseTask.Message].Role, _case.Tasks[CaseTask.Message].DueAt));
        Do(new TakeStep(CaseStep.Begin, Anna, null));
        Do(new FinishTask("look", Anna, null));
        Refused(new Decide(DecisionOutcome.Granted, Anna, null), Refusal.TasksOpen); // Nothing is decided past an unread letter.
        Do(new NoteMessage("m3", false) { Text = "sealed", By = Anna });
        Assert.False(_case.Tasks[CaseTask.Message].IsOpen);
        Do(new NoteMessage("m4", true) { Text = "sealed" });
        Do(new ClaimTask(CaseTask.Message, Bert));
        Do(new NoteMessage("m5", false) { Text = "sealed", By = Anna });
        Assert.True(_case.Tasks[CaseTask.Message].IsOpen); // Bert has it.
        Do(new FinishTask(CaseTask.Message, Bert, null));
        Do(new Decide(DecisionOutcome.Granted, Anna, null));
        Do(new TakeStep(CaseStep.Return, new(CaseRole.Second, new("bert"), null), "sealed"));
        Do(new TakeStep(CaseStep.Withdraw, CaseActor.Citizen, null));
        Refused(new NoteMessage("m6", true) { Text = "sealed" }, Refusal.CaseEnded);
        Do(new NoteMessage("m7", false)); // A mail about the end is noted all the same.
        Do(new AddNote("n1", "sealed", Anna));
        Assert.Empty(_case.Decide(new AddNote("n1", "other", Anna), _now).Events);
    }

    [Fact]
    public void A_task_goes_to_another_role_or_person_and_not_to_the_one_who_decided()
    {
        Do(new Submit("1-2026-000001", Plan, "sealed", CaseActor.Citizen));
        Do(new ClaimTask("look", Anna));
        Refused(new ForwardTask("look", "other", null, Bert), Refusal.TaskHeld);
        Do(new ForwardTask("look", "other", new("carla"), Anna));
        Assert.Equal(("other", new ClerkId("carla")), (_case.Tasks["look"].Role, _case.Tasks["look"].HeldBy));
        Refused(new FinishTask("look", Anna, null), Refusal.TaskHeld);
        Do(new FinishTask("look", new(CaseRole.Clerk, new("carla"), null), null));
        Refused(new ForwardTask("look", "other", null, Anna), Refusal.TaskGone);
        Do(new TakeStep(CaseStep.Begin, Anna, null));
        Do(new Decide(DecisionOutcome.Granted, Anna, null));
        Refused(new ForwardTask(CaseTask.Second, null, new("anna"), Bert), Refusal.SamePerson);
        Do(new ForwardTask(CaseTask.Second, null, new("carla"), Bert));
        Refused(new Approve(new(CaseRole.Second, new("bert"), null)), Refusal.TaskHeld);
    }

    [Fact]
    public void An_objection_has_its_time_and_a_letter_that_came_late_is_entered_by_the_office()
    {
        Do(new Submit("1-2026-000001", Plan with { FourEyes = false, Tasks = [] }, "sealed", CaseActor.Citizen));
        Do(new TakeStep(CaseStep.Begin, Anna, null));
        Refused(new TakeStep(CaseStep.Hear, Anna, null), Refusal.ReasonMissing);
        Do(new Decide(DecisionOutcome.Granted, Anna, null));
        Do(new Post(new(2026, 11, 27), Nine.AddDays(4), Nine.AddDays(35), Anna));
        _now = Nine.AddDays(4);
        Do(new EndClock(CaseClock.Announcement));
        _now = Nine.AddDays(35);
        Refused(new TakeStep(CaseStep.Object, CaseActor.Citizen, "sealed"), Refusal.RemedyOver);
        Do(new EndClock(CaseClock.Remedy));
        Refused(new TakeStep(CaseStep.Object, CaseActor.Citizen, "sealed"), Refusal.RemedyOver);
        Do(new TakeStep(CaseStep.Object, Anna, "sealed"));
    }

    [Fact]
    public void An_answer_that_comes_after_its_time_changes_nothing()
    {
        Do(new Submit("1-2026-000001", Plan with { WhenMissing = WhenMissing.DecideOnFile }, "old", CaseActor.Citizen));
        Do(new TakeStep(CaseStep.AskForMore, Anna, "sealed"));
        _now = Nine.AddDays(22);
        Do(new EndClock(CaseClock.Missing));
        Refused(new AddMissing(Plan, "new", CaseActor.Citizen), Refusal.CaseInProgress);
        Assert.Equal("old", _case.Answers);
    }

    [Fact]
    public void The_scanner_says_its_word_once()
    {
        Do(new Submit("1-2026-000001", Plan, "sealed", CaseActor.Citizen));
        Do(new NoteScan("h1", false));
        Assert.Empty(_case.Decide(new NoteScan("h1", true), _now).Events);
        Assert.False(_case.Scans["h1"]);
    }

    private void Do(CaseCommand command)
    {
        var decision = _case.Decide(command, _now);
        Assert.True(decision.Refusal is null, $"{command}: {decision.Refusal?.English}");
        _case = decision.Events.Aggregate(_case, (state, happened) => state.Apply(happened));
    }

    private void Refused(CaseCommand command, Refusal refusal) => Assert.Equal(refusal, _case.Decide(command, _now).Refusal);
}
