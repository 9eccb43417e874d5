using Aufruf.Contracts;
using Aufruf.Domain.Outbox;
using Aufruf.Grains;
using Aufruf.Hub.Connectors.Mail;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Hub;

/// <summary>An outbox, the sender of its mail, and a true mail server.</summary>
public abstract class MailRoom : IAsyncDisposable
{
    protected const string Stream = "outbox/alsdorf", To = "anna.ünal@example.org";
    protected const string Text = "Ihr Termin für den Personalausweis ist am Montag um 9 Uhr.";

    private protected TempFolder Folder { get; } = new();
    private protected MailServer Server { get; } = new();
    private protected MemoryJournal Journal { get; } = new();
    private protected WallClock Clock { get; } = new();
    private protected ListLogger<Mailer> Log { get; } = new();
    private protected Journaled<Outbox, OutboxCommand, OutboxEvent> Room { get; }
    private protected Mailer Sender { get; set; }

    private protected MailRoom() => (Room, Sender) = (NewOutbox(), NewMailer());

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected MailOptions Options => WithPatience(seconds: 20);

    private protected MailOptions WithPatience(int seconds) => new()
    {
        Host = "localhost",
        Port = Server.Port,
        From = "Stadt Alsdorf <termine@alsdorf.example>",
        Tls = MailTls.None,
        Timeout = TimeSpan.FromSeconds(seconds),
    };

    private protected SealedMail Seal => field ??= new(
        new Vault(StoredVaultKeys.InSqlite(Folder.File("vault.db"), Folder.File("vault.key"))));

    private protected Journaled<Outbox, OutboxCommand, OutboxEvent> NewOutbox() =>
        Journaled.Of<Outbox, OutboxCommand, OutboxEvent>(Stream, Journal, new Outboxes(), Clock);

    private protected Mailer NewMailer(MailOptions? options = null) => new(Seal, options ?? Options, Clock, Log);

    private protected Task<Answer<OutboxEvent>> QueueAsync(int version = 1, string to = To) => QueueAsync(Room, version, to);

    private protected async Task<Answer<OutboxEvent>> QueueAsync(Journaled<Outbox, OutboxCommand, OutboxEvent> outbox, int version,
        string to = To)
    {
        var mail = await Seal.SealAsync(new("case/alsdorf.1", version), "citizen", new PlainMail(to, "Ihr Termin", Text),
            Clock.GetUtcNow() + TimeSpan.FromHours(2));
        return await outbox.Handle(mail.Message.Request, mail);
    }

    /// <summary>Does what is due now.</summary>
    private protected Task WorkAsync() => WorkAsync(Room, Sender);

    private protected static async Task WorkAsync(Journaled<Outbox, OutboxCommand, OutboxEvent> outbox, Mailer mailer)
    {
        foreach (var message in (await outbox.ViewAsync()).State.Messages.Values)
        {
            await mailer.WorkAsync(outbox.Handle, message, mayLapse: true, TestContext.Current.CancellationToken);
        }
    }

    private protected async Task<Message> OnlyAsync() => Assert.Single((await Room.ViewAsync()).State.Messages.Values);

    private protected async Task IsAsync(MessageState state, MessageProblem? problem, int? status, int arrived)
    {
        var message = await OnlyAsync();
        Assert.Equal((state, problem, status), (message.State, message.Problem, message.Status));
        Assert.Equal(arrived, Server.Arrived.Count);
    }

    private protected async Task IsSentAsync(int arrived = 1)
    {
        Assert.Empty((await Room.ViewAsync()).State.Messages);
        Assert.Equal(arrived, Server.Arrived.Count);
    }
}
