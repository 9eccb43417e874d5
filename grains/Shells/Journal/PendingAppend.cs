namespace Aufruf.Grains.Journal;

/// <summary>An append that waits for its commit.</summary>
/// <param name="Before">The stream must end there now: at that version, with that hash.</param>
/// <param name="Head">The end of the stream after the append.</param>
public sealed record PendingAppend(string Stream, JournalHead Before, JournalHead Head, DateTimeOffset At, ReadOnlyMemory<byte> Entry)
{
    internal bool IsProbe => Entry.IsEmpty;

    internal TaskCompletionSource<JournalHead> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
