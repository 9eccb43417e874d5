using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Aufruf.Grains.Journal;
using Microsoft.Extensions.Logging;

namespace Aufruf.Grains;

/// <summary>Saved states as files of this machine, one per stream; a hub on another machine reads the journal.</summary>
/// <remarks>Nothing waits for the disk here: a file that a power cut left in pieces does not match its own hash and is as good as none.</remarks>
public sealed partial class SavedStateFiles(string folder, TimeProvider clock, ILogger<SavedStateFiles> log) : ISavedStates, IAsyncDisposable
{
    private const string Ending = ".state";

    // Nobody asks for a day that is over; only an office that was closed for the weekend may still end its last one.
    private static readonly TimeSpan Useful = TimeSpan.FromDays(4);

    private readonly Lock _gate = new();
    private Task _writing = Task.CompletedTask;
    private DateTimeOffset _sweptAt;

    // Some hundredths of a second to read, and a busy area is written a dozen times a day.
    public int Entries => 500;

    public async Task<SavedState?> FindAsync(string stream)
    {
        try
        {
            var all = await File.ReadAllBytesAsync(PathOf(stream));
            var content = all.AsMemory(Math.Min(all.Length, SHA256.HashSizeInBytes));
            return all.AsSpan(0, all.Length - content.Length).SequenceEqual(SHA256.HashData(content.Span)) ? Read(content) : null;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>One after the other, on a thread of its own: states of a whole region must not take pool and processors from the presses.</summary>
    public void Save(string stream, Func<SavedState> state)
    {
        lock (_gate)
        {
            _writing = _writing.ContinueWith(_ => Write(stream, state), CancellationToken.None, TaskContinuationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    public void Doubt(string stream, string why) => InDoubt(log, PathOf(stream), why);

    private void Write(string stream, Func<SavedState> state)
    {
        var (path, next) = (PathOf(stream), PathOf(stream) + ".new");
        try
        {
            Directory.CreateDirectory(folder);
            Sweep();
            if (new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace < SqliteJournal.LeftForEntries)
            {
                Doubt(stream, "The disk is nearly full, and what is left is for the journal.");
                return;
            }

            using (var file = new FileStream(next, FileMode.Create))
            {
                var content = Content(state());
                file.Write(SHA256.HashData(content));
                file.Write(content);
            }

            File.Move(next, path, overwrite: true);
        }
        catch (Exception error)
        {
            Doubt(stream, error.Message);
            Discard(next);
        }
    }

    /// <summary>On a full disk the beginning of a state would hold exactly what the journal lacks.</summary>
    private void Discard(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            InDoubt(log, file, error.Message);
        }
    }

    /// <summary>Once a day, what is too old to be asked for.</summary>
    private void Sweep()
    {
        var now = clock.GetUtcNow();
        if (now - _sweptAt < TimeSpan.FromDays(1))
        {
            return;
        }

        _sweptAt = now;
        foreach (var old in Directory.EnumerateFiles(folder, "*" + Ending + "*").Where(f => now - File.GetLastWriteTimeUtc(f) > Useful))
        {
            File.Delete(old);
        }
    }

    private static byte[] Content(SavedState state)
    {
        using var content = new MemoryStream(state.State.Length + state.Requests.Length + 256);
        using var writer = new BinaryWriter(content);
        writer.Write(Encoding.UTF8.GetByteCount(state.Program));
        writer.Write(Encoding.UTF8.GetBytes(state.Program));
        writer.Write(state.Head.Version);
        writer.Write(state.Head.Hash.Span);
        writer.Write(state.Requests.Length);
        writer.Write(state.Requests.Span);
        writer.Write(state.State.Span);
        return content.ToArray();
    }

    /// <summary>Nothing is copied: a state has a megabyte.</summary>
    private static SavedState Read(ReadOnlyMemory<byte> content)
    {
        var program = Encoding.UTF8.GetString(Take(BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)).Span)).Span);
        var version = BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)).Span);
        var hash = Take(SHA256.HashSizeInBytes);
        var requests = Take(BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)).Span));
        return new(program, new(version, hash), requests, content);

        ReadOnlyMemory<byte> Take(int length)
        {
            var taken = content[..length];
            content = content[length..];
            return taken;
        }
    }

    private string PathOf(string stream) => Path.Combine(folder, Path.GetFileName(stream) + Ending);

    /// <summary>What was begun is finished.</summary>
    public async ValueTask DisposeAsync()
    {
        Task last;
        lock (_gate)
        {
            last = _writing;
        }

        await last;
    }

    [LoggerMessage(2303, LogLevel.Warning, "{File} is not used, the queue comes from the journal: nothing is lost, a start takes longer. {Reason}")]
    private static partial void InDoubt(ILogger log, string file, string reason);
}
