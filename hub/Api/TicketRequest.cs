using System.ComponentModel.DataAnnotations;
using Aufruf.Hub.Push;

namespace Aufruf.Hub.Api;

/// <summary>A clerk's action on one ticket.</summary>
internal sealed record TicketRequest(Guid RequestId) : QueueRequest(RequestId)
{
    /// <summary>A few sentences. A longer text belongs into a case.</summary>
    public const int LongestRemark = 500;

    /// <summary>A message is read on a phone, while walking.</summary>
    public const int LongestMessage = 200;

    private const int LongestName = 100;
    private const int LongestPhone = 30;
    private const int MostPersons = 20;
    private const int MostServices = 10;

    /// <summary>Id from the office's list of reasons to be called before others.</summary>
    public string? Reason { get; init; }

    /// <summary>A note for clerks.</summary>
    [MaxLength(LongestRemark)]
    public string? Remark { get; init; }

    /// <summary>The service that the ticket waits for.</summary>
    public ServiceId? Service { get; init; }

    /// <summary>All further services, at most ten.</summary>
    public IReadOnlyList<ServiceId>? Also { get; init; }

    /// <summary>One of the office's languages.</summary>
    public string? Language { get; init; }

    /// <summary>Another area, counter, clerk or service.</summary>
    public TransferTarget? To { get; init; }

    /// <summary>Name, phone and number of persons; null deletes them.</summary>
    public TicketPerson? Person { get; init; }

    /// <summary>The message for the ticket's page.</summary>
    public NoticeKind? Message { get; init; }

    /// <summary>The clerk's own words, for the message "text".</summary>
    [MaxLength(LongestMessage)]
    public string? Text { get; init; }

    /// <summary>The names of the parts that were sent.</summary>
    private IEnumerable<string> Parts => new Dictionary<string, bool>
    {
        ["reason"] = Reason is not null,
        ["remark"] = Remark is not null,
        ["service"] = Service is not null,
        ["also"] = Also is not null,
        ["language"] = Language is not null,
        ["to"] = To is not null,
        ["person"] = Person is not null,
        ["message"] = Message is not null,
        ["text"] = Text is not null,
    }.Where(part => part.Value).Select(part => part.Key);

    /// <summary>Why the request cannot be carried out as it is; null: it can.</summary>
    public string? Fault(string action, IReadOnlyCollection<string> takes, IReadOnlyList<string> languages) =>
        Parts.Except(takes).FirstOrDefault() is { } superfluous ? $"{action} takes no '{superfluous}'."
        : Remark?.Length > LongestRemark ? "A remark has at most 500 characters."
        : Text?.Length > LongestMessage ? "A message has at most 200 characters."
        : Also?.Count > MostServices ? $"also names at most {MostServices} services."
        : Language is { } language && !languages.Contains(language) ? "language must be one of the office's."
        : Message is NoticeKind.Text && string.IsNullOrWhiteSpace(Text) ? "The message 'text' needs a text."
        : Text is not null && Message is not NoticeKind.Text ? "Only the message 'text' takes a text."
        : Person is { } person ? FaultOf(person) : null;

    /// <summary>Why a person cannot be written down as given.</summary>
    public static string? FaultOf(TicketPerson person) =>
        string.IsNullOrWhiteSpace(person.Name) || person.Name.Length > LongestName ? $"name has 1 to {LongestName} characters."
        : person.Phone?.Length > LongestPhone ? $"phone has at most {LongestPhone} characters."
        : person.Persons is < 1 or > MostPersons ? $"persons is from 1 to {MostPersons}."
        : null;
}

internal sealed record EnterTicketRequest(Guid RequestId, ServiceId Service, string Language) : QueueRequest(RequestId)
{
    /// <summary>Further services of the same visit, at most ten.</summary>
    public IReadOnlyList<ServiceId>? Also { get; init; }

    /// <summary>Id from the office's list of reasons to be called before others.</summary>
    public string? Priority { get; init; }

    /// <summary>A note for clerks.</summary>
    [MaxLength(TicketRequest.LongestRemark)]
    public string? Remark { get; init; }

    /// <summary>Name, phone and number of persons, where the area asks for them.</summary>
    public TicketPerson? Person { get; init; }

    /// <summary>Ticket printer of the office for the slip; null: no slip.</summary>
    public string? Printer { get; init; }
}
