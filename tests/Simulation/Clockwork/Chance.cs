namespace Aufruf.Simulation.Clockwork;

/// <summary>Numbers by chance that are the same for the same seed, on every machine and with every version of .NET.</summary>
/// <remarks>
/// SplitMix64 (Steele, Lea, Flood 2014). Not <see cref="Random"/>: its numbers for a seed are promised for one version of .NET only,
/// and a seed in a bug report must replay next year. Whole numbers and plain arithmetic only: no logarithm that a machine may round differently.
/// </remarks>
internal sealed class Chance(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>0 to one below the limit.</summary>
    public int Below(int limit) => (int)(((Next() >> 32) * (ulong)limit) >> 32);

    /// <summary>Both ends included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    public TimeSpan Between(TimeSpan least, TimeSpan most) => least + ((most - least) * Fraction());

    public bool Hits(double probability) => Fraction() < probability;

    public T Of<T>(IReadOnlyList<T> list) => list[Below(list.Count)];

    public Guid NewGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, Next());
        BitConverter.TryWriteBytes(bytes[8..], Next());
        return new Guid(bytes);
    }

    private double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));
}
