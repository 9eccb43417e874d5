using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Aufruf.Domain.Forecasts;

/// <summary>Chance that can be repeated: the same key and the same replication give the same number, whatever else happens in the hall.</summary>
/// <remarks>Common random numbers: from one event to the next a forecast moves because the hall has changed, not because dice were thrown again.</remarks>
internal static class Chance
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>Finalizer of SplitMix64. Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014.</summary>
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    public static ulong KeyOf(ulong seed, Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        MemoryMarshal.Write(bytes, in id);
        return Mix(Mix(seed ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)) + BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
    }

    public static ulong KeyOf(ulong seed, string id)
    {
        var key = Mix(seed);
        foreach (var letter in Encoding.UTF8.GetBytes(id))
        {
            key = Mix(key + letter + Golden);
        }

        return key;
    }

    /// <summary>A number in (0, 1) for one question about a key in one replication.</summary>
    public static double Of(ulong key, int replication, Question question) =>
        ((Mix(key + (Golden * (((ulong)replication << 3) + (ulong)question + 1))) >> 11) + 0.5) * (1.0 / (1UL << 53));
}

/// <summary>What chance is asked for.</summary>
internal enum Question { Occupied, Gap, Pause, PauseLength, Comes, Late, Returns }
