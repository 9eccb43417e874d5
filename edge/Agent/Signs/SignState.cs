using Aufruf.Edge.Protocol;

namespace Aufruf.Edge;

/// <summary>What the four digits show at one moment.</summary>
/// <param name="Brightness">0 (dim) to 7.</param>
public readonly record struct SignPicture(byte D0, byte D1, byte D2, byte D3, byte Brightness)
{
    public byte[] Segments => [D0, D1, D2, D3];
}

/// <summary>Decides what a counter's sign shows: Blank, then the face's number, dim with points after 30 s without a word from the hub,
/// "--" after 120 s. A number nobody vouches for any more must not call anyone.</summary>
public sealed class SignState(TimeProvider time)
{
    public static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan DashesAfter = TimeSpan.FromSeconds(120);

    // Four blinks at 1.25 Hz: seen from the corner of the eye, far below the 3 Hz that can hurt.
    private static readonly TimeSpan Blink = TimeSpan.FromMilliseconds(400);
    private const int Blinks = 4;

    private Face? _face;
    private long? _heardAt;
    private long? _calledAt;

    /// <summary>A face the core found new enough.</summary>
    public void Show(Face face)
    {
        var before = _face;
        if (before is not null && before.Rev == face.Rev)
        {
            return;
        }

        // A revision also grows when only the number of people waiting changed; that is no call. Same number, same queue, new revision: a recall.
        var isCall = face.State is FaceState.Called
            && (before is not { State: FaceState.Called } || before.Number != face.Number || before.Waiting == face.Waiting);
        _face = face;
        _calledAt = isCall ? time.GetTimestamp() : face.State is FaceState.Called ? _calledAt : null;
        _heardAt ??= time.GetTimestamp();
    }

    /// <summary>The hub's time beacon: it is alive, and so is the number we show.</summary>
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
                (byte)(isStale ? 0 : 7));
        }
    }

    private static bool IsDark(TimeSpan since) => since < 2 * Blinks * Blink && (int)(since / Blink) % 2 == 0;

    // A five-character number keeps its digits: they tell neighbours apart, the letter is shared.
    private static string Fit(string? number) => (number ?? "").PadLeft(4)[^4..];
}
