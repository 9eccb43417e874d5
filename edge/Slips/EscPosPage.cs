namespace Aufruf.Edge;

/// <summary>The paper inside an emulated printer: commands go in, a slip comes out at each cut.</summary>
/// <param name="chinese">It begins with Chinese characters, two bytes each, as cheap printers do. Page 858 is then unreadable.</param>
public sealed class EscPosPage(int dots = 576, bool chinese = false)
{
    private const int CharDots = 12;
    private const int LineDots = 30;

    private readonly List<PaperMark> _marks = [];
    private readonly List<TextRun> _line = [];
    private readonly List<byte> _symbol = [];
    private bool _isPlain;
    private int _slips;
    private int _align;
    private int _width = 1;
    private int _height = 1;
    private bool _bold;
    private bool _underline;
    private bool _reverse;
    private int _moduleDots = 3;
    private char _correction = 'L';

    /// <summary>The last ten commands that were not understood, for tests of the driver.</summary>
    public IReadOnlyList<string> Odd => _odd;
    private readonly List<string> _odd = [];

    /// <summary>The finished slip after a cut; null otherwise.</summary>
    public PrintedSlip? Take(EscPosToken token)
    {
        switch (token.Op)
        {
            case EscPosOp.Text when token.Data.Length > 0:
                Write(chinese && !_isPlain ? string.Concat(token.Data.Select(code => code < 0x80 ? (char)code : '\u3000'))
                    : Cp858.Text(token.Data));
                break;
            case EscPosOp.LineFeed:
                EndLine(LineDots);
                break;
            case EscPosOp.Initialise:
                (_align, _width, _height, _bold, _underline, _reverse, _moduleDots, _correction) = (0, 1, 1, false, false, false, 3, 'L');
                _isPlain = false;
                _line.Clear();
                break;
            case EscPosOp.Kanji: // FS & on, FS . off
                _isPlain = token.Data[0] == 0x2E;
                break;
            case EscPosOp.Align:
                _align = token.Data[0] % 48;
                break;
            case EscPosOp.Bold:
                _bold = (token.Data[0] & 1) == 1;
                break;
            case EscPosOp.Underline:
                _underline = token.Data[0] % 48 > 0;
                break;
            case EscPosOp.Reverse:
                _reverse = (token.Data[0] & 1) == 1;
                break;
            case EscPosOp.Size:
                (_width, _height) = ((token.Data[0] >> 4 & 7) + 1, (token.Data[0] & 7) + 1);
                break;
            case EscPosOp.FeedLines:
                Feed(token.Data[0] * LineDots);
                break;
            case EscPosOp.FeedDots:
                Feed(token.Data[0]);
                break;
            case EscPosOp.Symbol:
                TakeSymbol(token.Data);
                break;
            case EscPosOp.Raster:
                EndLine(0);
                _marks.Add(new PaperMark.Raster(token.Data[4..], token.Data[0] + (token.Data[1] << 8), token.Data[2] + (token.Data[3] << 8),
                    _align));
                break;
            case EscPosOp.Cut:
                Feed(token.Data.Length > 1 ? token.Data[1] : 0);
                return Cut();
            case EscPosOp.Unknown:
                _odd.Add(Convert.ToHexString(token.Data));
                _odd.RemoveRange(0, Math.Max(0, _odd.Count - 10));
                break;
            default:
                break; // CP858 is the only code page; the rest is about status, not about paper
        }

        return null;
    }

    /// <summary>Power was lost: a half printed slip is gone.</summary>
    public void Clear()
    {
        _marks.Clear();
        _line.Clear();
    }

    private PrintedSlip? Cut()
    {
        if (_marks.Count == 0)
        {
            return null;
        }

        var slip = new PrintedSlip(++_slips, dots, [.. _marks]);
        _marks.Clear();
        return slip;
    }

    private void Write(string text)
    {
        foreach (var character in text)
        {
            if (_line.Sum(r => r.Text.Length * r.Width * CharDots) + _width * CharDots > dots)
            {
                EndLine(0);
            }

            var style = new TextRun("", _width, _height, _bold, _underline, _reverse);
            if (_line is [.., var last] && last with { Text = "" } == style)
            {
                _line[^1] = last with { Text = last.Text + character };
            }
            else
            {
                _line.Add(style with { Text = $"{character}" });
            }
        }
    }

    private void EndLine(int emptyDots)
    {
        if (_line.Count > 0)
        {
            _marks.Add(new PaperMark.Line([.. _line], _align));
            _line.Clear();
        }
        else if (emptyDots > 0)
        {
            _marks.Add(new PaperMark.Gap(emptyDots));
        }
    }

    private void Feed(int feedDots)
    {
        EndLine(0);
        if (feedDots > 0)
        {
            _marks.Add(new PaperMark.Gap(feedDots));
        }
    }

    // As documented for GS ( k fn 181: a code that is wider than the paper is not printed.
    private void PrintQr(PaperMark.Qr code)
    {
        if (SlipRenderer.WidthOf(code) <= dots)
        {
            _marks.Add(code);
        }
        else
        {
            _odd.Add($"A code of {SlipRenderer.WidthOf(code)} dots does not fit {dots}");
        }
    }

    // GS ( k, cn = 31h: QR. fn 43h module size, 45h error correction (48 L to 51 H), 50h store, 51h print.
    private void TakeSymbol(byte[] data)
    {
        switch (data)
        {
            case [0x31, 0x41, ..]:
                break;
            case [0x31, 0x43, var size]:
                _moduleDots = Math.Clamp((int)size, 1, 16);
                break;
            case [0x31, 0x45, >= 48 and <= 51 and var level]:
                _correction = "LMQH"[level - 48];
                break;
            case [0x31, 0x50, 0x30, .. var content]:
                _symbol.Clear();
                _symbol.AddRange(content);
                break;
            case [0x31, 0x51, 0x30]:
                EndLine(0);
                PrintQr(new([.. _symbol], _moduleDots, _correction, _align));
                break;
            default:
                _odd.Add("GS ( k " + Convert.ToHexString(data));
                break;
        }
    }
}
