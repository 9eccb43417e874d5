using Aufruf.Domain.Outbox;
using Aufruf.Grains;
using Aufruf.Hub.Connectors.Mail;
using Aufruf.Hub.Offices;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;

namespace Aufruf.Hub.Running;

/// <summary>"mail": sends a test mail through an outbox, also beside a running hub, and says what became of it.</summary>
internal static class MailCommand
{
    private const string Usage = """
        Usage: mail --to ADDRESS [--authority alsdorf]
        The mail server stands in the settings Hub:Mail:Host, Port, User, Password, From and Tls.
        """;

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    private static readonly PlainMail Test = new("", "Aufruf: Testnachricht, test message",
        "Diese Nachricht prüft den Postausgang. Sie brauchen nichts zu tun.\n\n"
        + "This message tests the outbox. You need not do anything.\n");

    public static async Task<int> RunAsync(string[] args, TimeProvider clock)
    {
        var configuration = CommandSettings.Read(args);
        var hub = HubOptions.Read(configuration);
        if (!MailboxAddress.TryParse(configuration["to"], out var address) || !address.Address.Contains('@', StringComparison.Ordinal))
        {
            return await SayNoAsync(Usage);
        }

        if (hub.Mail.Host.Length == 0)
        {
            return await SayNoAsync("There is no mail server: set Hub:Mail:Host and Hub:Mail:From.");
        }

        await using var journal = await CommandSettings.OpenJournalAsync(configuration, readOnly: false);
        if ((configuration["authority"] ?? OnlyAuthority((await OfficeCopies.ReadAsync(journal)).Offices)) is not { } authority)
        {
            return await SayNoAsync($"Name the authority with --authority, such as alsdorf. {Usage}");
        }

        var stream = Outbox.StreamOf(authority);
        var outbox = Journaled.Of<Outbox, OutboxCommand, OutboxEvent>(stream, journal, new Outboxes(), clock);
        var sealedMail = new SealedMail(new Vault(CommandSettings.VaultKeys(configuration.GetConnectionString("Aufruf"), hub.Data)));
        var now = clock.GetUtcNow();
        var mail = await sealedMail.SealAsync(new Cause("command/mail", now.ToUnixTimeMilliseconds()), "operator",
            Test with { To = address.Address }, now + Life);
        if ((await outbox.Handle(mail.Message.Request, mail)).Refusal is { } refusal)
        {
            return await SayNoAsync(refusal.English);
        }

        var mailer = new Mailer(sealedMail, hub.Mail, clock, NullLogger.Instance,
            new ReturnAddresses(hub.Mail, new AppointmentSecrets(CommandSettings.VaultKeyIn(hub.Data))));
        while ((await outbox.ViewAsync()).State.Find(mail.Message) is { } message)
        {
            if (WhyNot(message, mailer.Trouble, clock.GetUtcNow()) is { } why)
            {
                return await SayNoAsync(why, exitCode: 1);
            }

            await mailer.WorkAsync(outbox.Handle, message, mayLapse: false, CancellationToken.None);
            await Task.Delay(LookAgain, clock); // A running hub may be faster.
            outbox.Forget();
        }

        Console.WriteLine($"{hub.Mail.Host} took the mail after {(clock.GetUtcNow() - now).TotalSeconds:0.0} s. Look for it in the inbox.");
        return 0;
    }

    /// <summary>Null: it is on its way.</summary>
    /// <param name="trouble">Of the mail server, as far as this command knows.</param>
    internal static string? WhyNot(Message message, Trouble? trouble, DateTimeOffset now) => message switch
    {
        { State: MessageState.Failed, Problem: MessageProblem.Refused } =>
            $"The mail server refuses the mail for good{Code(message)}. Check the recipient.",
        { State: MessageState.Failed, Problem: MessageProblem.ContentLost } =>
            "The key of the mail is gone from the vault. Was vault.db or vault.key replaced?",
        { State: MessageState.Failed } => $"The mail could not be sent in time{Code(message)}.",
        { State: MessageState.Uncertain } => "The mail server got the mail and did not answer. It may have arrived: look into the inbox.",
        { State: MessageState.Sending } when message.LapsesAt <= now =>
            "A hub began to send the mail and has not said what became of it. It may have arrived: look into the inbox.",
        { State: MessageState.Waiting } when message.LapsesAt <= now => "The mail could not be sent in time.",
        { State: MessageState.Waiting } when trouble is not null =>
            $"{trouble.Sentence} A running hub tries it again until {message.ExpiresAt:HH:mm} UTC.",
        { State: MessageState.Waiting, Problem: not null } =>
            $"The mail server took no mail for now{Code(message)}. A running hub tries it again until {message.ExpiresAt:HH:mm} UTC.",
        _ => null,
    };

    private static string Code(Message message) => message.Status is { } status ? $" (code {status})" : "";

    private static string? OnlyAuthority(OfficeDirectory offices) =>
        offices.All.Select(office => office.Authority.Id).Distinct().ToArray() is [var only] ? only : null;

    private static async Task<int> SayNoAsync(string sentence, int exitCode = 2)
    {
        await Console.Error.WriteLineAsync(sentence);
        return exitCode;
    }
}
