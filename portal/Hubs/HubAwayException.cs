using Aufruf.Contracts;

namespace Aufruf.Portal.Hubs;

/// <summary>No hub answers this portal now.</summary>
public sealed class HubAwayException : JournalUnavailableException
{
    public HubAwayException() : this("No hub answers.") { }
    public HubAwayException(string message) : base(message) { }
    public HubAwayException(string message, Exception innerException) : base(message, innerException) { }
}
