namespace Aufruf.Bench.Days;

/// <summary>Repeatable chance for generated days: SplitMix64, the same on every machine and version.</summary>
internal sealed class Chances(int seed)
{
    private ulong _state = (ulong)seed * 0x9E3779B97F4A7C15 + 0x1234567;

    public double Unit() => ((Next() >> 11) + 0.5) / (1UL << 53);

    public bool Below(double probability) => Unit() < probability;

    public double Exponential(double mean) => -mean * Math.Log(Unit());

    /// <summary>Standard normal. Source: Box, Muller 1958.</summary>
    public double Bell() => Math.Sqrt(-2 * Math.Log(Unit())) * Math.Cos(2 * Math.PI * Unit());

    public int Index(int count) => (int)(Unit() * count);

    public Guid Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, Next());
        BitConverter.TryWriteBytes(bytes[8..], Next());
        return new(bytes);
    }

    private ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
