namespace Aufruf.Contracts;

/// <summary>The journal cannot be written or read now. Whether the wish at hand was recorded is unknown: repeat it with the same request id.</summary>
[GenerateSerializer]
public sealed class JournalUnavailableException : Exception
{
    public JournalUnavailableException() : this("The journal is not available.") { }
    public JournalUnavailableException(string message) : base(message) { }
    public JournalUnavailableException(string message, Exception innerException) : base(message, innerException) { }
}
