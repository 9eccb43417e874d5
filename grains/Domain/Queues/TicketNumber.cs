namespace Aufruf.Domain.Queues;

/// <summary>The number on the slip and on the board: a letter and three digits, "A042".</summary>
[JsonConverter(typeof(TicketNumberJson))]
public readonly record struct TicketNumber(char Letter, int Value)
{
    public const int Highest = 999;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Letter}{Value:000}");

    public static bool TryParse(string? text, out TicketNumber number)
    {
        number = text is [var letter, .. { Length: 3 } digits]
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? new(letter, value) : default;
        return number != default;
    }

    /// <summary>The number after this one; after 999 comes 1 again.</summary>
    public TicketNumber Following => this with { Value = (Value % Highest) + 1 };
}

internal sealed class TicketNumberJson : JsonConverter<TicketNumber>
{
    public override TicketNumber Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TicketNumber.TryParse(reader.GetString(), out var number) ? number
            : throw new JsonException("A ticket number is a letter and three digits.");

    public override void Write(Utf8JsonWriter writer, TicketNumber value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
