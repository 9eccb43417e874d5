using Aufruf.Contracts;

namespace Aufruf.Grains.Journal;

/// <summary>The journal's key and its anchors.</summary>
public abstract partial class GroupCommitJournal
{
    /// <summary>Counts the tables named "anchors": a journal of an older build has none.</summary>
    protected abstract string AnchorTable { get; }

    /// <summary>The name of the database in a sentence for the operator.</summary>
    protected abstract string Name { get; }

    /// <summary>Whether the database keeps an anchor for each stream.</summary>
    private bool HasAnchors { get; set; }

    /// <summary>The key of the anchors; null: they cannot be verified.</summary>
    public JournalKey? Key { get; private set; }

    /// <summary>Finds the key that signs the ends of streams. The first time, a writing journal makes it and signs what is there.</summary>
    /// <exception cref="JournalUnavailableException">Key and journal do not belong together.</exception>
    protected async Task FindKeyAsync(string keyFile, bool readOnly)
    {
        await using var connection = await _database.OpenConnectionAsync();
        HasAnchors = await Anchors.ExistAsync(connection, AnchorTable);
        if (!readOnly && HasAnchors && !File.Exists(keyFile) && File.Exists(Unnamed(keyFile)))
        {
            File.Move(Unnamed(keyFile), keyFile); // The hub died between the commit and this.
        }

        Key = JournalKey.Find(keyFile);
        if (!readOnly && (Key is null) == HasAnchors)
        {
            throw new JournalUnavailableException(Key is null ? $"{keyFile} is missing. Put the key back: without it nobody knows "
                + "whether the journal is authentic. To accept the journal as it is: ./run audit --accept."
                : $"The anchors of {Name} were deleted. Verify it with ./run audit --seal, restore a backup, or accept the journal "
                + "as it is: ./run audit --accept.");
        }

        if (!readOnly && Key is null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(keyFile)) ?? ".");
            // The key gets its name after the commit: a key without anchors would mean that somebody deleted them.
            Key = JournalKey.Find(Unnamed(keyFile)) ?? JournalKey.Make(Unnamed(keyFile));
            await Anchors.SignAllAsync(connection, Key);
            File.Move(Unnamed(keyFile), keyFile);
            HasAnchors = true;
        }

        static string Unnamed(string keyFile) => keyFile + ".new";
    }

    /// <summary>Signs the journal as it is, also with a new key.</summary>
    public async Task AcceptAsync(string keyFile)
    {
        await using var connection = await OpenWriterAsync();
        await Anchors.SignAllAsync(connection, JournalKey.Find(keyFile) ?? JournalKey.Make(keyFile));
    }

    /// <summary>The faults that the anchors show beyond the streams: deleted streams, deleted entries. Empty when all is well.</summary>
    public async Task<IReadOnlyList<string>> MissingStreamsAsync()
    {
        if (!HasAnchors)
        {
            return [];
        }

        await using var connection = await _database.OpenConnectionAsync();
        return await Anchors.MissingAsync(connection, Key);
    }

    /// <summary>Why a stream does not end as the hub wrote it; null when it does, or when that is not known.</summary>
    /// <param name="last">The last entry; null when there is none.</param>
    private async Task<string?> WhyNotAuthenticAsync(string stream, JournalEntry? last)
    {
        if (Key is null || !HasAnchors)
        {
            return null;
        }

        if (last is not null)
        {
            return JournalAudit.WhyNotAnchored(stream, new(last.Version, last.Hash), last.Anchor, Key);
        }

        await using var connection = await _database.OpenConnectionAsync();
        return await Anchors.VersionOfAsync(connection, stream) is { } version
            && await LastVersionAsync(stream) == 0 // Another hub may have begun it after the rows were read.
            ? JournalAudit.Deleted(stream, version) : null;
    }
}
