using System.Text;
using System.Text.Json;
using Aufruf.Contracts;
using Aufruf.Domain.Outbox;
using Aufruf.Grains;
using Aufruf.Hub.Connectors.Mail;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Outbox.OutboxCommand;

namespace Aufruf.Tests.Hub;

/// <summary>Hubs that die, journals that fail and clocks that step while mail is sent.</summary>
public sealed class MailerFaultTests : MailRoom
{
    [Fact]
    public async Task A_hub_that_dies_while_it_sends_leaves_an_uncertain_mail()
    {
        await QueueAsync(to: "a@example.org");
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Sender.WorkAsync(
            (request, command) => command is Report ? throw new InvalidOperationException("dead") : Room.Handle(request, command),
            await OnlyAsync(), mayLapse: true, TestContext.Current.CancellationToken));
        var (next, mailer) = (NewOutbox(), NewMailer());
        await WorkAsync(next, mailer);
        Assert.Equal(MessageState.Sending, Assert.Single((await next.ViewAsync()).State.Messages.Values).State);
        Clock.Step += TimeSpan.FromSeconds(26);
        await WorkAsync(next, mailer);
        await WorkAsync(next, mailer);
        Assert.Equal(MessageState.Uncertain, Assert.Single((await next.ViewAsync()).State.Messages.Values).State);
        Assert.Single(Server.Arrived);
    }

    [Fact]
    public async Task A_journal_that_fails_for_a_moment_neither_doubles_nor_loses_a_mail()
    {
        await QueueAsync(to: "a@example.org");
        var appends = 0;
        Journal.AfterWriting = _ =>
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

    public static TheoryData<Exception> LostAnswers => [new TimeoutException(), new SiloUnavailableException()];

    [Theory, MemberData(nameof(LostAnswers))]
    public async Task A_hub_that_takes_the_answer_to_a_report_with_it_is_asked_again(Exception lost)
    {
        await QueueAsync(to: "a@example.org");
        var reports = 0;
        await Sender.WorkAsync(async (request, command) =>
        {
            var answer = await Room.Handle(request, command);
            return command is Report && ++reports == 1 ? throw lost : answer;
        }, await OnlyAsync(), mayLapse: true, TestContext.Current.CancellationToken);
        await IsSentAsync();
        Assert.Equal(2, reports);
    }

    [Fact]
    public async Task An_outbox_that_cannot_be_read_is_not_waited_for()
    {
        await QueueAsync(to: "a@example.org");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await Assert.ThrowsAsync<UnreadableStreamException>(async () => await Sender.WorkAsync(
            (_, _) => throw new UnreadableStreamException("forged"), await OnlyAsync(), mayLapse: true, patience.Token));
    }

    [Fact]
    public async Task A_fault_that_nobody_foresaw_is_reported_and_the_mail_is_tried_again()
    {
        var withoutText = JsonSerializer.Deserialize<PlainMail>("""{"To":"a@example.org","Subject":"Ihr Termin"}""")!;
        var mail = await Seal.SealAsync(new("case/alsdorf.1", 1), "citizen", withoutText, Clock.GetUtcNow() + TimeSpan.FromHours(2));
        await Room.Handle(mail.Message.Request, mail);
        await WorkAsync();
        await IsAsync(MessageState.Waiting, MessageProblem.ConnectionLost, null, arrived: 0);
    }

    [Fact]
    public async Task A_clock_that_is_not_believed_ends_no_mail()
    {
        await QueueAsync(to: "a@example.org");
        Clock.Step += TimeSpan.FromDays(1);
        await Sender.WorkAsync(Room.Handle, await OnlyAsync(), mayLapse: false, TestContext.Current.CancellationToken);
        await IsAsync(MessageState.Waiting, null, null, arrived: 0);
        Clock.Step = default;
        await WorkAsync();
        await IsSentAsync();
    }

    [Fact]
    public async Task A_mail_that_is_refused_for_now_is_not_given_up_while_the_clock_is_not_believed()
    {
        await QueueAsync(to: "a@example.org");
        Server.AtRecipient.Enqueue(MailServer.Answer(450));
        Clock.Step += TimeSpan.FromMinutes(119.5); // The pause would end after its time.
        await Sender.WorkAsync(Room.Handle, await OnlyAsync(), mayLapse: false, TestContext.Current.CancellationToken);
        await IsAsync(MessageState.Waiting, MessageProblem.RefusedForNow, 450, arrived: 0);
        Clock.Step += TimeSpan.FromMinutes(2);
        await WorkAsync(); // It is believed.
        await IsAsync(MessageState.Failed, MessageProblem.Expired, null, arrived: 0);
    }

    [Fact]
    public async Task A_mail_that_could_not_leave_in_time_expires()
    {
        await QueueAsync(to: "a@example.org");
        Sender = NewMailer(new MailOptions { Host = "localhost", Port = Ports.Next(), From = "a@example.org", Tls = MailTls.None });
        await WorkAsync();
        await IsAsync(MessageState.Waiting, null, null, arrived: 0);
        Assert.Contains("cannot be reached", Sender.Trouble?.Sentence, StringComparison.Ordinal);
        Clock.Step += TimeSpan.FromHours(2);
        await WorkAsync();
        await IsAsync(MessageState.Failed, MessageProblem.Expired, null, arrived: 0);
    }

    [Fact]
    public async Task Without_a_key_a_mail_is_given_up()
    {
        await QueueAsync(to: "a@example.org");
        var id = (await OnlyAsync()).Id;
        await new Vault(StoredVaultKeys.InSqlite(Folder.File("vault.db"), Folder.File("vault.key")))
            .DestroyAsync(new("message", id.Value));
        Sender = new Mailer(new SealedMail(new Vault(StoredVaultKeys.InSqlite(Folder.File("vault.db"), Folder.File("vault.key")))),
            Options, Clock, Log);
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
        Room.Forget();
        await IsSentAsync(Mails);
    }

    [Fact]
    public async Task Journal_log_and_sentences_name_no_recipient_and_no_content()
    {
        await QueueAsync(1, "anna@example.org");
        await QueueAsync(2, "anna@example.org");
        Server.AtRecipient.Enqueue(MailServer.Answer(450)); // Its words repeat the recipient.
        Server.AtRecipient.Enqueue(MailServer.Answer(550));
        await WorkAsync();
        var written = string.Join('\n', Journal.Of(Stream).Select(entry => Encoding.UTF8.GetString(entry.Entry.Span)).Concat(Log.Lines));
        Assert.DoesNotContain("example.org", written, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Personalausweis", written, StringComparison.Ordinal);
        Assert.Contains("message-failed", written, StringComparison.Ordinal);
    }
}
