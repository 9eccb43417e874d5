using System.Buffers.Binary;

namespace Aufruf.Hub.Voice;

/// <summary>The two-tone chime of a call, computed: no recording, no licence.</summary>
public static class Chime
{
    private const int Rate = 44_100;

    // A falling fourth, e'' to b', as in many public buildings: soft attack, long decay, a little second partial.
    private static readonly (double Hertz, double StartsAt, double Loudness)[] Tones = [(659.26, 0.0, 0.55), (493.88, 0.42, 0.6)];
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(1.7);

    /// <summary>A WAV file: 16 bit, mono, 44.1 kHz.</summary>
    public static byte[] Wav { get; } = Make();

    private static byte[] Make()
    {
        var samples = (int)(Length.TotalSeconds * Rate);
        var wav = new byte[44 + (samples * 2)];
        "RIFF"u8.CopyTo(wav);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(4), wav.Length - 8);
        "WAVEfmt "u8.CopyTo(wav.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(20), 1); // PCM
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(22), 1); // mono
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(24), Rate);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(28), Rate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(34), 16);
        "data"u8.CopyTo(wav.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(40), samples * 2);
        for (var i = 0; i < samples; i++)
        {
            var sample = Tones.Sum(tone => Tone(tone, (double)i / Rate)) * FadeOut((double)i / samples);
            BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(44 + (i * 2)), (short)(Math.Clamp(sample, -1, 1) * 30_000));
        }

        return wav;
    }

    private static double Tone((double Hertz, double StartsAt, double Loudness) tone, double seconds)
    {
        var t = seconds - tone.StartsAt;
        if (t < 0)
        {
            return 0;
        }

        var attack = Math.Min(1, t / 0.008);
        var decay = Math.Exp(-3.2 * t);
        var partials = Math.Sin(2 * Math.PI * tone.Hertz * t) + (0.28 * Math.Exp(-4 * t) * Math.Sin(4 * Math.PI * tone.Hertz * t));
        return tone.Loudness * attack * decay * partials;
    }

    // Ends in silence: a cut-off wave clicks.
    private static double FadeOut(double position) => position < 0.85 ? 1 : (1 - position) / 0.15;
}
