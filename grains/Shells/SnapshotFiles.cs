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
public sealed class SnapshotFiles<TState> : ISnapshots<TState>, IAsyncDisposable
{
    // A day that is over is not read again; only the last one before a long weekend may still have to end.
    private static readonly TimeSpan Useful = TimeSpan.FromDays(4);

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

    private string PathOf(string stream) => Path.Combine(_folder, Path.GetFileName(stream) + _ending);

    private async Task SaveAllAsync()
    {
        await foreach (var (path, snapshot) in _waiting.Reader.ReadAllAsync())
        {
            try
            {
                Directory.CreateDirectory(_folder);
                DeleteOldOnes();
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

    private void DeleteOldOnes()
    {
        var now = _clock.GetUtcNow();
        foreach (var old in Directory.EnumerateFiles(_folder).Where(file => now - File.GetLastWriteTimeUtc(file) > Useful))
        {
            File.Delete(old);
        }
    }

    /// <summary>Snapshots that wait are saved first.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _saving;
    }
}

internal static partial class SnapshotLog
{
    [LoggerMessage(2303, LogLevel.Warning,
        "The snapshot {File} is not used. Nothing is lost: the queue is read from the journal, which takes longer. {Reason}")]
    public static partial void NotUsed(ILogger log, string file, string reason);
}
