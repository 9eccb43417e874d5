using QRCoder;
using SkiaSharp;

namespace Aufruf.Edge;

/// <summary>Draws a printed slip as PNG or SVG.</summary>
public static class SlipRenderer
{
    private const int LineDots = 30;
    private const int CharDots = 12;
    private const int CharHeight = 24;
    private const int MarginTop = 28;

    // The picture is as wide as the print head: the printable 72 mm of an 80 mm roll.
    private static readonly SKColor Paper = new(0xFD, 0xFC, 0xF8);
    private static readonly SKColor Black = new(0x22, 0x22, 0x26);
    private static readonly SKTypeface Regular = Face("FiraMono-Regular.ttf");
    private static readonly SKTypeface Bold = Face("FiraMono-Bold.ttf");

    public static byte[] Png(PrintedSlip slip)
    {
        using var surface = SKSurface.Create(new SKImageInfo(slip.Dots, Height(slip)));
        Draw(slip, surface.Canvas);
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    public static string Svg(PrintedSlip slip)
    {
        using var bytes = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(SKRect.Create(slip.Dots, Height(slip)), bytes))
        {
            Draw(slip, canvas);
        }

        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static int Height(PrintedSlip slip) => MarginTop + slip.Marks.Sum(HeightOf);

    private static int HeightOf(PaperMark mark) => mark switch
    {
        PaperMark.Line line => LineHeight(line),
        PaperMark.Gap gap => gap.Dots,
        PaperMark.Qr qr => Modules(qr).Count * qr.ModuleDots,
        PaperMark.Raster raster => raster.Rows,
        _ => 0,
    };

    /// <summary>Dots from edge to edge, white margin included.</summary>
    public static int WidthOf(PaperMark.Qr code) => Modules(code).Count * code.ModuleDots;

    private static int LineHeight(PaperMark.Line line) => Math.Max(LineDots, line.Runs.Max(r => r.Height) * CharHeight + 6);

    private static void Draw(PrintedSlip slip, SKCanvas canvas)
    {
        canvas.Clear(Paper);
        var y = MarginTop;
        foreach (var mark in slip.Marks)
        {
            switch (mark)
            {
                case PaperMark.Line line:
                    DrawLine(canvas, line, slip.Dots, y);
                    break;
                case PaperMark.Qr qr:
                    DrawQr(canvas, qr, slip.Dots, y);
                    break;
                case PaperMark.Raster raster:
                    DrawRaster(canvas, raster, slip.Dots, y);
                    break;
                default:
                    break;
            }

            y += HeightOf(mark);
        }
    }

    private static void DrawLine(SKCanvas canvas, PaperMark.Line line, int dots, int y)
    {
        var height = LineHeight(line);
        var x = (float)Start(line.Align, dots, line.Runs.Sum(r => r.Text.Length * r.Width * CharDots));
        foreach (var run in line.Runs)
        {
            var width = run.Text.Length * run.Width * CharDots;
            using var paint = new SKPaint { Color = Black, IsAntialias = true };
            if (run.Reverse)
            {
                canvas.DrawRect(x, y, width, height, paint);
                paint.Color = Paper;
            }

            // Fira Mono is 0.6 em wide: 20 units give the printer's 12 dots.
            using var font = new SKFont(run.Bold ? Bold : Regular, 20);
            canvas.Save();
            // The base line sits at 18 of 24 dots; runs of different height stand on the same one.
            canvas.Translate(x, y + height - 6 * line.Runs.Max(r => r.Height) - 3);
            canvas.Scale(run.Width, run.Height * 1.12f);
            for (var i = 0; i < run.Text.Length; i++)
            {
                canvas.DrawText(run.Text[i].ToString(), i * CharDots, 0, font, paint);
            }

            canvas.Restore();
            if (run.Underline)
            {
                canvas.DrawRect(x, y + height - 3, width, 2, paint);
            }

            x += width;
        }
    }

    private static void DrawQr(SKCanvas canvas, PaperMark.Qr qr, int dots, int y)
    {
        var modules = Modules(qr);
        var left = Start(qr.Align, dots, modules.Count * qr.ModuleDots);
        using var ink = new SKPaint { Color = Black, IsAntialias = false };
        for (var row = 0; row < modules.Count; row++)
        {
            for (var column = 0; column < modules.Count; column++)
            {
                if (modules[row][column])
                {
                    canvas.DrawRect(left + column * qr.ModuleDots, y + row * qr.ModuleDots, qr.ModuleDots, qr.ModuleDots, ink);
                }
            }
        }
    }

    private static void DrawRaster(SKCanvas canvas, PaperMark.Raster raster, int dots, int y)
    {
        var left = Start(raster.Align, dots, raster.BytesPerRow * 8);
        using var ink = new SKPaint { Color = Black, IsAntialias = false };
        for (var bit = 0; bit < raster.Bits.Length * 8; bit++)
        {
            if ((raster.Bits[bit / 8] >> (7 - bit % 8) & 1) == 1)
            {
                canvas.DrawRect(left + bit % (raster.BytesPerRow * 8), y + bit / (raster.BytesPerRow * 8), 1, 1, ink);
            }
        }
    }

    private static int Start(int align, int dots, int width) => align switch { 1 => (dots - width) / 2, 2 => dots - width, _ => 0 };

    // QRCoder draws a quiet zone of four modules around the code.
    private static List<System.Collections.BitArray> Modules(PaperMark.Qr qr)
    {
        var level = qr.Correction switch
        {
            'M' => QRCodeGenerator.ECCLevel.M,
            'Q' => QRCodeGenerator.ECCLevel.Q,
            'H' => QRCodeGenerator.ECCLevel.H,
            _ => QRCodeGenerator.ECCLevel.L,
        };
        using var code = QRCodeGenerator.GenerateQrCode(qr.Content, level);
        return [.. code.ModuleMatrix];
    }

    private static SKTypeface Face(string name)
    {
        using var stream = typeof(EscPos).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The font {name} is not embedded.");
        return SKTypeface.FromStream(stream);
    }
}
