using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Aufruf.Edge;

/// <summary>A device file, such as a printer's USB port. A read or write of it never holds a thread.</summary>
/// <remarks>A FileStream reads on a thread that a close does not wake: a silent printer would cost a thread a round.</remarks>
internal sealed class CharacterDevice : Stream
{
    // Linux, x64 and arm alike. Source: fcntl.h, errno.h.
    private const int ReadWrite = 0x2, NoTerminal = 0x100, NonBlocking = 0x800, CloseOnExec = 0x80000;
    private const int NoSuchFile = 2, Interrupted = 4, TryAgain = 11, NotPermitted = 13, Busy = 16;

    // A status byte is seen in time, and a Pi Zero is not busy.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly SafeFileHandle _file;

    private CharacterDevice(SafeFileHandle file) => _file = file;

    public override bool CanRead => true;
    public override bool CanWrite => true;
    public override bool CanSeek => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <exception cref="IOException">It cannot be opened; the message is a sentence for an operator.</exception>
    public static CharacterDevice Open(string path)
    {
        var file = OpenFile(Encoding.UTF8.GetBytes(path + '\0'), ReadWrite | NoTerminal | NonBlocking | CloseOnExec);
        return file >= 0 ? new(new SafeFileHandle(file, ownsHandle: true)) : throw new IOException(Marshal.GetLastPInvokeError() switch
        {
            NoSuchFile => $"{path} is not there: the printer is switched off or not plugged in{PrinterRivals.Words()}.",
            NotPermitted => $"{path} may not be used by this user: add it to the group lp.",
            Busy => $"{path} is used by another program{PrinterRivals.Words()}.",
            _ => $"{path} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}.",
        });
    }

    /// <summary>Waits for the first bytes. A read of nothing is no end: usblp answers so while the printer has nothing to say.</summary>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (Moved(Read(_file, ref MemoryMarshal.GetReference(buffer.Span), buffer.Length)) is > 0 and var got)
            {
                return got;
            }

            await Task.Delay(Look, cancellationToken);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        for (var rest = buffer; !rest.IsEmpty;)
        {
            var put = Moved(Write(_file, ref MemoryMarshal.GetReference(rest.Span), rest.Length));
            rest = rest[put..];
            if (put == 0)
            {
                await Task.Delay(Look, cancellationToken);
            }
        }
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _file.Dispose();
        base.Dispose(disposing);
    }

    private static int Moved(nint bytes) =>
        bytes >= 0 ? (int)bytes
        : Marshal.GetLastPInvokeError() is TryAgain or Interrupted ? 0
        : throw new IOException($"The printer's port failed: {Marshal.GetLastPInvokeErrorMessage()}.");

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int OpenFile(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "read", SetLastError = true)]
    private static extern nint Read(SafeFileHandle file, ref byte buffer, nint length);

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    private static extern nint Write(SafeFileHandle file, ref byte buffer, nint length);
}
