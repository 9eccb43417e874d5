using System.Text;
using Aufruf.Edge.Protocol;

namespace Aufruf.Edge;

/// <summary>Reads a printer's bytes: answers to DLE EOT, automatic status frames, confirmations. Bytes may come one by one.</summary>
/// <remarks>Fixed bits: DLE EOT 0xx1xx10, automatic status 0xx1xx00 and three 0xx0xxxx, GS r 0xx0xxxx. A block begins with 37h.</remarks>
public sealed class PrinterAnswers
{
    private readonly List<byte> _block = [];
    private readonly byte[] _frame = new byte[4];
    private int _frameLength;
    private int? _asked; // the question that the next answer belongs to
    private bool _inBlock;

    private bool _isKnown;
    private bool _isOffline;
    private bool _isCoverOpen;
    private bool _isCutterError;
    private bool _isDead;
    private bool _isOut;
    private bool _isNearEnd;

    /// <summary>A slip with this process id is really processed; null for an answer to GS r.</summary>
    public event Action<string?>? Confirmed;

    /// <summary>Any byte since the last question.</summary>
    public bool HasAnswered { get; private set; }

    /// <summary>True once it has answered all questions as an ESC/POS printer does.</summary>
    public bool IsUnderstood => _isKnown;

    public PrinterCondition Condition =>
        !_isKnown ? PrinterCondition.Unknown
        : _isCoverOpen ? PrinterCondition.CoverOpen
        : _isOut ? PrinterCondition.PaperOut
        : _isCutterError || _isDead ? PrinterCondition.CutterError
        // Offline without a reason: a hand holds the feed button, or the next answers bring the reason.
        : _isOffline ? PrinterCondition.Unknown
        : _isNearEnd ? PrinterCondition.NearEnd
        : PrinterCondition.Ready;

    /// <summary>The four questions of <see cref="EscPos.AskStatus"/> were sent.</summary>
    public void Asked()
    {
        HasAnswered = false;
        _asked = 1;
    }

    public void Take(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            HasAnswered = true;
            Take(value);
        }
    }

    private void Take(byte value)
    {
        if (_inBlock)
        {
            TakeBlock(value);
        }
        else if (_frameLength > 0 && (value & 0x90) == 0)
        {
            _frame[_frameLength++] = value;
            if (_frameLength == 4)
            {
                _frameLength = 0;
                TakeAutomatic();
            }
        }
        else if ((value & 0x93) == 0x12)
        {
            TakeRealTime(value);
        }
        else if ((value & 0x93) == 0x10)
        {
            (_frame[0], _frameLength) = (value, 1);
        }
        else if (value == 0x37)
        {
            _inBlock = true;
        }
        else if ((value & 0x90) == 0)
        {
            // GS r 1: bits 0 and 1 near end, 2 and 3 end.
            (_isNearEnd, _isOut) = ((value & 0x03) != 0, (value & 0x0C) != 0);
            Confirmed?.Invoke(null);
        }
    }

    private void TakeBlock(byte value)
    {
        if (value != 0 && _block.Count < 80) // longer than any block: noise
        {
            _block.Add(value);
            return;
        }

        // 22h: answer to GS ( H, with the four characters of the question.
        if (_block is [0x22, _, _, _, _])
        {
            Confirmed?.Invoke(Encoding.ASCII.GetString([.. _block[1..]]));
        }

        _block.Clear();
        _inBlock = false;
    }

    private void TakeRealTime(byte value)
    {
        switch (_asked)
        {
            case 1:
                _isOffline = (value & 0x08) != 0;
                break;
            case 2:
                _isCoverOpen = (value & 0x04) != 0;
                break;
            case 3:
                (_isCutterError, _isDead) = ((value & 0x08) != 0, (value & 0x20) != 0);
                break;
            case 4:
                (_isNearEnd, _isOut) = ((value & 0x0C) != 0, (value & 0x60) != 0);
                _isKnown = true; // all four are in
                break;
        }

        _asked = _asked < 4 ? _asked + 1 : null;
    }

    private void TakeAutomatic()
    {
        (_isOffline, _isCoverOpen) = ((_frame[0] & 0x08) != 0, (_frame[0] & 0x20) != 0);
        (_isCutterError, _isDead) = ((_frame[1] & 0x08) != 0, (_frame[1] & 0x20) != 0);
        (_isNearEnd, _isOut) = ((_frame[2] & 0x03) != 0, (_frame[2] & 0x0C) != 0);
        _isKnown = true;
    }
}
