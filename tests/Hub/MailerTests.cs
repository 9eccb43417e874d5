using System.Text;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Outbox;
using Aufruf.Grains;
using Aufruf.Hub.Connectors.Mail;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Outbox.OutboxCommand;
using static Aufruf.Domain.Outbox.OutboxEvent;

namespace Aufruf.Tests.Hub;

/// <summary>The sender of mail against a true mail server that refuses, falls silent and drops connections.</summary>
public sealed class MailerTests : IAsyncDisposable
{
    private const string Stream = "outbox/alsdorf", To = "anna.ünal@example.org";
    private const string Text = "Ihr Termin für den Personalausweis ist am Montag um 9 Uhr.";

    private readonly TempFolder _folder = new();
    private readonly MailServer _server = new();
    private readonly MemoryJournal _journal = new();
    private readonly WallClock _clock = new();
    private readonly ListLogger<Mailer> _log = new();
    private readonly Journaled<Outbox, OutboxCommand, OutboxEvent> _outbox;
    private Mailer _mailer;

    public MailerTests() => (_outbox, _mailer) = (NewOutbox(), NewMailer());

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private MailOptions Options => new()
    {
        Host = "localhost",
        Port = _server.Port,
        From = "Stadt Alsdorf <termine@alsdorf.example>",
        Tls = MailTls.None,
        Timeout = TimeSpan.FromSeconds(1),
    };

    private SealedMail Seal => field ??= new(new Vault(StoredVaultKeys.InSqlite(_folder.File("vault.db"), _folder.File("vault.key"))));

    private Journaled<Outbox, OutboxCommand, OutboxEvent> NewOutbox() => new(Stream, _journal, new Outboxes(), _clock, Outbox.Empty,
        (outbox, command, now) => outbox.Decide(command, now), (outbox, happened) => outbox.Apply(happened));

    private Mailer NewMailer(MailOptions? options = null) => new(Seal, options ?? Options, _clock, _log);

    private Task<Answer<OutboxEvent>> QueueAsync(int version = 1, string to = To) => QueueAsync(_outbox, version, to);

    private async Task<Answer<OutboxEvent>> QueueAsync(Journaled<Outbox, OutboxCommand, OutboxEvent> outbox, int version, string to = To)
    {
        var mail = await Seal.SealAsync(new("case/alsdorf.1", version), "citizen", new PlainMail(to, "Ihr Termin", Text),
            _clock.GetUtcNow() + TimeSpan.FromHours(2));
        return await outbox.Handle(mail.Message.Request, mail);
    }

    /// <summary>Does what is due now.</summary>
    private Task WorkAsync() => WorkAsync(_outbox, _mailer);

    private static async Task WorkAsync(Journaled<Outbox, OutboxCommand, OutboxEvent> outbox, Mailer mailer)
    {
        foreach (var message in (await outbox.ViewAsync()).State.Messages.Values)
        {
            await mailer.WorkAsync(outbox.Handle, message, mayLapse: true, TestContext.Current.CancellationToken);
        }
    }

    private async Task<Message> OnlyAsync() => Assert.Single((await _outbox.ViewAsync()).State.Messages.Values);

    private async Task IsAsync(MessageState state, MessageProblem? problem, int? status, int arrived)
    {
        var message = await OnlyAsync();
        Assert.Equal((state, problem, status), (message.State, message.Problem, message.Status));
        Assert.Equal(arrived, _server.Arrived.Count);
    }

    private async Task IsSentAsync(int arrived = 1)
    {
        Assert.Empty((await _outbox.ViewAsync()).State.Messages);
        Assert.Equal(arrived, _server.Arrived.Count);
    }

