namespace Aufruf.Contracts;

/// <summary>The journal cannot be written or read now. Whether the command was recorded is unknown.</summary>
[GenerateSerializer]
public class JournalUnavailableException : Exception
{
    public JournalUnavailableException() : this("The journal is not available.") { }
    public JournalUnavailableException(string message) : base(message) { }
    public JournalUnavailableException(string message, Exception innerException) : base(message, innerException) { }
}
