namespace Aufruf.Contracts;

/// <summary>One stream of the journal has an entry that cannot be read or is not authentic. All other streams go on.</summary>
[GenerateSerializer]
public sealed class UnreadableStreamException : JournalUnavailableException
{
    public static UnreadableStreamException Because(InvalidDataException error) =>
        new($"{error.Message} Verify it with './run audit', then restore a backup with './run restore'.", error);

    public UnreadableStreamException() : this("A stream of the journal cannot be read.") { }
    public UnreadableStreamException(string message) : base(message) { }
    public UnreadableStreamException(string message, Exception innerException) : base(message, innerException) { }
}
