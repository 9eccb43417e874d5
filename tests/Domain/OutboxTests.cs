using System.Collections.Immutable;
using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Outbox;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Outbox.OutboxCommand;
using static Aufruf.Domain.Outbox.OutboxEvent;

namespace Aufruf.Tests.Domain;

/// <summary>Every state of a message and every command.</summary>
public class OutboxTests
{
    private static readonly DateTimeOffset Now = SmallOffice.Nine, Expires = Now.AddHours(2), Kept = Expires + Outbox.KeptAfterExpiry;
    private static readonly Cause Cause = new("case/alsdorf.1", 3);
    private static readonly MessageId Id = MessageId.Of(Cause, "citizen", MessageKind.Mail);
    private static readonly ClerkId Anna = new("anna");

    private static readonly OutboxEvent Queued = new MessageQueued(Id, MessageKind.Mail, Cause, "to", "content", Expires, Kept, Now);
    private static readonly OutboxEvent Begun = new SendingBegun(Id, 1, Now.AddMinutes(2), Now);
    private static readonly OutboxEvent Failed = new MessageFailed(Id, MessageProblem.Refused, 550, Now);
    private static readonly OutboxEvent Returned = new MessageReturned(Id, MessageKind.Mail, Cause, Now, Kept, Now);
    private static readonly OutboxEvent Uncertain = new SendingUncertain(Id, Now);

    private static readonly Dictionary<string, OutboxEvent[]> States = new()
    {
        ["unknown"] = [],
        ["waiting"] = [Queued],
        ["sending"] = [Queued, Begun],
        ["failed"] = [Queued, Begun, Failed],
        ["uncertain"] = [Queued, Begun, Uncertain],
        ["sent"] = [Queued, Begun, new MessageSent(Id, Now)],
        ["returned"] = [Queued, Begun, new MessageSent(Id, Now), Returned],
        ["dismissed"] = [Queued, Begun, Failed, new MessageDismissed(Id, Anna, Now)],
    };

    private static readonly Dictionary<string, OutboxCommand> Commands = new()
    {
        ["enqueue"] = new Enqueue(Id, MessageKind.Mail, Cause, "to", "content", Expires),
        ["begin"] = new BeginSending(Id, 1, Now.AddMinutes(2)),
        ["sent"] = new Report(Id, 1, null, null),
        ["refused-for-now"] = new Report(Id, 1, MessageProblem.RefusedForNow, 450),
        ["connection-lost"] = new Report(Id, 1, MessageProblem.ConnectionLost, null),
        ["refused"] = new Report(Id, 1, MessageProblem.Refused, 550),
        ["content-lost"] = new Report(Id, 1, MessageProblem.ContentLost, null),
        ["no-answer"] = new Report(Id, 1, MessageProblem.NoAnswer, null),
        ["lapse"] = new Lapse(Id),
        ["return"] = new Return(Id, MessageKind.Mail, Cause, Now, Kept),
        ["again"] = new SendAgain(Id, Anna),
        ["dismiss"] = new Dismiss(Id, Anna),
    };

    /// <summary>The event, the refusal, or "-" for nothing, of each command in the order above.</summary>
    [Theory]
    [InlineData("unknown", "MessageQueued message-not-due message-not-sending message-not-sending message-not-sending "
        + "message-not-sending message-not-sending message-not-sending - MessageReturned unknown-message unknown-message")]
    [InlineData("waiting", "- SendingBegun message-not-sending message-not-sending message-not-sending "
        + "message-not-sending message-not-sending message-not-sending - MessageReturned message-not-stuck message-not-stuck")]
    [InlineData("sending", "- message-not-due MessageSent SendingPostponed SendingPostponed MessageFailed MessageFailed SendingUncertain "
        + "- MessageReturned message-not-stuck message-not-stuck")]
    [InlineData("failed", "- message-not-due message-not-sending message-not-sending message-not-sending "
        + "message-not-sending message-not-sending message-not-sending - MessageReturned MessageQueuedAgain MessageDismissed")]
    [InlineData("uncertain", "- message-not-due MessageSent SendingPostponed SendingPostponed MessageFailed MessageFailed - "
        + "- MessageReturned MessageQueuedAgain MessageDismissed")]
    [InlineData("sent", "MessageQueued message-not-due message-not-sending message-not-sending message-not-sending "
        + "message-not-sending message-not-sending message-not-sending - MessageReturned unknown-message unknown-message")]
    [InlineData("returned", "- message-not-due message-not-sending message-not-sending message-not-sending "
        + "message-not-sending message-not-sending message-not-sending - - message-came-back MessageDismissed")]
    [InlineData("dismissed", "MessageQueued message-not-due message-not-sending message-not-sending message-not-sending "
        + "message-not-sending message-not-sending message-not-sending - MessageReturned unknown-message unknown-message")]
    public void Each_command_has_its_answer_in_each_state(string state, string answers) => Assert.Equal(
        Commands.Keys.Zip(answers.Split(' '), (command, answer) => $"{command}: {answer}"),
        Commands.Select(c => $"{c.Key}: {Answer(After(States[state]).Decide(c.Value, Now))}"));

