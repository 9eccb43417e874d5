using System.Diagnostics;

namespace Aufruf.Grains.Journal;

/// <summary>An append that waits for its commit.</summary>
/// <param name="Before">The stream must end there now: at that version, with that hash.</param>
/// <param name="Head">The end of the stream after the append.</param>
public sealed record PendingAppend(string Stream, JournalHead Before, JournalHead Head, DateTimeOffset At, ReadOnlyMemory<byte> Entry)
{
    /// <summary>A process that stood still must not write what was decided before: a press would be carried out late.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly long _began = Stopwatch.GetTimestamp();

    internal bool IsLate => Stopwatch.GetElapsedTime(_began) > Longest;

    internal bool IsProbe => Entry.IsEmpty;

    internal TaskCompletionSource<JournalHead> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
