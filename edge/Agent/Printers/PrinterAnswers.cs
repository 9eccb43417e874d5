using System.Text;
using Aufruf.Edge.Protocol;

namespace Aufruf.Edge;

/// <summary>Reads what a printer says: answers to DLE EOT, automatic status frames, confirmations. Bytes may come one by one.</summary>
/// <remarks>Told apart by fixed bits: DLE EOT 0xx1xx10, automatic status 0xx1xx00 and three 0xx0xxxx, GS r 0xx0xxxx, a block begins with 37h.</remarks>
public sealed class PrinterAnswers
{
    private readonly Queue<int> _asked = [];
    private readonly List<byte> _block = [];
    private readonly byte[] _frame = new byte[4];
    private int _frameLength;
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

    /// <summary>Any byte at all since the last question: it lives.</summary>
    public bool HasSpoken { get; private set; }

    public PrinterCondition Condition =>
        !_isKnown ? PrinterCondition.Unknown
        : _isCoverOpen ? PrinterCondition.CoverOpen
        : _isOut ? PrinterCondition.PaperOut
        : _isCutterError || _isDead ? PrinterCondition.CutterError
        // Offline without a reason: someone holds the feed button. It passes, or the next answers tell the reason.
        : _isOffline ? PrinterCondition.Unknown
        : _isNearEnd ? PrinterCondition.NearEnd
        : PrinterCondition.Ready;

    /// <summary>The four questions of <see cref="EscPos.AskStatus"/> were sent.</summary>
    public void Asked()
    {
        HasSpoken = false;
        _asked.Clear();
        for (var n = 1; n <= 4; n++)
        {
            _asked.Enqueue(n);
        }
    }

    public void Take(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            HasSpoken = true;
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
        if (value != 0)
        {
            _block.Add(value);
            _inBlock = _block.Count <= 80; // longer than any block: noise
        }
        else
        {
            _inBlock = false;
        }

        if (!_inBlock)
        {
            // 22h: answer to GS ( H, four characters of our own choice.
            if (_block is [0x22, _, _, _, _])
            {
                Confirmed?.Invoke(Encoding.ASCII.GetString([.. _block[1..]]));
            }

            _block.Clear();
        }
    }

    private void TakeRealTime(byte value)
    {
        if (!_asked.TryDequeue(out var question))
        {
            return;
        }

        switch (question)
        {
            case 1:
                _isOffline = (value & 0x08) != 0;
                break;
            case 2:
                _isCoverOpen = (value & 0x04) != 0;
                break;
            case 3:
                _isCutterError = (value & 0x08) != 0;
                _isDead = (value & 0x20) != 0;
                break;
            default:
                _isNearEnd = (value & 0x0C) != 0;
                _isOut = (value & 0x60) != 0;
                _isKnown = true; // all four are in
                break;
        }
    }

    private void TakeAutomatic()
    {
        _isOffline = (_frame[0] & 0x08) != 0;
        _isCoverOpen = (_frame[0] & 0x20) != 0;
        _isCutterError = (_frame[1] & 0x08) != 0;
        _isDead = (_frame[1] & 0x20) != 0;
        _isNearEnd = (_frame[2] & 0x03) != 0;
        _isOut = (_frame[2] & 0x0C) != 0;
        _isKnown = true;
    }
}