    [Theory]
    [InlineData("waiting", 2, "MessageFailed")]
    [InlineData("sending", 0.1, "SendingUncertain")]
    [InlineData("failed", 24 * 15, "MessageDismissed")]
    [InlineData("uncertain", 24 * 15, "MessageDismissed")]
    [InlineData("returned", 24 * 15, "MessageDismissed")]
    public void A_time_that_is_over_ends_each_state(string state, double hours, string happens)
    {
        var outbox = After(States[state]);
        Assert.Equal("-", Answer(outbox.Decide(new Lapse(Id), Now.AddMinutes(1))));
        Assert.Equal(happens, Answer(outbox.Decide(new Lapse(Id), Now.AddHours(hours))));
    }

    [Fact]
    public void A_mail_that_comes_back_after_its_time_marks_nothing() =>
        Assert.Equal("-", Answer(Outbox.Empty.Decide(new Return(Id, MessageKind.Mail, Cause, Now, Kept), Kept)));

    [Fact]
    public void A_citizen_has_no_way_while_a_message_to_them_is_stuck_and_until_staff_have_dealt_with_it()
    {
        var (anna, other) = (new AppointmentId(Guid.NewGuid()), new AppointmentId(Guid.NewGuid()));
        var id = MessageId.Of(Cause, Reaching.ReminderOf(anna), MessageKind.Mail);
        OutboxEvent queued = new MessageQueued(id, MessageKind.Mail, Cause, "to", "content", Expires, Kept, Now);
        NoWay? To(AppointmentId who, params OutboxEvent[] past) =>
            After(past).NoWayTo(Cause.Stream, Reaching.CitizenOf(who), Reaching.ReminderOf(who));

        Assert.Null(To(anna, queued));
        Assert.Equal(NoWay.MailFailed, To(anna, queued, new MessageFailed(id, MessageProblem.Refused, 550, Now)));
        Assert.Equal(NoWay.NoAddress, To(anna, queued, new MessageFailed(id, MessageProblem.NoAddress, null, Now)));
        OutboxEvent returned = new MessageReturned(id, MessageKind.Mail, Cause, Now, Kept, Now);
        Assert.Equal((NoWay.MailReturned, (NoWay?)null), (To(anna, returned)!.Value, To(other, returned)));
        Assert.Null(To(anna, returned, new MessageDismissed(id, Anna, Now)));
    }

    [Fact]
    public void The_pauses_grow_to_an_hour_and_the_last_attempt_fails()
    {
        var (outbox, now, pauses) = (After(Queued), Now, new List<double>());
        for (var attempt = 1; ; attempt++)
        {
            outbox = outbox.Apply(new SendingBegun(Id, attempt, now, now));
            var happened = Assert.Single(outbox.Decide(new Report(Id, attempt, MessageProblem.RefusedForNow, 450), now).Events);
            outbox = outbox.Apply(happened);
            if (happened is not SendingPostponed postponed)
            {
                Assert.Equal(new MessageFailed(Id, MessageProblem.RefusedForNow, 450, now), happened);
                break;
            }

            pauses.Add((postponed.NextAt - now).TotalMinutes);
            now = postponed.NextAt;
        }

        Assert.Equal([1, 5, 15, 60], pauses);
    }

    [Fact]
    public void An_attempt_neither_begins_early_nor_after_the_end_nor_twice()
    {
        var waiting = After(Queued, Begun, new SendingPostponed(Id, MessageProblem.RefusedForNow, 450, Now.AddMinutes(1), Now));
        Assert.Equal(Refusal.MessageNotDue, waiting.Decide(new BeginSending(Id, 2, Expires), Now).Refusal);
        Assert.Equal(Refusal.MessageNotDue, waiting.Decide(new BeginSending(Id, 1, Expires), Now.AddMinutes(1)).Refusal);
        Assert.Equal(Refusal.MessageNotDue, waiting.Decide(new BeginSending(Id, 2, Expires), Expires).Refusal);
        Assert.Null(waiting.Decide(new BeginSending(Id, 2, Expires), Now.AddMinutes(1)).Refusal);
    }

