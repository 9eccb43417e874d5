using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Aufruf.Domain;
using Microsoft.Extensions.Logging;

namespace Aufruf.Grains;

/// <summary>Snapshots as JSON files of this machine, one per stream.</summary>
/// <remarks>
/// Nothing waits for the disk here: a file that a power cut left in pieces is no JSON and is not used.
/// The schema number stands in the file's name, so a build with another number does not see the file.
/// </remarks>
public sealed class SnapshotFiles<TState> : ISnapshots<TState>, IAsyncDisposable where TState : ISaved
{
    // The rest of a nearly full disk is for the journal.
    private const long LeftForEntries = 128L * 1024 * 1024;

    private readonly string _folder;
    private readonly string _ending;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    // A snapshot has a megabyte. Beyond this number of waiting ones, the next is left out.
    private readonly Channel<(string Path, Snapshot<TState> Snapshot)> _waiting =
        Channel.CreateBounded<(string, Snapshot<TState>)>(new BoundedChannelOptions(100) { SingleReader = true });
    private readonly Task _saving;

    public SnapshotFiles(SnapshotFolder folder, TimeProvider clock, ILogger<SnapshotFiles<TState>> log)
        : this(folder.Path, TState.Schema, clock, log)
    {
    }

    /// <param name="schema">Changes with the shape or the meaning of the state.</param>
    public SnapshotFiles(string folder, int schema, TimeProvider clock, ILogger log)
    {
        (_folder, _clock, _log) = (Path.GetFullPath(folder), clock, log);
        _ending = string.Create(CultureInfo.InvariantCulture, $".schema-{schema}.json");
        _saving = Task.Run(SaveAllAsync);
    }

    // Reading 500 entries takes some hundredths of a second, and a busy area gets a dozen snapshots a day.
    public int EntriesApart => 500;

    // A large snapshot takes some tens of milliseconds of a processor; at 500 presses/s they would come every second.
    public TimeSpan TimeApart => TimeSpan.FromMinutes(1);

    public async Task<Snapshot<TState>?> FindAsync(string stream)
    {
        var path = PathOf(stream);
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize<Snapshot<TState>>(await File.ReadAllBytesAsync(path), DomainJson.Options)
                : null;
        }
        catch (Exception error)
        {
            SnapshotLog.NotUsed(_log, path, error.Message);
            return null;
        }
    }

    public void Save(string stream, Snapshot<TState> snapshot) => _waiting.Writer.TryWrite((PathOf(stream), snapshot));

    /// <summary>"queue.alsdorf.rathaus.erdgeschoss.2026-11-23.schema-3.json".</summary>
    private string PathOf(string stream) => Path.Combine(_folder, stream.Replace('/', '.') + _ending);

    private async Task SaveAllAsync()
    {
        await foreach (var (path, snapshot) in _waiting.Reader.ReadAllAsync())
        {
            try
            {
                Directory.CreateDirectory(_folder);
                DeleteOldOnes(path);
                await SaveAsync(path, snapshot);
            }
            catch (Exception error)
            {
                SnapshotLog.NotUsed(_log, path, error.Message);
            }
        }
    }

    private async Task SaveAsync(string path, Snapshot<TState> snapshot)
    {
        if (new DriveInfo(_folder).AvailableFreeSpace < LeftForEntries)
        {
            throw new IOException("The disk is nearly full, and its rest is for the journal.");
        }

        var next = path + ".new";
        try
        {
            await File.WriteAllBytesAsync(next, JsonSerializer.SerializeToUtf8Bytes(snapshot, DomainJson.Options));
            File.Move(next, path, overwrite: true);
        }
        finally
        {
            File.Delete(next);
        }
    }

    /// <summary>Deletes snapshots of the same kind that are too old, and those of this stream that another build has left.</summary>
    private void DeleteOldOnes(string path)
    {
        var (now, name) = (_clock.GetUtcNow(), Path.GetFileName(path));
        var (kind, stream) = (name[..(name.IndexOf('.', StringComparison.Ordinal) + 1)], name[..^_ending.Length]);
        foreach (var old in Directory.EnumerateFiles(_folder, kind + "*").Where(file => file != path
            && (now - File.GetLastWriteTimeUtc(file) > TState.UsefulFor || IsOf(stream, Path.GetFileName(file)))))
        {
            File.Delete(old);
        }

        static bool IsOf(string stream, string file) => file.StartsWith($"{stream}.schema-", StringComparison.Ordinal);
    }

    /// <summary>Snapshots that wait are saved first.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _saving;
    }
}

/// <summary>Where the snapshots of this machine are.</summary>
public sealed record SnapshotFolder(string Path);

internal static partial class SnapshotLog
{
    [LoggerMessage(2303, LogLevel.Warning,
        "The snapshot {File} is not used. Nothing is lost: the journal is read instead, which takes longer. {Reason}")]
    public static partial void NotUsed(ILogger log, string file, string reason);
}
