using Aufruf.Domain.Appointments;

namespace Aufruf.Domain.Outbox;

/// <summary>Why a citizen cannot be reached by mail.</summary>
[JsonConverter(typeof(KebabEnum<NoWay>))]
public enum NoWay
{
    /// <summary>There is no mail address.</summary>
    NoAddress,
    /// <summary>A mail did not leave, or nobody knows.</summary>
    MailFailed,
    /// <summary>A mail came back.</summary>
    MailReturned,
}

public static class Reaching
{
    /// <summary>The addressee of the mails about an appointment.</summary>
    public static string CitizenOf(AppointmentId id) => $"citizen {id}";

    /// <summary>The addressee of its reminder.</summary>
    public static string ReminderOf(AppointmentId id) => $"reminder {id}";

    extension(Outbox outbox)
    {
        /// <summary>The messages of one cause's stream that do not reach their addressee.</summary>
        public IEnumerable<Message> StuckTo(string stream, params string[] addressees) => outbox.Messages.Values.Where(message =>
            message.IsStuck && message.Cause.Stream == stream
            && addressees.Any(addressee => message.Id == MessageId.Of(message.Cause, addressee, message.Kind)));

        /// <summary>Why the messages of one cause's stream do not reach their addressee; null: as far as known they do.</summary>
        /// <remarks>A message that staff have dealt with counts no more.</remarks>
        public NoWay? NoWayTo(string stream, params string[] addressees)
        {
            var stuck = outbox.StuckTo(stream, addressees).Select(message => message.Problem).ToArray();
            return stuck.Contains(MessageProblem.Returned) ? NoWay.MailReturned
                : stuck.Contains(MessageProblem.NoAddress) ? NoWay.NoAddress
                : stuck.Length > 0 ? NoWay.MailFailed : null;
        }
    }
}
