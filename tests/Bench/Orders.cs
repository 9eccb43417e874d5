using System.Threading.Channels;

namespace Aufruf.Bench;

/// <summary>The lines a child of the bench is told, one by one, until its parent has no more.</summary>
internal static class Orders
{
    /// <summary>A console can only be read by a thread that blocks: one of its own, for the pool of a small machine has two.</summary>
    public static IAsyncEnumerable<string> ReadAsync()
    {
        var lines = Channel.CreateUnbounded<string>();
        new Thread(() =>
        {
            while (Console.In.ReadLine() is { } line)
            {
                lines.Writer.TryWrite(line);
            }

            lines.Writer.Complete();
        })
        { IsBackground = true }.Start();
        return lines.Reader.ReadAllAsync();
    }
}
