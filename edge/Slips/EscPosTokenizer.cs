namespace Aufruf.Edge;

/// <summary>The commands an emulated printer knows.</summary>
public enum EscPosOp
{
    Text, LineFeed, Initialise, CodePage, Align, Bold, Underline, Reverse, Size, FeedLines, FeedDots, Cut, Symbol, Raster,
    Kanji, AskStatus, Recover, AutomaticStatus, AskPaper, ProcessId, Unknown,
}

/// <summary>One command with its parameters, or a stretch of text.</summary>
public readonly record struct EscPosToken(EscPosOp Op, byte[] Data)
{
    /// <summary>Real-time commands are answered when they arrive, whatever the printer is busy with.</summary>
    public bool IsRealTime => Op is EscPosOp.AskStatus or EscPosOp.Recover;
}

/// <summary>Cuts a stream of bytes into commands, however the network has chunked it. Unknown commands are reported, not guessed.</summary>
public sealed class EscPosTokenizer
{
    // A raster of 576 dots and 400 mm is 230 kB; a longer one is not a slip.
    private const int Longest = 512 * 1024;

    private readonly List<byte> _pending = [];

    /// <summary>The commands that are complete now; the rest waits for more bytes.</summary>
    public IReadOnlyList<EscPosToken> Feed(ReadOnlySpan<byte> bytes)
    {
        _pending.AddRange(bytes);
        List<EscPosToken> tokens = [];
        var span = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_pending);
        var at = 0;
        while (at < span.Length && Next(span[at..], out var length) is { } token)
        {
            tokens.Add(token);
            at += length;
        }

        _pending.RemoveRange(0, at);
        return tokens;
    }

    private static EscPosToken? Next(ReadOnlySpan<byte> s, out int length)
    {
        length = 1;
        switch (s[0])
        {
            case >= 0x20 and not 0x7F:
                while (length < s.Length && s[length] is >= 0x20 and not 0x7F)
                {
                    length++;
                }

                return new(EscPosOp.Text, s[..length].ToArray());
            case 0x0A:
                return new(EscPosOp.LineFeed, []);
            case 0x0D:
                return new(EscPosOp.Text, []); // carriage return: nothing, as printers are shipped
            case 0x10:
                return RealTime(s, out length);
            case 0x1B:
                return Escape(s, out length);
            case 0x1C:
                return s switch { [_, 0x26 or 0x2E, ..] => Fixed(s, EscPosOp.Kanji, 1, 1, out length), _ => Odd(s, out length) };
            case 0x1D:
                return Group(s, out length);
            default:
                return new(EscPosOp.Unknown, [s[0]]);
        }
    }

    private static EscPosToken? RealTime(ReadOnlySpan<byte> s, out int length) => s switch
    {
        [_, 0x04, ..] => Fixed(s, EscPosOp.AskStatus, 2, 1, out length),
        [_, 0x05, ..] => Fixed(s, EscPosOp.Recover, 2, 1, out length),
        _ => Odd(s, out length),
    };

    private static EscPosToken? Escape(ReadOnlySpan<byte> s, out int length) => s switch
    {
        [_, 0x40, ..] => Fixed(s, EscPosOp.Initialise, 2, 0, out length),
        [_, 0x74, ..] => Fixed(s, EscPosOp.CodePage, 2, 1, out length),
        [_, 0x61, ..] => Fixed(s, EscPosOp.Align, 2, 1, out length),
        [_, 0x45, ..] => Fixed(s, EscPosOp.Bold, 2, 1, out length),
        [_, 0x2D, ..] => Fixed(s, EscPosOp.Underline, 2, 1, out length),
        [_, 0x64, ..] => Fixed(s, EscPosOp.FeedLines, 2, 1, out length),
        [_, 0x4A, ..] => Fixed(s, EscPosOp.FeedDots, 2, 1, out length),
        _ => Odd(s, out length),
    };

    private static EscPosToken? Group(ReadOnlySpan<byte> s, out int length)
    {
        switch (s)
        {
            case [_, 0x21, ..]:
                return Fixed(s, EscPosOp.Size, 2, 1, out length);
            case [_, 0x42, ..]:
                return Fixed(s, EscPosOp.Reverse, 2, 1, out length);
            case [_, 0x61, ..]:
                return Fixed(s, EscPosOp.AutomaticStatus, 2, 1, out length);
            case [_, 0x72, ..]:
                return Fixed(s, EscPosOp.AskPaper, 2, 1, out length);
            case [_, 0x56, 0x41 or 0x42, ..]:
                return Fixed(s, EscPosOp.Cut, 2, 2, out length);
            case [_, 0x56, _, ..]:
                return Fixed(s, EscPosOp.Cut, 2, 1, out length);
            case [_, 0x28, 0x6B, var low, var high, ..]:
                return Fixed(s, EscPosOp.Symbol, 5, low + (high << 8), out length);
            case [_, 0x28, 0x48, var low, var high, ..]:
                return Fixed(s, EscPosOp.ProcessId, 5, low + (high << 8), out length);
            case [_, 0x76, 0x30, _, var xl, var xh, var yl, var yh, ..]:
                return Fixed(s, EscPosOp.Raster, 4, 4 + (xl + (xh << 8)) * (yl + (yh << 8)), out length);
            case [_, 0x56] or [_, 0x28, 0x6B or 0x48, ..] or [_, 0x28] or [_, 0x76] or [_, 0x76, 0x30, ..]:
                length = 0;
                return null;
            default:
                return Odd(s, out length);
        }
    }

    /// <summary>A command whose head and number of parameter bytes are known; null until all of them are here.</summary>
    private static EscPosToken? Fixed(ReadOnlySpan<byte> s, EscPosOp op, int head, int parameters, out int length)
    {
        length = head + parameters;
        return parameters > Longest ? Odd(s, out length)
            : s.Length < length ? null
            : new EscPosToken(op, s[head..length].ToArray());
    }

    private static EscPosToken? Odd(ReadOnlySpan<byte> s, out int length)
    {
        length = Math.Min(2, s.Length);
        return s.Length < 2 ? null : new EscPosToken(EscPosOp.Unknown, s[..2].ToArray());
    }
}
