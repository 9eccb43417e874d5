using Aufruf.Domain;
using Aufruf.Grains.Journal;

namespace Aufruf.Grains;

/// <summary>Takes one aggregate's saved state instead of the entries that led to it, and saves it again when many have come.</summary>
/// <remarks>Whatever goes wrong here costs time and never the aggregate: the journal has everything.</remarks>
internal sealed class Shortcut<TState>(string stream, Saving<TState> saving, TimeProvider clock)
{
    /// <summary>A saved state, read. The journal has yet to confirm it.</summary>
    public sealed record Found(JournalHead Head, TState State, ReadOnlyMemory<byte> Requests)
    {
        /// <summary>The request that led to a version.</summary>
        public RequestId RequestOf(long version) => new(new Guid(Requests.Span.Slice((int)(version - 1) * BytesPerRequest, BytesPerRequest)));
    }

    private const int BytesPerRequest = 16;

    // A start that reads a minute's entries is quick enough, whatever the load.
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    // A build with any other rule, even by one letter, has another id: it reads the journal.
    private static readonly string Program = $"{typeof(TState).Module.ModuleVersionId}+{typeof(Shortcut<>).Module.ModuleVersionId}";

    private long _version;
    private long? _savedAt;

    /// <summary>Null when all entries must be read.</summary>
    public async Task<Found?> FindAsync()
    {
        _version = 0;
        try
        {
            return await saving.States.FindAsync(stream) is { } found && found.Program == Program && found.Requests.Length == found.Head.Version * BytesPerRequest
                ? new(found.Head, saving.Read(found.State), found.Requests)
                : null;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            saving.States.Doubt(stream, error.Message);
            return null;
        }
    }

    /// <summary>The journal has the entry that the state stands on: it need not be saved again so soon.</summary>
    public void Confirm(Found found) => _version = found.Head.Version;

    /// <summary>The state became durable: it is saved if that is worth it by now.</summary>
    /// <param name="written">The version of each request's entry.</param>
    public void Consider(JournalHead head, TState state, IReadOnlyDictionary<RequestId, long> written)
    {
        if (head.Version - _version < saving.States.Entries || (_savedAt is { } before && clock.GetElapsedTime(before) < Pause) || written.Count != head.Version)
        {
            return;
        }

        (_version, _savedAt) = (head.Version, clock.GetTimestamp());
        try
        {
            var requests = new byte[head.Version * BytesPerRequest];
            foreach (var (request, version) in written)
            {
                request.Value.TryWriteBytes(requests.AsSpan((int)(version - 1) * BytesPerRequest));
            }

            saving.States.Save(stream, () => new(Program, head, requests, saving.Write(state)));
        }
        catch (Exception error)
        {
            saving.States.Doubt(stream, error.Message); // The entry is durable, and somebody waits to hear it.
        }
    }
}
