using System.Text;
using Aufruf.Contracts;
using Aufruf.Domain.Outbox;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Connectors.Mail;
using Aufruf.Hub.Running;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

/// <summary>Mail leaves the true hub through a true mail server.</summary>
[Trait("Needs", "process")]
public sealed class MailTests : IAsyncDisposable
{
    private const string To = "anna.uenal@example.org", Text = "Ihr Termin für den Personalausweis ist am Montag um 9 Uhr.";
    private const string Stream = "outbox/alsdorf";

    private readonly MailServer _server = new();

    private string[] Settings => ["--Hub:Mail:Host=localhost", $"--Hub:Mail:Port={_server.Port}", "--Hub:Mail:Tls=None",
        "--Hub:Mail:From=termine@alsdorf.example", "--Hub:Mail:Timeout=00:00:20"];

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task QueueAsync(InnerHub hub, int version = 1)
    {
        var mail = await hub.Services.GetRequiredService<SealedMail>().SealAsync(new("case/alsdorf.1", version), "citizen",
            new PlainMail(To, "Ihr Termin", Text), TimeProvider.System.GetUtcNow().AddHours(2));
        await hub.Services.GetRequiredService<IGrainFactory>().GetGrain<IOutboxGrain>(Stream).Handle(mail.Message.Request, mail);
    }

    private static Task<Outbox> OutboxOf(InnerHub hub) =>
        hub.Services.GetRequiredService<IGrainFactory>().GetGrain<IOutboxGrain>(Stream).View();

    [Fact]
    public async Task A_queued_mail_leaves_at_once_and_no_file_of_the_hub_holds_its_text_or_recipient()
    {
        await using var hub = await TestHub.StartAsync(options: Settings);
        await QueueAsync(hub);
        await hub.UntilAsync(async () => (await OutboxOf(hub)).Messages.IsEmpty, "The mail is sent");
        Assert.Single(_server.Arrived);
        _server.AtRecipient.Enqueue(MailServer.Answer(550));
        await QueueAsync(hub, version: 2);
        await hub.UntilAsync(async () => (await OutboxOf(hub)).Messages.Values.Any(m => m.IsStuck), "The mail is refused");
        await hub.StopAsync();
        var files = Directory.GetFiles(hub.Data, "*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        foreach (var word in (string[])[To, "uenal", "Personalausweis ist am", "Ihr Termin"])
        {
            Assert.DoesNotContain(files, file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) >= 0);
            Assert.DoesNotContain(word, hub.Words, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_a_mail_server_mail_waits_and_health_says_so_and_it_leaves_after_a_restart_with_one()
    {
        using var folder = new TempFolder();
        await using (var without = await TestHub.StartAsync(data: folder.Path))
        {
            await QueueAsync(without);
            await without.UntilTroubleAsync("mail", "There is no mail server, and 1 messages wait. Set Hub:Mail:Host and Hub:Mail:From.");
            await without.StopAsync();
        }

        await using var with = await TestHub.StartAsync(data: folder.Path, options: Settings);
        await with.UntilAsync(() => Task.FromResult(_server.Arrived.Count == 1), "The mail is sent");
        await with.UntilAsync(async () => (await with.TroublesAsync("mail")).Count == 0, "The hub is healthy");
    }

    [Fact]
    public async Task A_mail_server_that_is_away_is_named_in_health()
    {
        var away = Ports.Next();
        await using var hub = await TestHub.StartAsync(options: [.. Settings, $"--Hub:Mail:Port={away}"]);
        await QueueAsync(hub);
        await hub.UntilTroubleAsync("mail", $"The mail server localhost:{away} takes no mail. It cannot be reached");
    }

    [Fact]
    public async Task An_outbox_that_cannot_be_read_is_named_in_health_and_the_mail_of_another_authority_leaves()
    {
        using var folder = new TempFolder();
        var file = folder.File("aufruf.db");
        await using (var journal = new SqliteJournal(file, keyFile: CommandSettings.KeyBeside(file)))
        {
            await journal.AppendAsync("outbox/probe", JournalHead.Start, SmallOffice.Nine, "[]"u8.ToArray());
        }

        await using var hub = await TestHub.StartAsync(data: folder.Path, options: Settings);
        await File.WriteAllTextAsync(Path.Combine(hub.Offices, "probe.amt.json"), TestOffice.WithCounters(1),
            TestContext.Current.CancellationToken);
        await hub.UntilTroubleAsync("mail", "The outbox of probe fails and is tried again each second: Entry 1 of outbox/probe cannot");
        await QueueAsync(hub);
        await hub.UntilAsync(() => Task.FromResult(_server.Arrived.Count == 1), "The mail of the other authority is sent");
    }

    [Fact]
    public async Task A_hub_that_is_killed_while_it_sends_does_not_send_again()
    {
        _server.AtContent.Enqueue(MailServer.Silence);
        await using var hub = await HubProcess.StartAsync(options: [.. Settings, "--Hub:Mail:Timeout=00:00:05"]);
        await using (var journal = new SqliteJournal(Path.Combine(hub.Data, "aufruf.db"),
            keyFile: CommandSettings.KeyBeside(Path.Combine(hub.Data, "aufruf.db"))))
        {
            var outbox = Journaled.Of<Outbox, OutboxCommand, OutboxEvent>(Stream, journal, new Outboxes(), TimeProvider.System);
            var mail = await new SealedMail(new Vault(CommandSettings.VaultKeys(null, hub.Data))).SealAsync(new("case/alsdorf.1", 1),
                "citizen", new PlainMail(To, "Ihr Termin", Text), TimeProvider.System.GetUtcNow().AddHours(2));
            await outbox.Handle(mail.Message.Request, mail);
        }

        await hub.UntilAsync(() => Task.FromResult(_server.Arrived.Count == 1), "The server has the mail and keeps silent");
        await hub.KillAsync();
        await using var next = await TestHub.StartAsync(data: hub.Data, options: Settings);
        await next.UntilAsync(async () => (await OutboxOf(next)).Messages.Values.Any(m => m.State is MessageState.Uncertain),
            "The mail is uncertain");
        Assert.Single(_server.Arrived);
    }

    [Fact]
    public async Task The_command_says_what_became_of_a_test_mail_also_beside_a_running_hub()
    {
        await using var hub = await TestHub.StartAsync(options: Settings);
        Task<(int ExitCode, string Words)> MailAsync(string to = To) =>
            HubCommand.RunAsync(["mail", $"--to={to}", $"--Hub:Data={hub.Data}", $"--Hub:Offices={hub.Offices}", .. Settings]);

        var sent = await MailAsync();
        Assert.Equal((0, 1), (sent.ExitCode, _server.Arrived.Count));
        Assert.Contains("localhost took the mail", sent.Words, StringComparison.Ordinal);

        _server.AtRecipient.Enqueue(MailServer.Answer(550));
        var refused = await MailAsync();
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("refuses the mail for good (code 550)", refused.Words, StringComparison.Ordinal);

        _server.AtRecipient.Enqueue(MailServer.Answer(450));
        var later = await MailAsync();
        Assert.Equal(1, later.ExitCode);
        Assert.Contains("took no mail for now (code 450). A running hub tries it again until", later.Words, StringComparison.Ordinal);

        var wrong = await MailAsync("nobody");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("Usage: mail --to ADDRESS", wrong.Words, StringComparison.Ordinal);
    }
}
