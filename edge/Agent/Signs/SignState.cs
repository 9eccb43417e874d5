using Aufruf.Edge.Protocol;

namespace Aufruf.Edge;

/// <summary>The four digits of a sign at one moment.</summary>
/// <param name="Brightness">0 (dim) to 7.</param>
public readonly record struct SignPicture(byte D0, byte D1, byte D2, byte D3, byte Brightness)
{
    public const byte Bright = 7;

    public byte[] Segments => [D0, D1, D2, D3];
}

/// <summary>Decides the picture of a counter's sign: blank, then the face's number, flashing at each call.</summary>
/// <remarks>Without a beacon of the hub the number is dim with points after 30 s and "--" after 120 s: an old number calls the wrong
/// citizen.</remarks>
public sealed class SignState(TimeProvider time)
{
    public static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan DashesAfter = TimeSpan.FromSeconds(120);

    // Four blinks at 1.25 Hz: visible from the side, far below the 3 Hz that can cause seizures.
    private static readonly TimeSpan Blink = TimeSpan.FromMilliseconds(400);
    private const int Blinks = 4;

    private Face? _face;
    private long? _heardAt;
    private long? _calledAt;

    /// <summary>A face that the core found new enough.</summary>
    public void Show(Face face)
    {
        if (face.State is not FaceState.Called)
        {
            _calledAt = null;
        }
        else if ((_face?.Number, _face?.Calls) != (face.Number, face.Calls))
        {
            _calledAt = time.GetTimestamp();
        }

        _face = face;
        _heardAt ??= time.GetTimestamp();
    }

    /// <summary>The hub's time beacon has come: the number is still true.</summary>
    public void Hear() => _heardAt = time.GetTimestamp();

    public SignPicture Picture
    {
        get
        {
            if (_face is not { } face || _heardAt is not { } heard)
            {
                return default;
            }

            var silent = time.GetElapsedTime(heard);
            if (silent >= DashesAfter)
            {
                return new(0, SegmentFont.Dash, SegmentFont.Dash, 0, 1);
            }

            var isStale = silent >= StaleAfter;
            var isDark = !isStale && _calledAt is { } called && IsDark(time.GetElapsedTime(called));
            var text = isDark || face.State is not (FaceState.Called or FaceState.Serving) ? "    " : Fit(face.Number);
            var point = isStale ? SegmentFont.Point : (byte)0;
            return new(
                (byte)(SegmentFont.Of(text[0]) | point), (byte)(SegmentFont.Of(text[1]) | point),
                (byte)(SegmentFont.Of(text[2]) | point), (byte)(SegmentFont.Of(text[3]) | point),
                isStale ? (byte)0 : SignPicture.Bright);
        }
    }

    private static bool IsDark(TimeSpan since) => since < 2 * Blinks * Blink && (int)(since / Blink) % 2 == 0;

    // A five-character number keeps its digits: they differ from neighbour to neighbour, the letter is shared.
    private static string Fit(string? number) => (number ?? "").PadLeft(4)[^4..];
}
