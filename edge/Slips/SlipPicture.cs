using Aufruf.Edge.Protocol;

namespace Aufruf.Edge;

/// <summary>The paper of a slip without a printer: the bytes of its layout go through an emulated one.</summary>
public static class SlipPicture
{
    public static PrintedSlip Of(Slip slip, PrinterProfile profile)
    {
        var page = new EscPosPage(profile.Dots);
        return new EscPosTokenizer().Feed(new SlipLayout(profile).Bytes(slip, "0000"u8)).Select(page.Take).OfType<PrintedSlip>().Single();
    }
}
