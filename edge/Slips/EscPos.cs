using System.Text;

namespace Aufruf.Edge;

/// <summary>Writes ESC/POS, the language of receipt printers. Source of each line: Epson's ESC/POS command reference.</summary>
public sealed class EscPos
{
    private readonly List<byte> _bytes = [];

    public enum Align : byte { Left, Center, Right }

    public byte[] ToArray() => [.. _bytes];

    /// <summary>ESC @: as after power-on. FS .: no Chinese characters, which cheap printers begin with and which swallow every umlaut.
    /// ESC t n: code page n, the model's number for CP858.</summary>
    public EscPos Initialise(byte codePage) => Raw(0x1B, 0x40).Raw(0x1C, 0x2E).Raw(0x1B, 0x74, codePage);

    public EscPos Text(string text)
    {
        _bytes.AddRange(Cp858.Bytes(text));
        return this;
    }

    public EscPos Line(string text = "") => Text(text).Raw(0x0A);

    /// <summary>ESC a n.</summary>
    public EscPos To(Align align) => Raw(0x1B, 0x61, (byte)align);

    /// <summary>ESC E n.</summary>
    public EscPos Bold(bool on) => Raw(0x1B, 0x45, on ? (byte)1 : (byte)0);

    /// <summary>GS B n: white on black.</summary>
    public EscPos Reverse(bool on) => Raw(0x1D, 0x42, on ? (byte)1 : (byte)0);

    /// <summary>GS ! n: 1 to 8 times the normal width and height.</summary>
    public EscPos Size(int width, int height) => Raw(0x1D, 0x21, (byte)((width - 1) << 4 | (height - 1)));

    /// <summary>ESC J n: feed n dots.</summary>
    public EscPos FeedDots(byte dots) => Raw(0x1B, 0x4A, dots);

    /// <summary>GS V 66 n: feed n units beyond the knife, then cut partially: the slip hangs on a corner until taken.</summary>
    public EscPos Cut(byte feed) => Raw(0x1D, 0x56, 0x42, feed);

    /// <summary>GS ( k: the printer draws the QR code itself. Model 2, module size 1 to 16 dots, error correction M.</summary>
    public EscPos Qr(string content, byte moduleDots)
    {
        var data = Encoding.UTF8.GetBytes(content);
        var length = data.Length + 3;
        return Raw(0x1D, 0x28, 0x6B, 4, 0, 0x31, 0x41, 0x32, 0)
            .Raw(0x1D, 0x28, 0x6B, 3, 0, 0x31, 0x43, moduleDots)
            .Raw(0x1D, 0x28, 0x6B, 3, 0, 0x31, 0x45, 49)
            .Raw(0x1D, 0x28, 0x6B, (byte)length, (byte)(length >> 8), 0x31, 0x50, 0x30).Raw(data)
            .Raw(0x1D, 0x28, 0x6B, 3, 0, 0x31, 0x51, 0x30);
    }

    /// <summary>GS v 0: a picture, a bit for each dot. It stands where the alignment puts a line.</summary>
    public EscPos Raster(DrawnLine line) => Raw(0x1D, 0x76, 0x30, 0, (byte)line.BytesPerRow, (byte)(line.BytesPerRow >> 8),
        (byte)line.Rows, (byte)(line.Rows >> 8)).Raw(line.Bits);

    /// <summary>GS ( H fn 48: answers with these four characters when everything before it is really processed.</summary>
    public EscPos ConfirmWith(ReadOnlySpan<byte> processId) => Raw(0x1D, 0x28, 0x48, 6, 0, 0x30, 0x30).Raw(processId);

    /// <summary>GS r 1: sends the paper sensor's state after everything before it.</summary>
    public EscPos AskPaperInTurn() => Raw(0x1D, 0x72, 1);

    /// <summary>DLE EOT n: real-time status, answered at once; never inside a job. 1 printer, 2 offline, 3 error, 4 paper.</summary>
    public static byte[] AskStatus { get; } = [0x10, 0x04, 1, 0x10, 0x04, 2, 0x10, 0x04, 3, 0x10, 0x04, 4];

    /// <summary>GS a 255: send every change of status unasked.</summary>
    public static byte[] EnableAutomaticStatus { get; } = [0x1D, 0x61, 0xFF];

    /// <summary>DLE ENQ 2: recover from an error and forget what is in the buffers.</summary>
    public static byte[] Recover { get; } = [0x10, 0x05, 2];

    private EscPos Raw(params ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }
}
