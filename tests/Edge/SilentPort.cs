using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Aufruf.Tests.Edge;

/// <summary>A printer's port that takes everything and never answers: the far end of a pseudo terminal.</summary>
internal sealed class SilentPort : IDisposable
{
    private readonly FileStream _far;
    private readonly List<byte> _taken = [];

    public SilentPort()
    {
        var far = OpenPort(0x2 | 0x100); // O_RDWR | O_NOCTTY
        var name = new byte[64];
        Assert.True(far >= 0 && Grant(far) == 0 && Unlock(far) == 0 && NameOf(far, name, name.Length) == 0);
        Path = Encoding.UTF8.GetString(name).TrimEnd('\0');
        _far = new FileStream(new SafeFileHandle(far, ownsHandle: true), FileAccess.Read, bufferSize: 0);
        new Thread(Take) { IsBackground = true }.Start();
    }

    public string Path { get; }

    /// <summary>The text that has come, in Latin letters.</summary>
    public string Taken
    {
        get
        {
            lock (_taken)
            {
                return Encoding.Latin1.GetString([.. _taken]);
            }
        }
    }

    /// <summary>How many descriptors of this process are open on the port.</summary>
    public int Descriptors => Directory.GetFiles("/proc/self/fd").Count(fd => new FileInfo(fd).LinkTarget == Path);

    public void Dispose() => _far.Dispose();

    private void Take()
    {
        try
        {
            while (true)
            {
                var value = _far.ReadByte();
                lock (_taken)
                {
                    _taken.Add((byte)value);
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The near end is closed.
        }
    }

    [DllImport("libc", EntryPoint = "posix_openpt")]
    private static extern int OpenPort(int flags);

    [DllImport("libc", EntryPoint = "grantpt")]
    private static extern int Grant(int far);

    [DllImport("libc", EntryPoint = "unlockpt")]
    private static extern int Unlock(int far);

    [DllImport("libc", EntryPoint = "ptsname_r")]
    private static extern int NameOf(int far, byte[] name, nint length);
}
