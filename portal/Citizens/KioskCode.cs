using Microsoft.AspNetCore.Html;
using QRCoder;

namespace Aufruf.Portal.Citizens;

/// <summary>A picture for a kiosk's scanner, inside of the page: a portal of its own has no other address for it.</summary>
public static class KioskCode
{
    private const int DotsPerModule = 6;

    public static IHtmlContent Of(string address)
    {
        using var data = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        return new HtmlString(svg.GetGraphic(DotsPerModule));
    }
}
