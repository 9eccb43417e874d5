using PdfSharp.Drawing;

namespace Aufruf.Hub.Letters;

/// <summary>Breaks text into lines. Only a plain space breaks; a word wider than the line breaks inside.</summary>
internal sealed class TextFlow
{
    private readonly XGraphics _measure = XGraphics.CreateMeasureContext(new XSize(595, 842), XGraphicsUnit.Point,
        XPageDirection.Downwards);

    /// <param name="width">Of a line, in points.</param>
    public List<string> Lines(string text, XFont font, double width)
    {
        var lines = new List<string>();
        foreach (var part in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = "";
            foreach (var word in part.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var longer = line.Length == 0 ? word : $"{line} {word}";
                if (Width(longer, font) <= width)
                {
                    line = longer;
                    continue;
                }

                if (line.Length > 0)
                {
                    lines.Add(line);
                }

                line = Rest(word, font, width, lines);
            }

            lines.Add(line);
        }

        return lines;
    }

    public double Width(string text, XFont font) => _measure.MeasureString(text, font).Width;

    /// <summary>Full lines of a word that is too wide, and what is left of it. A letter keeps its accents.</summary>
    private string Rest(string word, XFont font, double width, List<string> lines)
    {
        var rest = "";
        foreach (var letter in Letters(word))
        {
            if (rest.Length > 0 && Width(rest + letter, font) > width)
            {
                lines.Add(rest);
                rest = "";
            }

            rest += letter;
        }

        return rest;
    }

    private static IEnumerable<string> Letters(string word)
    {
        for (var each = System.Globalization.StringInfo.GetTextElementEnumerator(word); each.MoveNext();)
        {
            yield return each.GetTextElement();
        }
    }
}