    [Fact]
    public async Task A_mail_is_sent_once_and_leaves_the_outbox()
    {
        await QueueAsync(to: "Anna Ünal <anna@example.org>");
        await WorkAsync();
        await IsSentAsync();
        await WorkAsync();
        var mail = Assert.Single(_server.Arrived);
        Assert.Equal(("Ihr Termin", Text), (mail.Subject, mail.TextBody.Trim()));
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
        _server.AtRecipient.Enqueue(MailServer.Answer(450));
        _server.AtRecipient.Enqueue(MailServer.Answer(451));
        await WorkAsync();
        await IsAsync(MessageState.Waiting, MessageProblem.RefusedForNow, 450, arrived: 0);
        await WorkAsync();
        Assert.Equal(1, (await OnlyAsync()).Tries);
        _clock.Step += TimeSpan.FromMinutes(1);
        await WorkAsync();
        await IsAsync(MessageState.Waiting, MessageProblem.RefusedForNow, 451, arrived: 0);
        _clock.Step += TimeSpan.FromMinutes(4);
        await WorkAsync();
        Assert.Equal(2, (await OnlyAsync()).Tries);
        _clock.Step += TimeSpan.FromMinutes(1);
        await WorkAsync();
        await IsSentAsync();
    }

    [Theory]
    [InlineData(550)]
    [InlineData(554)]
    public async Task A_mail_that_is_refused_for_good_is_given_up_at_once(int code)
    {
        await QueueAsync(to: "a@example.org");
        _server.AtRecipient.Enqueue(MailServer.Answer(code));
        await WorkAsync();
        await IsAsync(MessageState.Failed, MessageProblem.Refused, code, arrived: 0);
        _clock.Step += TimeSpan.FromHours(1);
        await WorkAsync();
        await IsAsync(MessageState.Failed, MessageProblem.Refused, code, arrived: 0);
        Assert.Contains(_log.Lines, line => line.Contains("is given up: Refused", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(452, MessageState.Waiting, MessageProblem.RefusedForNow)]
    [InlineData(552, MessageState.Failed, MessageProblem.Refused)]
    public async Task An_answer_to_the_content_is_an_answer(int code, MessageState state, MessageProblem problem)
    {
        await QueueAsync(to: "a@example.org");
        _server.AtContent.Enqueue(MailServer.Answer(code));
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
        _server.AtRecipient.Enqueue(Fault(fault));
        await WorkAsync();
        await IsAsync(MessageState.Waiting, MessageProblem.ConnectionLost, null, arrived: 0);
        _clock.Step += TimeSpan.FromMinutes(1);
        await WorkAsync();
        await IsSentAsync();
    }

    [Theory, MemberData(nameof(Faults))]
    public async Task No_answer_after_the_content_is_uncertain_and_is_never_repeated_by_itself(string fault)
    {
        await QueueAsync(to: "a@example.org");
        _server.AtContent.Enqueue(Fault(fault));
        await WorkAsync();
        await IsAsync(MessageState.Uncertain, MessageProblem.NoAnswer, null, arrived: 1);
        foreach (var hours in (int[])[1, 2, 100])
        {
            _clock.Step += TimeSpan.FromHours(hours);
            await WorkAsync();
        }

        await IsAsync(MessageState.Uncertain, MessageProblem.NoAnswer, null, arrived: 1);
    }

    [Fact]
    public async Task Staff_may_send_an_uncertain_mail_again_and_both_copies_have_one_message_id()
    {
        await QueueAsync(to: "a@example.org");
        _server.AtContent.Enqueue(MailServer.Drop);
        await WorkAsync();
        await _outbox.Handle(new(Guid.NewGuid()), new SendAgain((await OnlyAsync()).Id, new("anna")));
        await WorkAsync();
        await IsSentAsync(arrived: 2);
        Assert.Single(_server.Arrived.Select(mail => mail.MessageId).Distinct());
    }

    [Fact]
    public async Task A_hub_that_dies_while_it_sends_leaves_an_uncertain_mail()
    {
        await QueueAsync(to: "a@example.org");
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _mailer.WorkAsync(
            (request, command) => command is Report ? throw new InvalidOperationException("dead") : _outbox.Handle(request, command),
            await OnlyAsync(), mayLapse: true, TestContext.Current.CancellationToken));
        var (next, mailer) = (NewOutbox(), NewMailer());
        await WorkAsync(next, mailer);
        Assert.Equal(MessageState.Sending, Assert.Single((await next.ViewAsync()).State.Messages.Values).State);
        _clock.Step += TimeSpan.FromSeconds(7);
        await WorkAsync(next, mailer);
        await WorkAsync(next, mailer);
        Assert.Equal(MessageState.Uncertain, Assert.Single((await next.ViewAsync()).State.Messages.Values).State);
        Assert.Single(_server.Arrived);
    }

    [Fact]
    public async Task A_journal_that_fails_for_a_moment_neither_doubles_nor_loses_a_mail()
    {
        await QueueAsync(to: "a@example.org");
        var appends = 0;
        _journal.AfterWriting = _ =>
        {
            if (++appends is 1 or 2)
            {
                throw new JournalUnavailableException("gone");
            }
        };
        await WorkAsync();
        await IsSentAsync();
        Assert.Equal(2, appends);
    }

    [Fact]
    public async Task A_clock_that_is_not_believed_ends_no_mail()
    {
        await QueueAsync(to: "a@example.org");
        _clock.Step += TimeSpan.FromDays(1);
        await _mailer.WorkAsync(_outbox.Handle, await OnlyAsync(), mayLapse: false, TestContext.Current.CancellationToken);
        await IsAsync(MessageState.Waiting, null, null, arrived: 0);
        _clock.Step = default;
        await WorkAsync();
        await IsSentAsync();
    }

    [Fact]
    public async Task A_mail_that_could_not_leave_in_time_expires()
    {
        await QueueAsync(to: "a@example.org");
        _mailer = NewMailer(new MailOptions { Host = "localhost", Port = Ports.Next(), From = "a@example.org", Tls = MailTls.None });
        await WorkAsync();
        await IsAsync(MessageState.Waiting, null, null, arrived: 0);
        Assert.Contains("cannot be reached", _mailer.Trouble?.Sentence, StringComparison.Ordinal);
        _clock.Step += TimeSpan.FromHours(2);
        await WorkAsync();
        await IsAsync(MessageState.Failed, MessageProblem.Expired, null, arrived: 0);
    }

    [Fact]
    public async Task Without_a_key_a_mail_is_given_up()
    {
        await QueueAsync(to: "a@example.org");
        var id = (await OnlyAsync()).Id;
        await new Vault(StoredVaultKeys.InSqlite(_folder.File("vault.db"), _folder.File("vault.key")))
            .DestroyAsync(new("message", id.Value));
        _mailer = new Mailer(new SealedMail(new Vault(StoredVaultKeys.InSqlite(_folder.File("vault.db"), _folder.File("vault.key")))),
            Options, _clock, _log);
        await WorkAsync();
        await IsAsync(MessageState.Failed, MessageProblem.ContentLost, null, arrived: 0);
    }

    [Fact]
    public async Task Two_hubs_send_each_mail_once()
    {
        const int Mails = 25;
        var other = NewOutbox();
        foreach (var version in Enumerable.Range(1, Mails))
        {
            await QueueAsync(version, "a@example.org");
        }

        await other.ViewAsync();
        await Task.WhenAll(Task.Run(WorkAsync, TestContext.Current.CancellationToken),
            Task.Run(() => WorkAsync(other, NewMailer()), TestContext.Current.CancellationToken));
        _outbox.Forget();
        await IsSentAsync(Mails);
    }

    [Fact]
    public async Task Journal_log_and_sentences_name_no_recipient_and_no_content()
    {
        await QueueAsync(1, "anna@example.org");
        await QueueAsync(2, "anna@example.org");
        _server.AtRecipient.Enqueue(MailServer.Answer(450)); // Its words repeat the recipient.
        _server.AtRecipient.Enqueue(MailServer.Answer(550));
        await WorkAsync();
        var written = string.Join('\n', _journal.Of(Stream).Select(entry => Encoding.UTF8.GetString(entry.Entry.Span)).Concat(_log.Lines));
        Assert.DoesNotContain("example.org", written, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Personalausweis", written, StringComparison.Ordinal);
        Assert.Contains("message-failed", written, StringComparison.Ordinal);
    }
}
