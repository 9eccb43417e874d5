using Aufruf.Domain.Outbox;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Outbox.OutboxCommand;

namespace Aufruf.Tests.Hub;

/// <summary>The sender of mail against a true mail server that refuses, falls silent and drops connections.</summary>
public sealed class MailerTests : MailRoom
{
    [Fact]
    public async Task A_mail_is_sent_once_and_leaves_the_outbox()
    {
        await QueueAsync(to: "Anna Ünal <anna@example.org>");
        await WorkAsync();
        await IsSentAsync();
        await WorkAsync();
        var mail = Assert.Single(Server.Arrived);
        Assert.Equal<(string?, string?)>(("Ihr Termin", Text), (mail.Subject, mail.TextBody?.Trim()));
        Assert.Equal("anna@example.org", Assert.Single(mail.To.Mailboxes).Address);
        Assert.EndsWith("@alsdorf.example", mail.MessageId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_mail_is_never_queued_twice_also_after_it_was_sent_and_after_a_restart()
    {
        await QueueAsync(to: "a@example.org");
        await QueueAsync(to: "a@example.org");
        await WorkAsync();
        await QueueAsync(to: "a@example.org");
        await QueueAsync(NewOutbox(), 1, "a@example.org");
        await WorkAsync();
        await IsSentAsync();
    }

    [Fact]
    public async Task A_mail_that_is_refused_for_now_is_tried_again_after_a_minute_and_then_after_five()
    {
        await QueueAsync(to: "a@example.org");
        Server.AtRecipient.Enqueue(MailServer.Answer(450));
        Server.AtRecipient.Enqueue(MailServer.Answer(451));
        await WorkAsync();
        await IsAsync(MessageState.Waiting, MessageProblem.RefusedForNow, 450, arrived: 0);
        await WorkAsync();
        Assert.Equal(1, (await OnlyAsync()).Tries);
        Clock.Step += TimeSpan.FromMinutes(1);
        await WorkAsync();
        await IsAsync(MessageState.Waiting, MessageProblem.RefusedForNow, 451, arrived: 0);
        Clock.Step += TimeSpan.FromMinutes(4);
        await WorkAsync();
        Assert.Equal(2, (await OnlyAsync()).Tries);
        Clock.Step += TimeSpan.FromMinutes(1);
        await WorkAsync();
        await IsSentAsync();
    }

    [Theory]
    [InlineData(550)]
    [InlineData(554)]
    public async Task A_mail_that_is_refused_for_good_is_given_up_at_once(int code)
    {
        await QueueAsync(to: "a@example.org");
        Server.AtRecipient.Enqueue(MailServer.Answer(code));
        await WorkAsync();
        await IsAsync(MessageState.Failed, MessageProblem.Refused, code, arrived: 0);
        Clock.Step += TimeSpan.FromHours(1);
        await WorkAsync();
        await IsAsync(MessageState.Failed, MessageProblem.Refused, code, arrived: 0);
        Assert.Contains(Log.Lines, line => line.Contains("is given up: Refused", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(452, MessageState.Waiting, MessageProblem.RefusedForNow)]
    [InlineData(552, MessageState.Failed, MessageProblem.Refused)]
    public async Task An_answer_to_the_content_is_an_answer(int code, MessageState state, MessageProblem problem)
    {
        await QueueAsync(to: "a@example.org");
        Server.AtContent.Enqueue(MailServer.Answer(code));
        await WorkAsync();
        await IsAsync(state, problem, code, arrived: 1);
    }

    [Fact]
    public async Task A_mail_to_no_address_is_given_up_at_once()
    {
        await QueueAsync(to: "anna at home\r\nBcc: all@example.org");
        await WorkAsync();
        await IsAsync(MessageState.Failed, MessageProblem.Refused, null, arrived: 0);
    }

    public static TheoryData<string> Faults => ["drop", "silence"];

    private static MailServer.Reaction Fault(string name) => name == "drop" ? MailServer.Drop : MailServer.Silence;

    [Theory, MemberData(nameof(Faults))]
    public async Task A_connection_that_ends_before_the_content_is_tried_again(string fault)
    {
        await QueueAsync(to: "a@example.org");
        Server.AtRecipient.Enqueue(Fault(fault));
        await WorkAsync(Room, NewMailer(WithPatience(seconds: 1)));
        await IsAsync(MessageState.Waiting, MessageProblem.ConnectionLost, null, arrived: 0);
        Clock.Step += TimeSpan.FromMinutes(1);
        await WorkAsync();
        await IsSentAsync();
    }

    [Theory, MemberData(nameof(Faults))]
    public async Task A_server_that_gives_up_in_the_middle_of_a_mail_is_left_alone_for_a_time(string fault)
    {
        await QueueAsync(1, "a@example.org");
        await QueueAsync(2, "b@example.org");
        Server.AtRecipient.Enqueue(Fault(fault));
        Sender = NewMailer(WithPatience(seconds: 1));
        await WorkAsync();
        Assert.Equal([0, 1], await AttemptsAsync());
        Assert.StartsWith($"The mail server localhost:{Server.Port} takes no mail. It ended the connection or fell silent while it got "
            + "a mail (", Sender.Trouble?.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_sender_fails_no_mail_and_the_server_is_left_alone_for_a_time()
    {
        await QueueAsync(1, "a@example.org");
        await QueueAsync(2, "b@example.org");
        Server.AtSender.Enqueue(MailServer.Answer(550));
        await WorkAsync();
        Assert.All((await Room.ViewAsync()).State.Messages.Values, message => Assert.Equal(MessageState.Waiting, message.State));
        Assert.Equal([0, 1], await AttemptsAsync());
        Assert.Equal($"The mail server localhost:{Server.Port} takes no mail. It does not accept the sender (code 550): check "
            + "Hub:Mail:From.", Sender.Trouble?.Sentence);
    }

    [Fact]
    public async Task A_mail_that_the_server_calls_too_large_before_it_comes_is_refused_alone()
    {
        await QueueAsync(to: "a@example.org");
        Server.AtSender.Enqueue(MailServer.Answer(552));
        await WorkAsync();
        await IsAsync(MessageState.Failed, MessageProblem.Refused, 552, arrived: 0);
        Assert.Null(Sender.Trouble);
    }

    [Fact]
    public async Task The_server_is_well_again_when_it_has_answered_about_a_mail()
    {
        await QueueAsync(1, "a@example.org");
        Server.AtSender.Enqueue(MailServer.Answer(550));
        await WorkAsync();
        await QueueAsync(2, "b@example.org");
        Clock.Skipped += TimeSpan.FromSeconds(10);
        await WorkAsync();
        Assert.Null(Sender.Trouble);
        Assert.Single(Server.Arrived);
    }

    private async Task<IEnumerable<int>> AttemptsAsync() => (await Room.ViewAsync()).State.Messages.Values.Select(m => m.Attempt).Order();

    [Theory, MemberData(nameof(Faults))]
    public async Task No_answer_after_the_content_is_uncertain_and_is_never_repeated_by_itself(string fault)
    {
        await QueueAsync(to: "a@example.org");
        Server.AtContent.Enqueue(Fault(fault));
        await WorkAsync(Room, NewMailer(WithPatience(seconds: 2)));
        await IsAsync(MessageState.Uncertain, MessageProblem.NoAnswer, null, arrived: 1);
        foreach (var hours in (int[])[1, 2, 100])
        {
            Clock.Step += TimeSpan.FromHours(hours);
            await WorkAsync();
        }

        await IsAsync(MessageState.Uncertain, MessageProblem.NoAnswer, null, arrived: 1);
    }

    [Fact]
    public async Task Staff_may_send_an_uncertain_mail_again_and_both_copies_have_one_message_id()
    {
        await QueueAsync(to: "a@example.org");
        Server.AtContent.Enqueue(MailServer.Drop);
        await WorkAsync();
        await Room.Handle(new(Guid.NewGuid()), new SendAgain((await OnlyAsync()).Id, new("anna")));
        await WorkAsync(Room, NewMailer()); // Not the one that leaves the server alone for a time.
        await IsSentAsync(arrived: 2);
        Assert.Single(Server.Arrived.Select(mail => mail.MessageId).Distinct());
    }
}