    [Fact]
    public void A_report_of_an_earlier_attempt_says_nothing_about_the_present_one()
    {
        var again = After(Queued, Begun, Uncertain, new MessageQueuedAgain(Id, Anna, Expires, Now), new SendingBegun(Id, 2, Expires, Now));
        Assert.Equal(Refusal.MessageNotSending, again.Decide(new Report(Id, 1, null, null), Now).Refusal);
    }

    [Fact]
    public void A_mail_sent_again_lives_as_long_as_before_and_never_longer_than_its_content()
    {
        var failed = After(Queued, Begun, Failed);
        Assert.Equal([new MessageQueuedAgain(Id, Anna, Now.AddDays(3).AddHours(2), Now.AddDays(3))],
            failed.Decide(new SendAgain(Id, Anna), Now.AddDays(3)).Events);
        Assert.Equal([new MessageQueuedAgain(Id, Anna, Kept, Kept.AddMinutes(-5))],
            failed.Decide(new SendAgain(Id, Anna), Kept.AddMinutes(-5)).Events);
        Assert.Equal(Refusal.MessageContentGone, failed.Decide(new SendAgain(Id, Anna), Kept).Refusal);
        var waiting = failed.Apply(new MessageQueuedAgain(Id, Anna, Kept, Now)).Find(Id);
        Assert.Equal((MessageState.Waiting, 1, 0, null), (waiting?.State, waiting?.Attempt, waiting?.Tries, waiting?.Problem));
    }

    [Fact]
    public void A_message_without_an_address_waits_for_staff_and_is_never_sent_again()
    {
        var mail = (Enqueue)Commands["enqueue"] with { Recipient = "" };
        var outbox = Outbox.Empty.Decide(mail, Now).Events.Aggregate(Outbox.Empty, (known, happened) => known.Apply(happened));
        Assert.Equal((MessageState.Failed, MessageProblem.NoAddress), (outbox.Find(Id)?.State, outbox.Find(Id)?.Problem));
        Assert.Equal(Refusal.MessageHasNoAddress, outbox.Decide(new SendAgain(Id, Anna), Now).Refusal);
        Assert.Null(outbox.Decide(new Dismiss(Id, Anna), Now).Refusal);
    }

    [Fact]
    public void The_content_of_a_message_ends_with_the_data_it_is_about_and_staff_have_an_hour_to_send_it_again()
    {
        var kept = Expires.AddDays(1);
        var queued = Assert.Single(Outbox.Empty.Decide((Enqueue)Commands["enqueue"] with { KeptUntil = kept }, Now).Events);
        Assert.Equal(kept, Assert.IsType<MessageQueued>(queued).KeptUntil);
        Assert.Equal([new MessageQueuedAgain(Id, Anna, Now.AddHours(2), Now.AddHours(1))],
            After(queued, Begun, Failed).Decide(new SendAgain(Id, Anna), Now.AddHours(1)).Events);
    }

    [Fact]
    public void A_message_is_not_taken_late_not_too_long_and_not_into_a_full_outbox()
    {
        var mail = (Enqueue)Commands["enqueue"];
        Assert.Equal(Refusal.MessageExpired, Outbox.Empty.Decide(mail, Expires).Refusal);
        Assert.Equal(Refusal.MessageTooLong,
            Outbox.Empty.Decide(mail with { Content = new('x', Outbox.LongestContent + 1) }, Now).Refusal);
        var full = new Outbox(Enumerable.Range(0, Outbox.MostMessages).Select(n => MessageId.Of(Cause, $"{n}", MessageKind.Mail))
            .ToImmutableDictionary(id => id, id => After(Queued).Find(Id)! with { Id = id }));
        Assert.Equal(Refusal.OutboxFull, full.Decide(mail, Now).Refusal);
    }

    [Fact]
    public void An_id_follows_from_cause_addressee_and_kind()
    {
        Assert.Equal(Id, MessageId.Of(new("case/alsdorf.1", 3), "citizen", MessageKind.Mail));
        Assert.Distinct([Id, MessageId.Of(Cause with { Version = 4 }, "citizen", MessageKind.Mail),
            MessageId.Of(Cause, "owner", MessageKind.Mail), MessageId.Of(Cause with { Stream = "case/alsdorf.2" }, "citizen",
                MessageKind.Mail)]);
    }

    private static Outbox After(params OutboxEvent[] past) => past.Aggregate(Outbox.Empty, (outbox, happened) => outbox.Apply(happened));

    private static string Answer(Decision<OutboxEvent> decision) =>
        decision.Refusal?.Code ?? (decision.Events.Count == 0 ? "-" : Assert.Single(decision.Events).GetType().Name);
}
