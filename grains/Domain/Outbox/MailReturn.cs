namespace Aufruf.Domain.Outbox;

/// <summary>The outcome of a mail that was handed over.</summary>
[JsonConverter(typeof(KebabEnum<MailReturn>))]
public enum MailReturn
{
    /// <summary>Its message is marked: the recipient cannot be reached by it.</summary>
    Returned,

    /// <summary>The other side still tries it.</summary>
    Delayed,

    Delivered,

    /// <summary>No delivery status: an absence notice, for example.</summary>
    NoStatus,

    /// <summary>It belongs to no message of this authority.</summary>
    UnknownMessage,

    NoMail,
}
