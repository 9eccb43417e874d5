using Aufruf.Grains.Journal;

namespace Aufruf.Grains;

/// <summary>An aggregate as it was after one of its entries: a way past the entries before it, never the truth.</summary>
/// <param name="Program">Which program saved it: another might read the same events differently.</param>
/// <param name="Head">The entry it stands on. It counts only if the journal has that very entry.</param>
/// <param name="Requests">The request id of every entry up to there, in order, 16 bytes each.</param>
/// <param name="State">In whatever form the program likes to read.</param>
public sealed record SavedState(string Program, JournalHead Head, ReadOnlyMemory<byte> Requests, ReadOnlyMemory<byte> State);

/// <summary>States kept beside the journal, so that a restart in the evening need not go through the whole day again.</summary>
public interface ISavedStates
{
    /// <summary>How many new entries make a state worth saving.</summary>
    int Entries { get; }

    /// <summary>Null when there is none, or none that is whole.</summary>
    Task<SavedState?> FindAsync(string stream);

    /// <summary>Keeps a state in the place of an older one, beside the caller and when there is time. Without it the next start takes longer, and no more.</summary>
    void Save(string stream, Func<SavedState> state);

    /// <summary>A state could not be used or not be made: for the operator, who need do nothing.</summary>
    void Doubt(string stream, string why);
}

/// <summary>How the states of one kind of aggregate are saved.</summary>
/// <param name="Read">Throws when these bytes are none of its own.</param>
public sealed record Saving<TState>(ISavedStates States, Func<TState, byte[]> Write, Func<ReadOnlyMemory<byte>, TState> Read);
