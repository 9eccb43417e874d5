using System.Text;

namespace Aufruf.Domain.Cases.Declarations;

/// <summary>A part of a JSON file that knows where it stands.</summary>
/// <param name="Text">Of a text, a number, true or false: as it is written.</param>
internal sealed record JsonPart(int Line, int Column, string Path, JsonTokenType Kind, string Text,
    IReadOnlyList<JsonPart> Items, IReadOnlyList<KeyValuePair<string, JsonPart>> Properties)
{
    private const int Deepest = 20;

    public JsonPart? this[string name] => Properties.FirstOrDefault(p => p.Key == name).Value;

    /// <summary>The whole file, or a fault.</summary>
    public static JsonPart? Read(string json, Faults faults)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = Deepest });
        try
        {
            reader.Read();
            var whole = Read(ref reader, new Places(bytes), "", faults);
            while (reader.Read()) { }
            return whole;
        }
        catch (JsonException e)
        {
            var place = new JsonPart((int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1, "", JsonTokenType.None, "",
                [], []);
            faults.Add(place, "not-json");
            return null;
        }
    }

    private static JsonPart Read(ref Utf8JsonReader reader, Places places, string path, Faults faults)
    {
        var (line, column) = places.Of((int)reader.TokenStartIndex);
        var kind = reader.TokenType;
        List<JsonPart> items = [];
        List<KeyValuePair<string, JsonPart>> properties = [];
        switch (kind)
        {
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
                {
                    items.Add(Read(ref reader, places, $"{path}[{items.Count}]", faults));
                }

                break;
            case JsonTokenType.StartObject:
                while (reader.Read() && reader.TokenType is not JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    var part = Read(ref reader, places, path.Length == 0 ? name : $"{path}.{name}", faults);
                    if (properties.Exists(p => p.Key == name))
                    {
                        faults.Add(part, "property-twice", name);
                    }

                    properties.Add(new(name, part));
                }

                break;
            default:
                break;
        }

        var text = kind switch
        {
            JsonTokenType.String => reader.GetString()!,
            JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            _ => "",
        };
        return new(line, column, path, kind, text, items, properties);
    }

    /// <summary>Turns a position in the file into line and column.</summary>
    private sealed class Places(byte[] bytes)
    {
        private readonly int[] _starts = [0, .. bytes.Select((b, i) => (b, i)).Where(x => x.b == '\n').Select(x => x.i + 1)];

        public (int Line, int Column) Of(int position)
        {
            var line = Array.BinarySearch(_starts, position) is >= 0 and var at ? at : ~Array.BinarySearch(_starts, position) - 1;
            return (line + 1, Encoding.UTF8.GetCharCount(bytes, _starts[line], position - _starts[line]) + 1);
        }
    }
}
