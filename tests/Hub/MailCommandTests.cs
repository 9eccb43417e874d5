using Aufruf.Domain.Outbox;
using Aufruf.Hub.Running;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Hub;

/// <summary>The command "mail" ends when its mail is not on its way any more, and says why.</summary>
public class MailCommandTests
{
    public static TheoryData<OutboxCommand?, int, string> Ends => new()
    {
        { null, 31, "The mail could not be sent in time." },
        { new OutboxCommand.Report(Id, 1, MessageProblem.Refused, 550), 0, "refuses the mail for good (code 550). Check the recipient." },
        { new OutboxCommand.Report(Id, 1, MessageProblem.ContentLost, null), 0, "The key of the mail is gone from the vault." },
        { new OutboxCommand.Report(Id, 1, MessageProblem.NoAnswer, null), 0, "It may have arrived: look into the inbox." },
        { new OutboxCommand.BeginSending(Id, 1, SmallOffice.Nine.AddMinutes(2)), 3, "A hub began to send the mail and has not said" },
        { new OutboxCommand.Report(Id, 1, MessageProblem.RefusedForNow, 450), 0, "A running hub tries it again until 08:30 UTC." },
        { new OutboxCommand.Lapse(Id), 31, "The mail could not be sent in time." },
    };

    private static MessageId Id => new("0123456789abcdef0123456789abcdef");

    [Theory, MemberData(nameof(Ends))]
    public void The_command_ends_in_each_state_of_its_mail_and_says_why(OutboxCommand? happens, int minutes, string words)
    {
        var (outbox, now) = (Outbox.Empty, SmallOffice.Nine);
        Do(new OutboxCommand.Enqueue(Id, MessageKind.Mail, new("command/mail", 1), "sealed", "", now.AddMinutes(30)));
        Assert.Null(MailCommand.WhyNot(outbox.Messages[Id], trouble: null, now));
        if (happens is OutboxCommand.Report)
        {
            Do(new OutboxCommand.BeginSending(Id, 1, now.AddMinutes(2)));
            Assert.Null(MailCommand.WhyNot(outbox.Messages[Id], trouble: null, now));
        }

        if (happens is not null)
        {
            Do(happens, happens is OutboxCommand.Lapse ? minutes : 0);
        }

        Assert.Contains(words, MailCommand.WhyNot(outbox.Messages[Id], trouble: null, now.AddMinutes(minutes)), StringComparison.Ordinal);

        void Do(OutboxCommand command, int later = 0) =>
            outbox = outbox.Decide(command, now.AddMinutes(later)).Events.Aggregate(outbox, (state, happened) => state.Apply(happened));
    }
}
